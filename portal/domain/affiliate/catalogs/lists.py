"""Catalogs as their merchant reads them: the list, and what stands inside one catalog."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from peewee import fn

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.catalogs import approval, queries
from portal.domain.affiliate.catalogs.queries import PricedOffer, ShownLanding
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog, Offer
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE, as_it_is
from portal.domain.typed.texts import mended

COUNTED_DEALS = 1000  # A list says "over a thousand" instead of counting millions.
OFFER, LANDING = "offer", "landing"
PUBLISHED, UNPUBLISHED, ARCHIVED = "published", "unpublished", "archived"

_SELECT = f"""SELECT c.id, c.short_code, c.title, c.catalog_code, c.is_published, c.approved_deals, c.canceled_deals,
    c.modified_at, c.archived_at IS NOT NULL AS is_archived,
    (SELECT COUNT(*) FROM offer o WHERE o.catalog_id = c.id) AS offers,
    (SELECT COUNT(*) FROM (SELECT 1 FROM deal d WHERE d.catalog_id = c.id LIMIT {COUNTED_DEALS + 1}) counted) AS deals
    FROM catalog c"""
# The merchant's deals that wait for something are few, and an index has them; the rest of the catalog's is not read.
_RUNNING = Statement(
    f"""SELECT COUNT(*) FROM (
        SELECT 1 FROM deal WHERE catalog_id = :catalog AND status = 'Created'
        UNION ALL SELECT 1 FROM deal WHERE partner_id = :partner AND status = 'Paid' AND approved_at IS NULL
            AND +catalog_id = :catalog
        LIMIT {COUNTED_DEALS + 1}) counted"""
)

_TAKING_CODES = Statement(
    """SELECT DISTINCT o.catalog_id FROM offer o JOIN promoter_terms t ON t.offer_id = o.id
    WHERE o.catalog_id IN :catalogs AND o.is_active AND t.is_promocode_allowed"""
)


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
        return approval.rate(self.approved_deals, self.canceled_deals)


class OfferLine(NamedTuple):
    """An offer inside its catalog; `prices` are (currency, minor units)."""

    uuid: str
    name: str
    description: str | None
    is_active: bool
    is_promocode_allowed: bool
    reward_percent: int | None
    fix_remuneration: int | None
    prices: tuple


def page(partner_id: int, shown: str, text: str, before: int | None, after: int | None) -> KeyPage:
    """Fifty of the merchant's catalogs, newest first; the words of `text` are looked for in titles and codes.

    `shown` is PUBLISHED, UNPUBLISHED or ARCHIVED; otherwise all that are not archived.
    """
    where = Conditions()
    where.add("c.partner_id = :partner", partner=partner_id)
    where.add(f"c.archived_at IS {'NOT NULL' if shown == ARCHIVED else 'NULL'}")
    if shown in (PUBLISHED, UNPUBLISHED):
        where.add("c.is_published = :published", published=shown == PUBLISHED)
    if text:
        named, given = words.condition(text, ("c.title", "c.catalog_code"))
        key = f"%{as_it_is(mended(text))}"
        is_it = f"c.code_key LIKE :key {ESCAPE} OR c.short_code = :code"
        where.add(f"({named} OR {is_it})", key=key, code=mended(text), **given)
    return key_pages.read(_SELECT, "c.id", where, CatalogRow, before, after)


def offers_of(catalog: Catalog) -> list[OfferLine]:
    """The catalog's offers with their prices, oldest first, in one query."""
    rows = queries.ALL_OFFERS_OF_CATALOG.rows(catalog=catalog.id)
    return [_line(list(prices)) for _, prices in groupby(rows, attrgetter("id"))]


def offer_line(catalog: Catalog, offer: Offer) -> OfferLine:
    """One offer of the catalog as it lists it."""
    return next(line for line in offers_of(catalog) if line.uuid == offer.uuid)


def landings_of(catalog: Catalog) -> list[ShownLanding]:
    """The catalog's landings, oldest first: the first one that fits the device is where links lead."""
    return queries.ALL_LANDINGS_OF_CATALOG.rows(catalog=catalog.id)


def lacking(offers: list[OfferLine], landings: list[ShownLanding]) -> list[str]:
    """What a catalog still lacks before promoters can sell it: OFFER (an active one), LANDING, both or nothing."""
    lacks = {OFFER: not any(offer.is_active for offer in offers), LANDING: not landings}
    return [thing for thing, is_lacking in lacks.items() if is_lacking]


def take_codes(offers: list[OfferLine]) -> bool:
    """Whether an active one of the offers may be sold with promo codes, without which no code brings a deal."""
    return any(offer.is_active and offer.is_promocode_allowed for offer in offers)


def promoters_of(catalog: Catalog) -> dict[str, int]:
    """How many promoters the catalog has, by the state of their application."""
    counted = Promotion.select(Promotion.state, fn.COUNT(Promotion.id).alias("number"))
    its = counted.where(Promotion.catalog == catalog).group_by(Promotion.state)
    return {one.state: one.number for one in its}


def running_deals(catalog: Catalog) -> int:
    """How many of its deals are still on their way, unpaid or held; counted up to `COUNTED_DEALS` and one."""
    return _RUNNING.value(catalog=catalog.id, partner=catalog.partner_id)


def _line(prices: list[PricedOffer]) -> OfferLine:
    offer = prices[0]
    return OfferLine(
        offer.uuid, offer.name, offer.description, offer.is_active, offer.is_promocode_allowed, offer.reward_percent,
        offer.fix_remuneration, tuple((price.currency, price.cost) for price in prices),
    )  # fmt: skip


def taking_codes(catalog_ids: list[int]) -> set[int]:
    """Which of the catalogs `take_codes`."""
    return set(_TAKING_CODES.values(catalogs=catalog_ids)) if catalog_ids else set()
