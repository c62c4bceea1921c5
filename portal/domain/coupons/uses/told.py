"""Uses of a coupon as people read them: who used it, where, when and for what, newest first."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.members import names

_SELECT = """SELECT u.id, u.held_at, u.settled_at, u.state, u.amount, u.currency, u.tickets, u.reservation_id,
        r.state AS reservation_state, r.expires_at, u.event_id, e.name AS event, m.uuid AS customer, m.first_name, m.surname
    FROM coupon_use u LEFT JOIN reservation r ON r.id = u.reservation_id LEFT JOIN ticketed_event e ON e.id = u.event_id
    LEFT JOIN member m ON m.id = u.member_id AND m.erased_at IS NULL"""
_TIME = Statement("SELECT held_at FROM coupon_use WHERE id = :use AND coupon_id = :coupon")


class ToldUse(NamedTuple):
    """A use; moments in microseconds, its amount in minor units of its currency."""

    id: int
    held_at: int
    settled_at: int | None
    state: str
    amount: int
    currency: str | None
    tickets: int
    reservation_id: int | None
    reservation_state: str | None
    expires_at: int | None
    event_id: int | None
    event: str | None
    customer: str | None
    first_name: str | None
    surname: str | None

    @property
    def at(self) -> datetime:
        """When it was made."""
        return clock.from_micros(self.held_at)

    @property
    def whose(self) -> str | None:
        """The customer's name."""
        return names.full(self.first_name, self.surname) if self.first_name else None


def page(coupon_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty uses of the coupon, those that were given back as well."""
    where = Conditions()
    where.add("u.coupon_id = :coupon", coupon=coupon_id)
    below, above = (None if use is None else (_time_of(coupon_id, use), use) for use in (before, after))
    return key_pages.read(_SELECT, "u.held_at, u.id", where, ToldUse, below, above)


def _time_of(coupon_id: int, use_id: int) -> int:
    return _TIME.value(use=use_id, coupon=coupon_id) or 0
