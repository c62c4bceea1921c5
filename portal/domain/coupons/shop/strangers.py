"""What visitors who are not of the team may have of an open demo shop: nobody sells it out.

From one network it is so many tickets of a listing in a day; what was let go or has run out counts no more. All together have at most
half of what of a price level the seller's own sales left.
"""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import sealing
from portal.domain.coupons.reservations import capacity, held
from portal.domain.coupons.reservations.held import Held
from portal.domain.errors import Refused
from portal.domain.sentences import counted, joined, say

A_DAY = 20
_DAY = timedelta(days=1)
_TICKETS = """FROM reservation r JOIN reservation_line l ON l.reservation_id = r.id
    LEFT JOIN bundle_level b ON b.bundle_id = l.bundle_id
    WHERE r.event_id = :event AND r.stranger IS NOT NULL AND r.state IN ('held', 'purchased')"""


class Shared(NamedTuple):
    """A price level, of which so many tickets are free and so many strangers'."""

    id: int
    name: str
    free: int
    strangers: int

    @property
    def room(self) -> int:
        """How many more strangers may have."""
        return max((self.free - self.strangers) // 2, 0)


# Two from one network that reserve different tickets wait here for each other; reservations over JSON do not.
_LOCK = Statement("SELECT id FROM listing WHERE id = :listing", lock="FOR NO KEY UPDATE")
_MARK = Statement("UPDATE reservation SET stranger = :stranger WHERE id = :reservation")
_FROM_THERE = Statement(
    f"""SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) {_TICKETS}
    AND r.stranger = :stranger AND r.listing_id = :listing AND r.created_at > :since"""
)
_SHARED = Statement(
    f"""SELECT p.id, p.name, p.capacity - p.taken AS free, CAST(COALESCE(n.tickets, 0) AS BIGINT) AS strangers
    FROM price_level p LEFT JOIN (
        SELECT COALESCE(l.price_level_id, b.price_level_id) AS level_id, SUM(l.quantity) AS tickets {_TICKETS}
        GROUP BY COALESCE(l.price_level_id, b.price_level_id)
    ) n ON n.level_id = p.id WHERE p.event_id = :event""",
    Shared,
)


def shared(event_id: int) -> dict[int, Shared]:
    """How the price levels of an event are shared, by their ids."""
    return {row.id: row for row in _SHARED.rows(event=event_id)}


def count(made: Held, network: str) -> None:
    """Count a reservation that was just made for whoever asks from a network, in its transaction. Raises Refused for one too many."""
    _LOCK.value(listing=made.listing_id)
    stranger = _mark(made, network)
    tickets = capacity.needed(held.lines(made.id))
    _refuse_many(made, stranger, sum(tickets.values()))
    levels = shared(made.event_id)
    for level_id, number in tickets.items():
        _refuse_more_than_half(levels[level_id], number)


def _mark(made: Held, network: str) -> str:
    """Keep which network's a reservation is, and what that is called."""
    stranger = sealing.mac("strangers of shops", network).hex()
    _MARK.run(reservation=made.id, stranger=stranger)
    return stranger


def _refuse_many(made: Held, stranger: str, number: int) -> None:
    since = clock.micros() - _DAY // clock.MICROSECOND
    had = _FROM_THERE.value(event=made.event_id, listing=made.listing_id, stranger=stranger, since=since)
    if had <= A_DAY:
        return
    why = say(
        "Visitors have {most} tickets a day from one network here, so that nobody sells the shop out.", most=A_DAY
    )
    raise _refused(why, A_DAY - had + number, say("Those are had. Come again tomorrow, or ask the seller."))


def _refuse_more_than_half(level: Shared, number: int) -> None:
    """It holds these already."""
    if level.strangers <= level.free:
        return
    before = level._replace(free=level.free + number, strangers=level.strangers - number)
    why = say("Of {level} visitors have half at most: the rest is kept for the seller’s own sales.", level=level.name)
    raise _refused(why, before.room, say("That half is sold or held. Choose other tickets, or ask the seller."))


def _refused(why: str, left: int, none: str) -> Refused:
    fewer = counted(left, "There is 1 for you now. Choose fewer.", "There are {number} for you now. Choose fewer.")
    return Refused(joined([why, fewer if left > 0 else none]), field="tickets")
