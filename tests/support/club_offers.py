"""Member offers and the members who use them, made as the portal makes them."""

from itertools import count

from portal.domain.member_offers import asking
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import uses
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import SCOPES
from portal.domain.members.tables import Member
from tests.support import loyalty

_numbers = count(1)


def offer(party, name: str | None = None, **given) -> MemberTerms:
    """An offer of the party's club that every member may use as often as they like, unless it says otherwise. Its uses are active
    for no time, so that the next one may follow."""
    return terms.create(party.id, {"name": name or f"Offer {next(_numbers)}", "active_seconds": 0, **given})


def member(party, **given) -> Member:
    """A member of the party's club."""
    return loyalty.customer(party, given.pop("first_name", f"Member{next(_numbers)}"), **given)


def asks(party, member_id: int | None = None) -> Asking:
    """Who asks now, at the party's club."""
    return asking.at(party.id, member_id)


def use(party, who: Member, what: MemberTerms, code: str | None = None) -> Case:
    """The member uses the offer."""
    return uses.use(asks(party, who.id), what.offer_id, list(SCOPES), code)
