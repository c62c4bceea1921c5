"""Customers as people look through them: newest first, paged by key, with what they have."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.cards.customers.filters import Filter, where_of
from portal.domain.cards.customers.seen import SEEN
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import KeyPage
from portal.domain.members import blanks, names
from portal.domain.totals import totals

MOST_COUNTED = 1000
AT_ONCE = 500
_SELECT = f"""SELECT m.id, m.uuid, m.first_name, m.surname, m.phone_typed, m.mail, m.gender,
    CAST(m.date_of_birth AS VARCHAR(10)) AS date_of_birth, m.external_user_id, m.created_at, {SEEN} AS seen_at,
    (SELECT COUNT(*) FROM card c WHERE c.member_id = m.id AND c.deleted_at IS NULL) AS cards FROM member m"""
_TAIL = "ORDER BY m.id DESC LIMIT :most"


class CustomerRow(NamedTuple):
    """A customer of a list: moments in microseconds, cards that are not deleted."""

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
    return key_pages.read(_SELECT, "m.id", where_of(partner_id, chosen), CustomerRow, before, after)


def count(partner_id: int, chosen: Filter) -> int:
    """How many fit; of those that are narrowed down at most one more than are counted."""
    if chosen == Filter():
        return totals.of(partner_id, blanks.KIND)
    where = where_of(partner_id, chosen)
    few = where.first("SELECT COUNT(*) FROM (SELECT m.id FROM member m", "LIMIT :most) few")
    return few.value(**where.given, most=MOST_COUNTED + 1)


def each(partner_id: int, chosen: Filter) -> Iterator[CustomerRow]:
    """All that fit, for a file: read in portions by key while it is sent."""
    where = where_of(partner_id, chosen)
    rows = where.first(_SELECT, _TAIL, CustomerRow).rows(**where.given, most=AT_ONCE)
    where.add("m.id < :below")
    following = where.first(_SELECT, _TAIL, CustomerRow)
    while rows:
        yield from rows
        rows = following.rows(**where.given, below=rows[-1].id, most=AT_ONCE) if len(rows) == AT_ONCE else []
