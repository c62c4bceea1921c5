"""The merchant's promoters over all its catalogs: who waits for a decision, who sells, and what each brings."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import key_pages
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.figures.promotions import Sums
from portal.domain.affiliate.promotions.promotions import WAITING
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.identifiers import normal_code
from portal.domain.key_pages import Conditions, KeyPage
from portal.domain.patterns import ESCAPE, containing

_FROM = """FROM catalog c JOIN promotion m ON m.catalog_id = c.id JOIN partner q ON q.id = m.promoter_id"""
_SELECT = f"""SELECT m.id, m.uid, m.state, m.ended_by, m.created_at, m.promoter_id, q.name, q.confirmed_at IS NOT NULL,
    c.title, c.short_code, m.message {_FROM}"""
_STATES = Statement(
    """SELECT m.state, COUNT(*) FROM catalog c JOIN promotion m ON m.catalog_id = c.id
    WHERE c.partner_id = ? AND c.archived_at IS NULL GROUP BY m.state"""
)
_WAITING = Statement(
    """SELECT COUNT(*) FROM catalog c JOIN promotion m ON m.catalog_id = c.id AND m.state = 'waiting'
    WHERE c.partner_id = ? AND c.archived_at IS NULL"""
)
_ELSEWHERE = Statement(
    """SELECT m.uid, m.state, m.ended_by, c.title FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.promoter_id = ? AND c.partner_id = ? AND m.id <> ? ORDER BY m.id DESC LIMIT 50"""
)
_SELF_REFERRALS = Statement("SELECT COUNT(*) FROM deal WHERE partner_id = ? AND is_self_referral AND +promotion_id = ?")
_RUNNING_CODES = Statement("SELECT COUNT(*) FROM promo_code WHERE promotion_id = ? AND ended_at IS NULL")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which promoters: None or empty leaves a question open. `catalog` is an id; without one archived catalogs stay out."""

    state: str = ""
    catalog: int | None = None
    text: str = ""


@dataclass(slots=True)
class PromoterRow:
    """A promoter in a catalog; clicks and deals are those of the last thirty days, sums minor units by currency."""

    id: int
    uid: str
    state: str
    ended_by: str | None
    created_at: int
    promoter_id: int
    name: str
    is_confirmed: bool
    catalog_title: str
    short_code: str
    message: str | None
    clicks: int = 0
    deals: int = 0
    held: Sums = field(default_factory=dict)
    due: Sums = field(default_factory=dict)

    @property
    def joined(self) -> datetime:
        """When it first asked to join."""
        return clock.from_micros(self.created_at)

    @property
    def conversion(self) -> float | None:
        """The percentage of clicks that became deals; None without clicks."""
        return self.deals * 100 / self.clicks if self.clicks else None


class Elsewhere(NamedTuple):
    """The same promoter in another of the merchant's catalogs."""

    uid: str
    state: str
    ended_by: str | None
    catalog_title: str


def applicants(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty who wait for the merchant's decision, the latest first, each a PromoterRow without figures."""
    where = _where(partner_id, chosen)
    where.add("m.state = ?", WAITING)
    return key_pages.read(_SELECT, "m.id", where, lambda row: PromoterRow(*row), before, after)


def page(
    partner_id: int, chosen: Filter, zone: str = "UTC", before: int | None = None, after: int | None = None
) -> KeyPage:
    """Fifty on whom was decided, in one state or in any, the latest first, each a PromoterRow with its figures.

    The last thirty days are those of the time zone.
    """
    where = _where(partner_id, chosen)
    where.add(*(("m.state = ?", chosen.state) if chosen.state else ("m.state <> ?", WAITING)))
    found = key_pages.read(_SELECT, "m.id", where, lambda row: PromoterRow(*row), before, after)
    _count(partner_id, found.rows, zone)
    return found


def states(partner_id: int) -> dict[str, int]:
    """How many promoters the merchant has, by state; those of archived catalogs are left out."""
    return dict(_STATES.rows(partner_id))


def waiting(partner_id: int) -> int:
    """How many wait for the merchant's decision; every page of the portal shows it."""
    return _WAITING.row(partner_id)[0]


def elsewhere(partner_id: int, promotion: Promotion) -> list[Elsewhere]:
    """The promoter in the merchant's other catalogs, the latest joined first."""
    return [Elsewhere._make(row) for row in _ELSEWHERE.rows(promotion.promoter_id, partner_id, promotion.id)]


def self_referrals(partner_id: int, promotion: Promotion) -> int:
    """How many of the promotion's deals look as if the promoter, the merchant or the customer were one."""
    return _SELF_REFERRALS.row(partner_id, promotion.id)[0]


def running_codes(promotion: Promotion) -> int:
    """How many of its promo codes work."""
    return _RUNNING_CODES.row(promotion.id)[0]


def _where(partner_id: int, chosen: Filter) -> Conditions:
    where = Conditions()
    where.add("c.partner_id = ?", partner_id)
    where.add(*(("c.id = ?", chosen.catalog) if chosen.catalog is not None else ("c.archived_at IS NULL",)))
    if chosen.text:
        code = normal_code(chosen.text) or ""
        where.add(f"(LOWER(q.name) LIKE ? {ESCAPE} OR m.uid = ?)", containing(chosen.text), code)
    return where


def _count(partner_id: int, rows: list[PromoterRow], zone: str) -> None:
    ids = [row.id for row in rows]
    counts = promotion_figures.counts(ids, promotion_figures.begins(zone))
    held = promotion_figures.held(ids, [partner_id] * len(ids))
    due = promotion_figures.due(ids)
    for row in rows:
        row.clicks, row.deals = counts[row.id]
        row.held, row.due = held.get(row.id, {}), due.get(row.id, {})
