"""What members get of an offer, made and changed (contract: member-offers, "Offer model")."""

from typing import Any

from portal import clock
from portal.database import transaction
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.member_offers.terms.fields import FIELDS
from portal.domain.member_offers.terms.tables import MemberTerms, OfferLabel
from portal.domain.members.tables import Segment
from portal.domain.offers import offers
from portal.domain.offers.catalogs import refuse_unseen_change
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import checked

_KINDS = {"store": "stores", "tag": "tags"}


def create(partner_id: int, given: dict[str, Any]) -> MemberTerms:
    """A new offer for the members of the partner's club, in no catalog. Raises Invalid with every wrong field."""
    taken, of_offer = _taken({"name": None, **given})
    with transaction():
        return _put(offers.make(partner_id, None, of_offer, {}), taken)


def put(offer: Offer, given: dict[str, Any]) -> MemberTerms:
    """Show an offer that is there to members as well. Raises Invalid, Refused where they see it already."""
    taken, of_offer = _taken(given)
    with transaction():
        offer = offers.locked(offer.id, None)
        if MemberTerms.get_or_none(MemberTerms.offer == offer.id):
            raise Refused(say("The offer has terms for members already."))
        if of_offer:
            offers.change(offer, offer.catalog, of_offer, None, {})
        return _put(offer, taken)


def change(terms: MemberTerms, given: dict[str, Any], seen: int | None = None) -> MemberTerms:
    """Set the given fields, those of the bare offer as well. Uses that were made stay as they are, also beyond a new limit.

    `seen` is the `modified_at` (microseconds) that whoever changes it looked at; Refused when it has changed since. Raises
    Invalid with every wrong field.
    """
    taken, of_offer = _taken(given)
    with transaction():
        offer = offers.locked(terms.offer_id, None)
        terms = find(offer.partner_id, offer.id)
        refuse_unseen_change(terms, seen)
        _refuse_misfit(offer.partner_id, {**_present(terms), **taken})
        MemberTerms.update(**taken, modified_at=clock.now()).where(MemberTerms.id == terms.id).execute()
        _label(terms, taken)
        offers.change(offer, offer.catalog, of_offer, None, taken)
    return MemberTerms.get_by_id(terms.id)


def find(partner_id: int, offer_id: int) -> MemberTerms:
    """The terms of the partner's offer, with the offer. Raises NotFound."""
    its = (MemberTerms.offer == offer_id) & (MemberTerms.partner == partner_id)
    terms = MemberTerms.select(MemberTerms, Offer).join(Offer).where(its).first()
    if terms is None:
        raise NotFound(say("offer"))
    return terms


def _taken(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What members get, and what is the bare offer's."""
    taken = checked(given, {**offers.FIELDS, **FIELDS})
    return taken, {name: taken.pop(name) for name in list(taken) if name in offers.FIELDS}


def _put(offer: Offer, taken: dict[str, Any]) -> MemberTerms:
    _refuse_misfit(offer.partner_id, taken)
    terms = MemberTerms.create(offer=offer, partner=offer.partner_id, **taken)
    _label(terms, {"stores": [], "tags": [], **taken})
    log.record(offer.partner_id, "offer.shown_to_members", "offer", offer.uuid)
    return terms


def _present(terms: MemberTerms) -> dict[str, Any]:
    names = ("usable_since", "usable_until", "period", "period_limit")
    return {name: getattr(terms, name) for name in names} | {"audience": terms.audience_id}


def _refuse_misfit(partner_id: int, terms: dict[str, Any]) -> None:
    """Raise Invalid for values that do not go together."""
    since, until = terms.get("usable_since"), terms.get("usable_until")
    if since is not None and until is not None and since >= until:
        raise Invalid("usable_until", say("The end must come after the beginning."))
    if (terms.get("period") is None) != (terms.get("period_limit") is None):
        missing = "period" if terms.get("period") is None else "period_limit"
        raise Invalid(missing, say("Give a period and how often the offer may be used in it, or neither."))
    audience = terms.get("audience")
    if audience is not None and not Segment.get_or_none(Segment.id == audience, Segment.partner == partner_id):
        raise Invalid("audience", say("Choose one of your segments."))


def _label(terms: MemberTerms, taken: dict[str, Any]) -> None:
    """Keep what the offer is found by."""
    for kind, field in _KINDS.items():
        if field in taken:
            OfferLabel.delete().where(OfferLabel.terms == terms, OfferLabel.kind == kind).execute()
            rows = [
                {"terms": terms.id, "partner": terms.partner_id, "kind": kind, "name": name, "name_key": compared(name)}
                for name in taken[field]
            ]
            if rows:
                OfferLabel.insert_many(rows).execute()
