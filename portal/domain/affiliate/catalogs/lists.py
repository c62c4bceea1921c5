"""Catalogs as their merchant reads them: the list, and what stands inside one catalog."""

import re
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import key_pages
from portal.domain.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.patterns import ESCAPE, containing

COUNTED_DEALS = 1000  # A list says "over a thousand" instead of counting millions.
PUBLISHED, UNPUBLISHED, ARCHIVED = "published", "unpublished", "archived"

_SELECT = f"""SELECT c.id, c.short_code, c.title, c.catalog_code, c.is_published, c.approved_deals, c.canceled_deals,
    c.modified_at, c.archived_at IS NOT NULL, (SELECT COUNT(*) FROM offer o WHERE o.catalog_id = c.id),
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
_CHOICES = Statement(
    "SELECT short_code, title FROM catalog WHERE partner_id = ? AND archived_at IS NULL ORDER BY title LIMIT 500"
)
# The merchant's deals that wait for something are few, and an index has them; the rest of the catalog's is not read.
_RUNNING = Statement(
    f"""SELECT COUNT(*) FROM (
        SELECT 1 FROM deal WHERE catalog_id = ? AND status = 'Created'
        UNION ALL SELECT 1 FROM deal WHERE partner_id = ? AND status = 'Paid' AND approved_at IS NULL AND +catalog_id = ?
        LIMIT {COUNTED_DEALS + 1}) counted"""
)
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
    is_archived: bool
    offers: int
    deals: int

    @property
    def modified(self) -> datetime:
        """When it was last changed."""
        return clock.from_micros(self.modified_at)

    @property
    def standing(self) -> str:
        """Whether promoters can have it, in one word."""
        return "Archived" if self.is_archived else "Published" if self.is_published else "Unpublished"

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


def page(partner_id: int, shown: str, text: str, before: int | None, after: int | None) -> KeyPage:
    """Fifty of the merchant's catalogs, newest first; `text` is looked for in titles and codes.

    `shown` is PUBLISHED, UNPUBLISHED or ARCHIVED; otherwise all that are not archived.
    """
    where = Conditions()
    where.add("c.partner_id = ?", partner_id)
    where.add(f"c.archived_at IS {'NOT NULL' if shown == ARCHIVED else 'NULL'}")
    if shown in (PUBLISHED, UNPUBLISHED):
        where.add("c.is_published = ?", shown == PUBLISHED)
    if text:
        where.add(
            f"(LOWER(c.title) LIKE ? {ESCAPE} OR LOWER(c.catalog_code) LIKE ? {ESCAPE} OR c.short_code = ?)",
            containing(text), containing(text), text.upper(),
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
    lacks = {"an active offer": not any(offer.is_active for offer in offers), "a landing": not landings}
    return " and ".join(name for name, lacking in lacks.items() if lacking) or None


def promoters_of(catalog: Catalog) -> dict[str, int]:
    """How many promoters the catalog has, by the state of their application."""
    return dict(_PROMOTERS.rows(catalog.id))


def running_deals(catalog: Catalog) -> int:
    """How many of its deals are still on their way, unpaid or held; counted up to `COUNTED_DEALS` and one."""
    return _RUNNING.row(catalog.id, catalog.partner_id, catalog.id)[0]


def choices(partner_id: int) -> list[tuple[str, str]]:
    """(short code, title) of the merchant's catalogs, by title, for a filter; archived ones are left out."""
    return _CHOICES.rows(partner_id)


def categories() -> list[str]:
    """The names of the categories of this installation."""
    return [name for (name,) in _CATEGORIES.rows()]


def suggested_code(partner_id: int, title: str) -> str:
    """A free catalog_code made from a title: its words joined by dashes, a number added where it is taken."""
    stem = re.sub(r"\W+", "-", title.lower()).strip("-")[:60] or "catalog"
    taken = {code for (code,) in _CODES.rows(partner_id, containing(stem)[1:])}
    if stem not in taken:
        return stem
    return next(f"{stem}-{number}" for number in range(2, len(taken) + 3) if f"{stem}-{number}" not in taken)
