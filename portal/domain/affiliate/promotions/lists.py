"""A promoter's own promotions, each with what it brings, and the clicks on its links."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from portal import clock
from portal.database import Statement
from portal.domain import key_pages
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.identifiers import normal_code
from portal.domain.key_pages import Conditions, KeyPage
from portal.domain.patterns import ESCAPE, containing

_SELECT = """SELECT m.id, m.uid, m.state, m.ended_by, m.created_at, c.partner_id, c.title, c.is_published, p.name
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = c.partner_id"""
_STATES = Statement("SELECT state, COUNT(*) FROM promotion WHERE promoter_id = ? GROUP BY state")
_CHOICES = Statement(
    """SELECT m.uid, c.title FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.promoter_id = ? ORDER BY c.title LIMIT 500"""
)
_CLICKS = (
    """SELECT k.id, k.at, k.device, k.query, l.title, l.url FROM click k LEFT JOIN landing l ON l.id = k.landing_id"""
)
_CLICKED_AT = Statement("SELECT at FROM click WHERE id = ? AND promotion_id = ?")


@dataclass(slots=True)
class PromotionRow:
    """A line of the list; clicks and deals are those of the last thirty days, sums minor units by currency."""

    id: int
    uid: str
    state: str
    ended_by: str | None
    created_at: int
    merchant_id: int
    title: str
    is_published: bool
    merchant: str
    clicks: int = 0
    deals: int = 0
    held: dict[str, int] = field(default_factory=dict)
    due: dict[str, int] = field(default_factory=dict)

    @property
    def joined(self) -> datetime:
        """When it first asked to join."""
        return clock.from_micros(self.created_at)

    @property
    def conversion(self) -> float | None:
        """The percentage of clicks that became deals; None without clicks."""
        return self.deals * 100 / self.clicks if self.clicks else None


class ClickRow(NamedTuple):
    """Somebody followed a link; `at` in microseconds, `query` what travelled along."""

    id: int
    at: int
    device: str
    query: str
    landing_title: str | None
    landing_url: str | None

    @property
    def when(self) -> datetime:
        """Its moment."""
        return clock.from_micros(self.at)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What travelled along, such as ("subid", "newsletter")."""
        return parse_qsl(self.query, keep_blank_values=True)


def page(
    promoter_id: int, state: str, text: str, zone: str = "UTC", before: int | None = None, after: int | None = None
) -> KeyPage:
    """Fifty of the promoter's promotions, the latest joined first, each a PromotionRow with its figures.

    The last thirty days are those of the time zone.
    """
    where = Conditions()
    where.add("m.promoter_id = ?", promoter_id)
    if state:
        where.add("m.state = ?", state)
    if text:
        code, pattern = normal_code(text) or "", containing(text)
        where.add(
            f"(LOWER(c.title) LIKE ? {ESCAPE} OR LOWER(p.name) LIKE ? {ESCAPE} OR m.uid = ?)", *[pattern] * 2, code
        )
    found = key_pages.read(_SELECT, "m.id", where, lambda row: PromotionRow(*row), before, after)
    _count(found.rows, zone)
    return found


def states(promoter_id: int) -> dict[str, int]:
    """How many promotions the promoter has, by state."""
    return dict(_STATES.rows(promoter_id))


def choices(promoter_id: int) -> list[tuple[str, str]]:
    """(uid, title of the catalog) of the promoter's promotions, by title, for a filter."""
    return _CHOICES.rows(promoter_id)


def clicks(promotion_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty clicks on a promotion's links, the latest first, each a ClickRow: all, or those around the one with this id."""
    where = Conditions()
    where.add("k.promotion_id = ?", promotion_id)
    places = (None if place is None else (_clicked_at(promotion_id, place), place) for place in (before, after))
    return key_pages.read(_CLICKS, "k.at, k.id", where, ClickRow._make, *places)


def _clicked_at(promotion_id: int, click: int) -> int:
    row = _CLICKED_AT.row(click, promotion_id)
    return row[0] if row else 0


def _count(rows: list[PromotionRow], zone: str) -> None:
    ids, merchants = [row.id for row in rows], [row.merchant_id for row in rows]
    counts = promotion_figures.counts(ids, promotion_figures.begins(zone))
    held = promotion_figures.held(ids, merchants)
    due = promotion_figures.due(ids)
    for row in rows:
        row.clicks, row.deals = counts[row.id]
        row.held, row.due = held.get(row.id, {}), due.get(row.id, {})
