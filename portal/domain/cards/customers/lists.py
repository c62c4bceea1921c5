"""Customers as people look through them: newest first, paged by key, with what they have."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.customers.filters import Filter, Way, way_of
from portal.domain.cards.customers.seen import SEEN
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import KeyPage
from portal.domain.members import blanks, names
from portal.domain.totals import totals

MOST_COUNTED = 1000
AT_ONCE = 500
_SELECT = f"""SELECT m.id, m.uuid, m.first_name, m.surname, m.phone_typed, m.mail, m.gender,
    CAST(m.date_of_birth AS VARCHAR(10)) AS date_of_birth, m.external_user_id, m.created_at, {SEEN} AS seen_at, m.seen_at AS noted_at,
    (SELECT COUNT(*) FROM card c WHERE c.member_id = m.id AND c.deleted_at IS NULL) AS cards FROM member m"""
_PLACE = Statement("SELECT seen_at FROM member WHERE id = :member AND partner_id = :partner")


class CustomerRow(NamedTuple):
    """A customer of a list: moments in microseconds, cards that are not deleted. `noted_at` is what those not seen are in order of."""

    id: int
    uuid: str
    first_name: str
    surname: str | None
    phone_typed: str | None
    mail: str | None
    gender: int | None
    date_of_birth: str | None
    external_user_id: str | None
    created_at: int
    seen_at: int | None
    noted_at: int
    cards: int

    @property
    def name(self) -> str:
        """First name and surname."""
        return names.full(self.first_name, self.surname)

    @property
    def seen(self) -> datetime | None:
        """When something was booked for them last."""
        return None if self.seen_at is None else clock.from_micros(self.seen_at)

    @property
    def since(self) -> datetime:
        """Since when they are there."""
        return clock.from_micros(self.created_at)


def page(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """A page of those that fit."""
    way = way_of(partner_id, chosen)
    below, above = (_place(partner_id, way, member) for member in (before, after))
    return key_pages.read(f"{_SELECT} {way.joined}", way.key, way.where, CustomerRow, below, above)


def count(partner_id: int, chosen: Filter) -> int:
    """How many fit; of those that are narrowed down at most one more than are counted."""
    if chosen == Filter():
        return totals.of(partner_id, blanks.KIND)
    way = way_of(partner_id, chosen)
    few = way.where.first(f"SELECT COUNT(*) FROM (SELECT m.id FROM member m {way.joined}", f"{way.tail}) few")
    return few.value(**way.where.given, most=MOST_COUNTED + 1)


def each(partner_id: int, chosen: Filter) -> Iterator[CustomerRow]:
    """All that fit, for a file: read in portions by key while it is sent."""
    way = way_of(partner_id, chosen)
    where, select = way.where, f"{_SELECT} {way.joined}"
    rows = where.first(select, way.tail, CustomerRow).rows(**where.given, most=AT_ONCE)
    where.add(f"({way.key}) < ({':below_at, ' if way.is_by_seen else ''}:below)")
    following = where.first(select, way.tail, CustomerRow)
    while rows:
        yield from rows
        if len(rows) < AT_ONCE:
            return
        place = {"below": rows[-1].id} | ({"below_at": rows[-1].noted_at} if way.is_by_seen else {})
        rows = following.rows(**where.given, **place, most=AT_ONCE)


def _place(partner_id: int, way: Way, member: int | None) -> int | tuple[int, int] | None:
    """Where on the way a customer stands: its id, or what comes before that in the key as well."""
    if member is None or not way.is_by_seen:
        return member
    return (_PLACE.value(member=member, partner=partner_id) or 0, member)
