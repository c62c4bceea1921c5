"""The partners that a person works for, and founding one more."""

from portal import clock
from portal.database import transaction
from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.domain.typed.texts import plain
from portal.domain.values import checked


def of(user_id: int) -> list[Membership]:
    """Every partner of the person with their role, by name; test modes are reached through their partner."""
    query = Membership.select(Membership, Partner).join(Partner).where(Membership.user == user_id)
    return list(query.order_by(Partner.name, Membership.id))


def own(user_id: int, membership_id: int) -> Membership:
    """One of the person's memberships. Raises NotFound, alike for missing and somebody else's."""
    query = Membership.select(Membership, Partner).join(Partner)
    found = query.where(Membership.id == membership_id, Membership.user == user_id).first()
    if found is None:
        raise NotFound(say("membership"))
    return found


def reached(user_id: int, slug: str) -> Partner:
    """The partner of this slug, or test mode of one, that the person works for. Raises NotFound, alike for any other."""
    partner = Partner.get_or_none(Partner.slug == plain(slug).lower())
    if partner is None:
        raise NotFound(say("partner"))
    home = partner.live_partner_id or partner.id
    if not Membership.select().where(Membership.user == user_id, Membership.partner == home).exists():
        raise NotFound(say("partner"))
    return partner


def found(
    user_id: int, name: str, time_zone: str, currency: str, *, confirmed: bool, accepted_terms: int | None = None
) -> Partner:
    """A person who is signed in founds one more partner and owns it. Raises Invalid with every wrong field."""
    with clock.acting(0), transaction():  # Whoever acts in a test mode founds by the wall's clock all the same.
        given = {"name": name, "time_zone": time_zone, "currency": currency, "terms": accepted_terms}
        checked(given, {**partners.FIELDS, "name": partners.FIELDS["company"], "terms": terms.acceptance})
        partner = partners.found(name, User.get_by_id(user_id), confirmed, time_zone, currency)
        if accepted_terms is not None:
            terms.accept(partner.id, user_id, accepted_terms)
    return partner
