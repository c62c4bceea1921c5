"""A promoter's own promotions, each with what it brings, and the clicks on its links."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from peewee import fn

from portal import clock
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.promotions import brought
from portal.domain.affiliate.promotions.brought import Brought
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.identifiers import normal_code
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.typed import words

_FROM = "FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = c.partner_id"
_SELECT = f"""SELECT m.id, m.uid, m.state, m.ended_by, m.created_at, c.partner_id AS merchant_id, c.title, c.is_published,
    p.name AS merchant {_FROM}"""
_CLICKS = """SELECT k.id, k.at, k.device, k.query, l.title AS landing_title, l.url AS landing_url
    FROM click k LEFT JOIN landing l ON l.id = k.landing_id"""
_MOST = 500


class PromotionColumns(NamedTuple):
    """A promoter's promotion."""

    id: int
    uid: str
    state: str
    ended_by: str | None
    created_at: int
    merchant_id: int
    title: str
    is_published: bool
    merchant: str


class PromotionRow(PromotionColumns, Brought):
    """A line of the list."""


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
    where = _where(promoter_id, state, text)
    found = key_pages.read(_SELECT, "m.id", where, PromotionRow, before, after)
    brought.count(found.rows, [row.merchant_id for row in found.rows], zone)
    return found


def count(promoter_id: int, state: str, text: str) -> int:
    """How many there are of these."""
    where = _where(promoter_id, state, text)
    return key_pages.statement(f"SELECT COUNT(*) {_FROM}", tuple(where.texts), "").value(**where.given)


def states(promoter_id: int) -> dict[str, int]:
    """How many promotions the promoter has, by state."""
    counted = Promotion.select(Promotion.state, fn.COUNT(Promotion.id).alias("number"))
    its = counted.where(Promotion.promoter == promoter_id).group_by(Promotion.state)
    return {one.state: one.number for one in its}


def choices(promoter_id: int) -> list[tuple[str, str]]:
    """(uid, title of the catalog) of the promoter's promotions, by title, for a filter."""
    chosen = Promotion.select(Promotion.uid, Catalog.title).join(Catalog).where(Promotion.promoter == promoter_id)
    return [(one.uid, one.catalog.title) for one in chosen.order_by(Catalog.title).limit(_MOST)]


def clicks(promotion_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty clicks on a promotion's links, the latest first, each a ClickRow: all, or those around the one with this id."""
    where = Conditions()
    where.add("k.promotion_id = :promotion", promotion=promotion_id)
    below, above = (None if place is None else (_clicked_at(promotion_id, place), place) for place in (before, after))
    return key_pages.read(_CLICKS, "k.at, k.id", where, ClickRow, below, above)


def _where(promoter_id: int, state: str, text: str) -> Conditions:
    where = Conditions()
    where.add("m.promoter_id = :promoter", promoter=promoter_id)
    if state:
        where.add("m.state = :state", state=state)
    if text:
        named, given = words.condition(text, ("c.title", "p.name", "m.uid"))
        where.add(f"({named} OR m.uid = :uid)", uid=normal_code(text) or "", **given)
    return where


def _clicked_at(promotion_id: int, click: int) -> int:
    found = Click.select(Click.at).where(Click.id == click, Click.promotion == promotion_id).scalar()
    return clock.to_micros(found) if found else 0
