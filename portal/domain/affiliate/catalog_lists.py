"""Catalogs as their merchant reads them: the list, and what stands inside one catalog."""

import re
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate import key_pages
from portal.domain.affiliate.key_pages import Conditions, KeyPage
from portal.domain.affiliate.tables import Catalog

COUNTED_DEALS = 1000  # A list says "over a thousand" instead of counting millions.

_SELECT = f"""SELECT c.id, c.short_code, c.title, c.catalog_code, c.is_published, c.approved_deals, c.canceled_deals,
    c.modified_at, (SELECT COUNT(*) FROM offer o WHERE o.catalog_id = c.id),
    (SELECT COUNT(*) FROM (SELECT 1 FROM deal d WHERE d.catalog_id = c.id LIMIT {COUNTED_DEALS + 1}) counted)
    FROM catalog c"""
_OFFERS = Statement(
    """SELECT o.uuid, o.name, o.is_active, t.is_promocode_allowed, t.reward_percent, t.fix_remuneration, p.currency, p.cost
    FROM offer o JOIN promoter_terms t ON t.offer_id = o.id LEFT JOIN offer_price p ON p.offer_id = o.id
    WHERE o.catalog_id = ? ORDER BY o.id, p.id"""
)
_LANDINGS = Statement(
    "SELECT code, title, url, adaptability, image_url FROM landing WHERE catalog_id = ? AND removed_at IS NULL ORDER BY id"
)
_PROMOTERS = Statement("SELECT state, COUNT(*) FROM promotion WHERE catalog_id = ? GROUP BY state")
_CHOICES = Statement("SELECT short_code, title FROM catalog WHERE partner_id = ? ORDER BY title LIMIT 500")
_CATEGORIES = Statement("SELECT name FROM category ORDER BY name")
_CODES = Statement("SELECT catalog_code FROM catalog WHERE partner_id = ? AND catalog_code LIKE ? ESCAPE '!'")


class CatalogRow(NamedTuple):
    """A line of the list; `deals` is counted up to `COUNTED_DEALS`, `modified_at` is in microseconds."""

    id: int
    short_code: str
    title: str
    catalog_code: str
    is_published: bool
    approved_deals: int
    canceled_deals: int
    modified_at: int
    offers: int
    deals: int

    @property
    def modified(self) -> datetime:
        """When it was last changed."""
        return clock.from_micros(self.modified_at)

    @property
    def approval(self) -> float | None:
        """The percentage of ended deals that were approved; None until one has ended."""
        return approval_of(self.approved_deals, self.canceled_deals)


class OfferLine(NamedTuple):
    """An offer inside its catalog; `prices` are (currency, minor units)."""

    uuid: str
    name: str
    is_active: bool
    is_promocode_allowed: bool
    reward_percent: int | None
    fix_remuneration: int | None
    prices: tuple


class LandingLine(NamedTuple):
    """A landing inside its catalog."""

    code: str
    title: str | None
    url: str
    adaptability: str
    image_url: str | None


def page(partner_id: int, published: bool | None, text: str, before: int | None, after: int | None) -> KeyPage:
    """Fifty of the merchant's catalogs, newest first; `text` is looked for in titles and codes."""
    where = Conditions()
    where.add("c.partner_id = ?", partner_id)
    if published is not None:
        where.add("c.is_published = ?", published)
    if text:
        pattern = f"%{_literal(text.lower())}%"
        where.add(
            "(LOWER(c.title) LIKE ? ESCAPE '!' OR LOWER(c.catalog_code) LIKE ? ESCAPE '!' OR c.short_code = ?)",
            pattern, pattern, text.upper(),
        )  # fmt: skip
    return key_pages.read(_SELECT, "c.id", where, CatalogRow._make, before, after)


def approval_of(approved: int, canceled: int) -> float | None:
    """The percentage of ended deals that were approved; None until one has ended."""
    ended = approved + canceled
    return approved * 100 / ended if ended else None


def offers_of(catalog: Catalog) -> list[OfferLine]:
    """The catalog's offers with their prices, oldest first, in one query."""
    lines: dict[str, list] = {}
    for *offer, currency, cost in _OFFERS.rows(catalog.id):
        lines.setdefault(offer[0], [*offer, []])[-1].append((currency, cost))
    return [OfferLine._make((*offer, tuple(prices))) for *offer, prices in lines.values()]


def landings_of(catalog: Catalog) -> list[LandingLine]:
    """The catalog's landings, oldest first: the first one that fits the device is where links lead."""
    return [LandingLine._make(row) for row in _LANDINGS.rows(catalog.id)]


def missing(offers: list[OfferLine], landings: list[LandingLine]) -> str | None:
    """What a published catalog still lacks before promoters can sell it; None when it lacks nothing."""
    if not any(offer.is_active for offer in offers):
        return "an active offer"
    return None if landings else "a landing"


def promoters_of(catalog: Catalog) -> dict[str, int]:
    """How many promoters the catalog has, by the state of their application."""
    return dict(_PROMOTERS.rows(catalog.id))


def choices(partner_id: int) -> list[tuple[str, str]]:
    """(short code, title) of the merchant's catalogs, by title, for a filter."""
    return _CHOICES.rows(partner_id)


def categories() -> list[str]:
    """The names of the categories of this installation."""
    return [name for (name,) in _CATEGORIES.rows()]


def suggested_code(partner_id: int, title: str) -> str:
    """A free catalog_code made from a title: its words joined by dashes, a number added where it is taken."""
    stem = re.sub(r"\W+", "-", title.lower()).strip("-")[:60] or "catalog"
    taken = {code for (code,) in _CODES.rows(partner_id, f"{_literal(stem)}%")}
    if stem not in taken:
        return stem
    return next(f"{stem}-{number}" for number in range(2, len(taken) + 3) if f"{stem}-{number}" not in taken)


def _literal(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
