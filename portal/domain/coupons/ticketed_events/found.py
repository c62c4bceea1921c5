"""Ticketed events as people look through them: those to come, the next first, or the past ones, the latest first."""

from datetime import datetime
from typing import Any, NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.typed import words

COMING, PAST = "coming", "past"
_SELECT = """SELECT e.id, e.name, e.starts_at, e.timezone, e.currency,
    (SELECT COUNT(*) FROM listing l WHERE l.event_id = e.id AND l.is_open) AS shops,
    (SELECT CAST(COALESCE(SUM(p.taken), 0) AS BIGINT) FROM price_level p WHERE p.event_id = e.id) AS taken,
    (SELECT CAST(COALESCE(SUM(p.capacity), 0) AS BIGINT) FROM price_level p WHERE p.event_id = e.id) AS capacity
    FROM ticketed_event e"""


class EventLine(NamedTuple):
    """A line of the list: open demo shops, tickets held or bought of all there are, the beginning in microseconds."""

    id: int
    name: str
    starts_at: int
    timezone: str
    currency: str
    shops: int
    taken: int
    capacity: int

    @property
    def starts(self) -> datetime:
        """When it begins."""
        return clock.from_micros(self.starts_at)


def page(partner_id: int, when: str, text: str, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's events; the words of `text` are looked for in names."""
    where, is_coming = _where(partner_id, when, text), when == COMING
    below, above = _place(partner_id, before), _place(partner_id, after)
    return key_pages.read(_SELECT, "e.starts_at, e.id", where, EventLine, below, above, is_oldest_first=is_coming)


def count(partner_id: int, when: str, text: str) -> int:
    """How many there are."""
    where = _where(partner_id, when, text)
    found: Statement[Any] = where.every("SELECT COUNT(*) FROM ticketed_event e", "")
    return found.value(**where.given)


def _where(partner_id: int, when: str, text: str) -> Conditions:
    where = Conditions()
    where.add("e.partner_id = :partner", partner=partner_id)
    where.add(f"e.starts_at {'>=' if when == COMING else '<'} :now", now=clock.micros())
    if text:
        named, given = words.condition(text, ("e.name",))
        where.add(named, **given)
    return where


def _place(partner_id: int, event_id: int | None) -> tuple[int, int] | None:
    """Where an event stands in the order; None for one that is not the partner's."""
    if event_id is None:
        return None
    row = TicketedEvent.get_or_none(TicketedEvent.id == event_id, TicketedEvent.partner == partner_id)
    return (clock.to_micros(row.starts_at), row.id) if row else None
