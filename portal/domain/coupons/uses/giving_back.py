"""Giving uses back: each once, with the counters of what it was a use of (contract: coupons, "A use is held")."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.events import log


class Live(NamedTuple):
    """A use that counts, with what it counts on."""

    id: int
    partner_id: int
    coupon_id: int
    offer_id: int | None
    assignment_id: int | None
    reservation_id: int | None
    amount: int


_LIVE = """SELECT u.id, u.partner_id, u.coupon_id, u.offer_id, o.assignment_id, u.reservation_id, u.amount
    FROM coupon_use u LEFT JOIN coupon_offer o ON o.id = u.offer_id WHERE u.state <> 'released' AND"""
_OF_RESERVATION = Statement(f"{_LIVE} u.reservation_id = :reservation ORDER BY u.id", Live)
_ONE = Statement(f"{_LIVE} u.id = :use", Live)
_SETTLE = Statement(
    "UPDATE coupon_use SET state = 'released', settled_at = :now WHERE id = :use AND state <> 'released'"
)
_FROM_ASSIGNMENT = Statement("UPDATE coupon_assignment SET uses = uses - :count WHERE id = :id")
_FROM_OFFER = Statement("UPDATE coupon_offer SET uses = uses - :count WHERE id = :id")
_FROM_COUPON = Statement("UPDATE coupon SET uses = uses - :count, spent = spent - :amount WHERE id = :id")


def of_reservation(reservation_id: int) -> list[Live]:
    """Its uses that count."""
    return _OF_RESERVATION.rows(reservation=reservation_id)


def one(use_id: int) -> Live | None:
    """The use, if it counts."""
    return _ONE.row(use=use_id)


def give_back(uses: Sequence[Live]) -> None:
    """Inside a transaction that holds what they were made for: each counts no more. Those that somebody else gave back
    meanwhile are left as they are."""
    now = clock.micros()
    given = [use for use in uses if _SETTLE.run(use=use.id, now=now)]
    for statement, of in ((_FROM_ASSIGNMENT, "assignment_id"), (_FROM_OFFER, "offer_id")):
        counts = Counter(getattr(use, of) for use in given if getattr(use, of) is not None)
        for row_id, count in sorted(counts.items()):
            statement.run(id=row_id, count=count)
    spent = Counter[int]()
    for use in given:
        spent[use.coupon_id] += use.amount
    counts = Counter(use.coupon_id for use in given)
    for coupon_id, count in sorted(counts.items()):
        _FROM_COUPON.run(id=coupon_id, count=count, amount=spent[coupon_id])
    for use in given:
        log.record(use.partner_id, "coupon.given_back", "coupon", use.coupon_id, {"reservation": use.reservation_id})
