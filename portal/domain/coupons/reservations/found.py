"""Reservations as people look through them, newest first: by state, event, number, code or customer."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.coupons.reservations.held import seconds_left
from portal.domain.coupons.reservations.tables import EXPIRED, HELD, PURCHASED, RELEASED
from portal.domain.coupons.uses import checking
from portal.domain.identifiers import typed_id
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.members import names, words

MOST_COUNTED = 1000  # A list says "over a thousand" instead of counting millions.
_SELECT = """SELECT r.id, e.name AS event, r.tickets, r.face, r.discount, r.currency, r.state, r.expires_at, r.created_at,
    m.first_name, m.surname FROM reservation r JOIN ticketed_event e ON e.id = r.event_id
    LEFT JOIN member m ON m.id = r.member_id"""
_WITH_CODE = """r.id IN (SELECT u.reservation_id FROM coupon c JOIN coupon_use u ON u.coupon_id = c.id
    WHERE c.partner_id = :partner AND c.code = :code)"""

_STATES = {state: f"r.state = '{state}'" for state in (HELD, PURCHASED, RELEASED, EXPIRED)}


class Listed(NamedTuple):
    """A reservation in the list; sums are minor units, moments microseconds."""

    id: int
    event: str
    tickets: int
    face: int
    discount: int
    currency: str
    state: str
    expires_at: int
    created_at: int
    first_name: str | None
    surname: str | None

    @property
    def customer(self) -> str:
        """Whose it is, where the shop said so."""
        return names.full(self.first_name, self.surname)

    @property
    def created(self) -> datetime:
        """Since when it is there."""
        return clock.from_micros(self.created_at)

    @property
    def left(self) -> int:
        """For how many seconds it is still held."""
        return seconds_left(self.expires_at)


@dataclass(frozen=True, slots=True)
class Filter:
    """A state, an event, and a text: the reservation's number, a coupon's code, or words of the customer."""

    state: str = ""
    event: int | None = None
    text: str = ""


def page(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's reservations."""
    return key_pages.read(_SELECT, "r.id", _where(partner_id, chosen), Listed, before, after)


def count(partner_id: int, chosen: Filter) -> int:
    """How many are chosen, at most `MOST_COUNTED` and one."""
    where = _where(partner_id, chosen)
    some = where.first("SELECT r.id FROM reservation r", "ORDER BY r.id DESC LIMIT :most")
    return len(some.values(**where.given, most=MOST_COUNTED + 1))


def _where(partner_id: int, chosen: Filter) -> Conditions:
    where = Conditions(table="reservation r", whose="r.partner_id = :partner")
    where.add("r.partner_id = :partner", partner=partner_id)
    if chosen.state:
        where.add(_STATES[chosen.state])
    if chosen.event is not None:
        where.add("r.event_id = :event", event=chosen.event)
    if chosen.text:
        _add_text(where, chosen.text)
    return where


def _add_text(where: Conditions, text: str) -> None:
    ways = [_WITH_CODE]
    where.given["code"] = checking.normal(text)
    if number := typed_id(text):
        ways.append("r.id = :number")
        where.given["number"] = number
    if asked := words.asked(where.given["partner"], text):
        ways.append(f"r.member_id IN ({asked.found()})")
        where.given |= asked.given
    where.ways = tuple(ways)
