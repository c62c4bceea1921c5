"""Uses that count: those of a reservation, of a customer, and those whose reservation has run out though nobody settled it."""

import json
from typing import NamedTuple

from portal.database import Statement
from portal.domain.coupons.uses.facts import Found


class Use(NamedTuple):
    """A use of a coupon on a reservation (`coupon-usage` of the wire). `opens` are ids of price levels."""

    id: int
    coupon_id: int
    offer_id: int | None
    reservation_id: int
    event_id: int
    code: str
    written: str
    name: str
    kind: int
    amount: int
    tickets: int
    ticket_limit: int | None
    is_alone: bool
    opened: str
    state: str

    @property
    def opens(self) -> list[int]:
        """The price levels that it opens."""
        return json.loads(self.opened)


class Freed(NamedTuple):
    """What reservations that have run out still hold of an offer, its assignment, or its coupon."""

    uses: int
    spent: int


_OF_RESERVATION = Statement(
    """SELECT u.id, u.coupon_id, u.offer_id, u.reservation_id, u.event_id, c.code, c.written, c.name, u.kind, u.amount,
        u.tickets, a.ticket_limit, c.is_alone, u.opens AS opened, u.state
    FROM coupon_use u JOIN coupon c ON c.id = u.coupon_id LEFT JOIN coupon_offer o ON o.id = u.offer_id
    LEFT JOIN coupon_assignment a ON a.id = o.assignment_id
    WHERE u.reservation_id = :reservation AND u.state IN :states ORDER BY u.id""",
    Use,
)
_OF_MEMBER = Statement(
    """SELECT COUNT(*) FROM coupon_use u LEFT JOIN reservation r ON r.id = u.reservation_id
    WHERE u.member_id = :member AND u.coupon_id = :coupon AND (u.state = 'committed' OR r.expires_at > :now)
    AND u.state <> 'released'"""
)
_FREED = """SELECT COUNT(*) AS uses, CAST(COALESCE(SUM(u.amount), 0) AS BIGINT) AS spent FROM reservation r
    JOIN coupon_use u ON u.reservation_id = r.id AND u.state = 'held'"""
_RUN_OUT = "r.state = 'held' AND r.expires_at <= :now AND r.partner_id = :partner"
_FREED_OFFER = Statement(f"{_FREED} WHERE {_RUN_OUT} AND u.offer_id = :id", Freed)
_FREED_ASSIGNMENT = Statement(
    f"{_FREED} JOIN coupon_offer o ON o.id = u.offer_id WHERE {_RUN_OUT} AND o.assignment_id = :id", Freed
)
_FREED_COUPON = Statement(f"{_FREED} WHERE {_RUN_OUT} AND u.coupon_id = :id", Freed)


def of_reservation(reservation_id: int, states: tuple[str, ...] = ("held", "committed")) -> list[Use]:
    """The uses on a reservation, in the order in which they were made; those that count, unless others are asked for."""
    return _OF_RESERVATION.rows(reservation=reservation_id, states=states)


def of_member(coupon_id: int, member_id: int, now: int) -> int:
    """How often a customer has used a coupon."""
    return _OF_MEMBER.value(coupon=coupon_id, member=member_id, now=now)


def without_run_out(row: Found, now: int) -> Found:
    """The coupon as it counts once every reservation that has run out is settled. Asked for where nothing is left of it."""
    if row.offer_id is not None and row.uses >= row.use_limit:
        statement = _FREED_ASSIGNMENT if row.is_shared else _FREED_OFFER
        freed = statement.rows(partner=row.partner_id, now=now, id=row.assignment_id if row.is_shared else row.offer_id)
        row = row._replace(uses=row.uses - freed[0].uses)
    if row.budget_left == 0:
        freed = _FREED_COUPON.rows(partner=row.partner_id, now=now, id=row.id)
        row = row._replace(spent=row.spent - freed[0].spent)
    return row
