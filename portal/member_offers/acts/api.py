"""What members do with offers, over JSON (contract: member-offers, "Endpoints")."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal import clock
from portal.domain.member_offers import grants, likes
from portal.domain.member_offers.uses import told, uses
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.uses.uses import Unusable
from portal.domain.members.oauth.bans import Banned
from portal.member_offers import guessing, numbers
from portal.member_offers.acts.schemas import GrantAsked, UseAsked
from portal.member_offers.admissions import ME, Asker, banned
from portal.member_offers.club_offers import wire
from portal.member_offers.club_offers.schemas import OfferAsked


def use(club_slug: str, context: str, offer_id: str, caller: Asker, query: OfferAsked, body: UseAsked) -> dict:
    """Use an offer once. Where it cannot be used, `error` is the documented word for the first check that fails, and `checks`
    has each check in order with the nearest fix. A use while the last one is active is refused, and consumes nothing.

    After ten wrong codes of the counter within ten minutes, for one member and offer, it is a 429.
    """
    try:
        with _unless_banned():
            case = _used(caller, numbers.offer(offer_id), caller.of_one(query.scope), body.authorization_token)
    except Unusable as error:  # It speaks to whoever asks: to the member, or to the club's people.
        error.told_steps = told.steps(error.case, to_member=context == ME)
        raise
    return {"usage": wire.usage(case)}


@contextmanager
def _unless_banned() -> Iterator[None]:
    """Who was banned before is not admitted; whoever is at this moment reads the same."""
    try:
        yield
    except Banned as error:
        raise banned(clock.to_micros(error.until)) from None


def _used(caller: Asker, number: int, scopes: list[str], code: str | None) -> Case:
    if code is None:
        return uses.use(caller.asking, number, scopes)
    with guessing.counting(caller.asking.member_id or 0, number, code):
        return uses.use(caller.asking, number, scopes, code)


def like(club_slug: str, context: str, offer_id: str, caller: Asker, query: OfferAsked) -> dict:
    """Like an offer. To do so again changes nothing."""
    with _unless_banned():
        likes.like(caller.asking, numbers.offer(offer_id), caller.of_one(query.scope))
    return {}


def unlike(club_slug: str, context: str, offer_id: str, caller: Asker, query: OfferAsked) -> dict:
    """Like an offer no more. To do so again changes nothing."""
    with _unless_banned():
        likes.unlike(caller.asking, numbers.offer(offer_id), caller.of_one(query.scope))
    return {}


def grant(club_slug: str, context: str, offer_id: str, caller: Asker, query: OfferAsked, body: GrantAsked) -> dict:
    """Let a member use an EXCLUSIVE offer. A new grant takes the place of one before. It is refused as `Not grantable` for
    other offers, `Member not in audience`, or `Global limit exceeded` where no use is left."""
    number, scopes = numbers.offer(offer_id), caller.of_one(query.scope)
    grants.grant(caller.asking, number, scopes, body.usable_for_seconds)
    return {}
