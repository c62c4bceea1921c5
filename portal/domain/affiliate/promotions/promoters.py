"""The merchant's promoters over all its catalogs: who waits for a decision, who sells, and what each brings."""

from dataclasses import dataclass
from typing import NamedTuple

from peewee import fn

from portal.database import Statement, lowered
from portal.domain import key_pages
from portal.domain.affiliate.promotions import brought
from portal.domain.affiliate.promotions.brought import Brought
from portal.domain.affiliate.promotions.promotions import WAITING
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.affiliate.promotions.usable import ACTIVE
from portal.domain.identifiers import normal_code
from portal.domain.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.typed.patterns import ESCAPE, containing

_SELECT = """SELECT m.id, m.uid, m.state, m.ended_by, m.created_at, m.promoter_id, q.name,
    q.confirmed_at IS NOT NULL AS is_confirmed, c.title AS catalog_title, c.short_code, m.message
    FROM catalog c JOIN promotion m ON m.catalog_id = c.id JOIN partner q ON q.id = m.promoter_id"""
_WAITING = Statement(
    """SELECT COUNT(*) FROM catalog c JOIN promotion m ON m.catalog_id = c.id AND m.state = 'waiting'
    WHERE c.partner_id = :partner AND c.archived_at IS NULL"""
)
_SELF_REFERRALS = Statement(
    # The moment leads to the small index of self-referrals: by the partner alone SQLite would take any of its indexes.
    """SELECT COUNT(*) FROM deal d WHERE d.partner_id = :partner AND d.conversion_time >= 0 AND d.is_self_referral
    AND +d.promotion_id = :promotion"""
)
_MOST_ELSEWHERE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """Which promoters: None or empty leaves a question open. `catalog` is an id; without one archived catalogs stay out."""

    state: str = ""
    catalog: int | None = None
    text: str = ""


class PromoterColumns(NamedTuple):
    """A promoter in a catalog."""

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


class PromoterRow(PromoterColumns, Brought):
    """A line of the list."""


class Elsewhere(NamedTuple):
    """The same promoter in another of the merchant's catalogs."""

    uid: str
    state: str
    ended_by: str | None
    catalog_title: str


def applicants(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty who wait for the merchant's decision, the latest first, each a PromoterRow without figures."""
    where = _where(partner_id, chosen)
    where.add("m.state = :state", state=WAITING)
    return key_pages.read(_SELECT, "m.id", where, PromoterRow, before, after)


def page(
    partner_id: int, chosen: Filter, zone: str = "UTC", before: int | None = None, after: int | None = None
) -> KeyPage:
    """Fifty on whom was decided, in one state or in any, the latest first, each a PromoterRow with its figures.

    The last thirty days are those of the time zone.
    """
    where = _where(partner_id, chosen)
    where.add(f"m.state {'=' if chosen.state else '<>'} :state", state=chosen.state or WAITING)
    found = key_pages.read(_SELECT, "m.id", where, PromoterRow, before, after)
    brought.count(found.rows, [partner_id] * len(found.rows), zone)
    return found


def states(partner_id: int) -> dict[str, int]:
    """How many promoters the merchant has, by state; those of archived catalogs are left out."""
    counted = Promotion.select(Promotion.state, fn.COUNT(Promotion.id)).join(Catalog)
    theirs = counted.where(Catalog.partner == partner_id, Catalog.archived_at.is_null())
    return dict(theirs.group_by(Promotion.state).tuples())


def waiting(partner_id: int) -> int:
    """How many wait for the merchant's decision; every page of the portal shows it."""
    return _WAITING.value(partner=partner_id)


def elsewhere(partner_id: int, promotion: Promotion) -> list[Elsewhere]:
    """The promoter in the merchant's other catalogs, the latest joined first."""
    columns = Promotion.uid, Promotion.state, Promotion.ended_by, Catalog.title.alias("catalog_title")
    others = (Promotion.promoter == promotion.promoter_id, Catalog.partner == partner_id, Promotion.id != promotion.id)
    found = Promotion.select(*columns).join(Catalog).where(*others)
    return list(found.order_by(Promotion.id.desc()).limit(_MOST_ELSEWHERE).objects(Elsewhere))


def self_referrals(partner_id: int, promotion: Promotion) -> int:
    """How many of the promotion's deals look as if the promoter, the merchant or the customer were one."""
    return _SELF_REFERRALS.value(partner=partner_id, promotion=promotion.id)


def running_codes(promotion: Promotion) -> int:
    """How many of its promo codes work."""
    return sum(code.standing == ACTIVE for code in PromoCode.select().where(PromoCode.promotion == promotion))


def _where(partner_id: int, chosen: Filter) -> Conditions:
    where = Conditions()
    where.add("c.partner_id = :partner", partner=partner_id)
    if chosen.catalog is None:
        where.add("c.archived_at IS NULL")
    else:
        where.add("c.id = :catalog", catalog=chosen.catalog)
    if chosen.text:
        uid = normal_code(chosen.text) or ""
        where.add(f"({lowered('q.name')} LIKE :text {ESCAPE} OR m.uid = :uid)", text=containing(chosen.text), uid=uid)
    return where
