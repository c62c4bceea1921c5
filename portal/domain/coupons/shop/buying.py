"""Buying in the demo shop: codes that are tried beforehand, tickets that are reserved with them, and codes that are used later."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from portal.database import transaction
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.reservations.reserving import Made
from portal.domain.coupons.shop import strangers, wares
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.coupons.uses import checking, holding
from portal.domain.coupons.uses.checking import Asked, Outcome
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say

MOST = 10  # of a kind: a shop for trying is emptied by nobody
MOST_CODES = 5


class Tried(NamedTuple):
    """A code that somebody tried, how the check went, and the price levels that it opens."""

    code: str
    outcome: Outcome
    opened: tuple[int, ...]


def try_(listing: Listing, code: str, held: Held | None = None) -> Tried:
    """Whether a code can be used here now, by a reservation where one is given. Nothing is written."""
    asked = Asked(code, listing.event_id, listing.id, held, held is not None)
    outcome = checking.check(None, asked)
    return Tried(code, outcome, tuple(holding.opens(outcome.case)) if outcome.is_valid else ())


def reserve(
    listing: Listing, quantities: Mapping[str, int], tried: Iterable[Tried], network: str | None = None
) -> tuple[Made, list[Tried]]:
    """Hold so many of each ware, by its key, and use the codes; with those that could not be used, as they stand then. Whoever is
    not of the team is told by the network that they ask from.

    Raises Invalid for what is not sold to whoever has these codes, and Refused when there are not as many, or not for strangers.
    """
    codes = list(tried)
    opened = {level for one in codes for level in one.opened}
    wanted = [ware.wanted(quantities[ware.key]) for ware in wares.of(listing, opened) if quantities.get(ware.key)]
    _refuse(quantities, wanted)
    settling.settle_run_out(listing.partner_id)
    with transaction():
        made = reserving.reserve(listing.partner_id, listing.id, wanted)
        if network is not None:
            strangers.count(made.reservation, network)
    unused = (use(listing, made.reservation, one.code) for one in codes)
    return made, [one for one in unused if one is not None]


def use(listing: Listing, held: Held, code: str) -> Tried | None:
    """Use a code on the reservation; what stood in its way, None where it is used. Raises Forbidden when the reservation has ended."""
    try:
        holding.use(held.id, [AskedUse(listing.event_id, code)])
    except Refused:
        return try_(listing, code, held)
    return None


def _refuse(quantities: Mapping[str, int], wanted: Collection) -> None:
    counts = [count for count in quantities.values() if count]
    if not counts:
        raise Invalid("tickets", say("Choose at least one ticket."))
    if any(not 0 < count <= MOST for count in counts):
        raise Invalid("tickets", say("Choose at most {most} tickets of a kind.", most=MOST))
    if len(wanted) < len(counts):
        raise Invalid("tickets", say("Some of these tickets are not sold here any more. Choose again."))
