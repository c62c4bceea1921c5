"""The merchant's promoters over all its catalogs: who waits for a decision, who sells, and what each brings."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from peewee import fn

from portal import clock
from portal.database import Statement
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.promotions import joined
from portal.domain.affiliate.promotions.brought import Total
from portal.domain.affiliate.promotions.joined import Joined
from portal.domain.affiliate.promotions.promotions import APPROVED, WAITING
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.affiliate.promotions.usable import ACTIVE
from portal.domain.errors import NotFound
from portal.domain.identifiers import is_uuid, normal_code
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.domain.typed import words

_FROM = "FROM catalog c JOIN promotion m ON m.catalog_id = c.id JOIN partner q ON q.id = m.promoter_id"
_APPLICANTS = f"""SELECT m.id, m.uid, m.created_at, q.uuid, q.name, q.confirmed_at IS NOT NULL AS is_confirmed,
    c.title AS catalog_title, c.short_code, m.message {_FROM}"""
_PROMOTERS = f"SELECT m.id, m.promoter_id, q.uuid, q.name {_FROM}"
_SELF_REFERRALS = Statement(
    # The moment leads to the small index of self-referrals: by the partner alone SQLite would take any of its indexes.
    """SELECT COUNT(*) FROM deal d WHERE d.partner_id = :partner AND d.conversion_time >= 0 AND d.is_self_referral
    AND +d.promotion_id IN :promotions"""
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which promoters: None or empty leaves a question open. `catalog` is an id; without one archived catalogs stay out."""

    state: str = ""
    catalog: int | None = None
    text: str = ""


class Applicant(NamedTuple):
    """Who waits for a decision in a catalog; `created_at` in microseconds."""

    id: int
    uid: str
    created_at: int
    uuid: str
    name: str
    is_confirmed: bool
    catalog_title: str
    short_code: str
    message: str | None

    @property
    def asked(self) -> datetime:
        """When it first asked to join."""
        return clock.from_micros(self.created_at)


class PromoterColumns(NamedTuple):
    """A promoter, by the latest of its promotions that the filter fits."""

    id: int
    promoter_id: int
    uuid: str
    name: str


class PromoterRow(PromoterColumns):
    """A line of the list: the promoter with its catalogs, the one whose state tells most first, and what all of them brought."""

    catalogs: list[Joined]
    total: Total

    @property
    def last_deal(self) -> datetime | None:
        """When its last deal was reported."""
        return max((one.last_deal for one in self.catalogs if one.last_deal), default=None)


def applicants(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty who wait for the merchant's decision, the latest first, each an Applicant."""
    where = _where(partner_id, chosen)
    where.add("m.state = :state", state=WAITING)
    return key_pages.read(_APPLICANTS, "m.id", where, Applicant, before, after)


def page(
    partner_id: int, chosen: Filter, zone: str = "UTC", before: int | None = None, after: int | None = None
) -> KeyPage:
    """Fifty on whom was decided, in one state or in any, the latest joined first, each once, a PromoterRow with its figures.

    The last thirty days are those of the time zone.
    """
    fits = _where(partner_id, chosen)
    fits.add(f"m.state {'=' if chosen.state else '<>'} :state", state=chosen.state or WAITING)
    where = Conditions(given=fits.given)
    where.add(f"m.id IN (SELECT MAX(m.id) {_FROM} WHERE {' AND '.join(fits.texts)} GROUP BY m.promoter_id)")
    found = key_pages.read(_PROMOTERS, "m.id", where, PromoterRow, before, after)
    whose = joined.Whose(partner_id, [row.promoter_id for row in found.rows], chosen.catalog)
    theirs = joined.by_promoter(whose, zone, first=chosen.state or APPROVED)
    for row in found.rows:
        row.catalogs = theirs[row.promoter_id]
        row.total = Total(row.catalogs)
    return found


def count(partner_id: int, chosen: Filter) -> int:
    """How many promoters the filter fits, applicants too, each once."""
    where = _where(partner_id, chosen)
    if chosen.state:
        where.add("m.state = :state", state=chosen.state)
    return key_pages.statement(f"SELECT COUNT(DISTINCT m.promoter_id) {_FROM}", tuple(where.texts), "").value(
        **where.given
    )


def find(partner_id: int, uuid: str) -> Partner:
    """A promoter of the merchant's, by our id of the partner. Raises NotFound for who never asked to be one."""
    its = Promotion.select().join(Catalog).where(Catalog.partner == partner_id, Promotion.promoter == Partner.id)
    found = is_uuid(uuid) and Partner.get_or_none(Partner.uuid == uuid.lower(), fn.EXISTS(its))
    if not found:
        raise NotFound(say("promoter"))
    return found


def promotions_of(partner_id: int, promoter: Partner) -> list[Promotion]:
    """The promoter's promotions in all of the merchant's catalogs, archived ones too, the latest joined first."""
    its = Promotion.select(Promotion, Catalog).join(Catalog)
    found = list(its.where(Catalog.partner == partner_id, Promotion.promoter == promoter).order_by(Promotion.id.desc()))
    for promotion in found:
        promotion.promoter = promoter
    return found


def states(partner_id: int) -> dict[str, int]:
    """How many promoters the merchant has, by state; one may be in several, and archived catalogs are left out."""
    counted = Promotion.select(Promotion.state, fn.COUNT(Promotion.promoter.distinct()).alias("number")).join(Catalog)
    theirs = counted.where(Catalog.partner == partner_id, Catalog.archived_at.is_null())
    return {one.state: one.number for one in theirs.group_by(Promotion.state)}


def self_referrals(partner_id: int, promotion_ids: list[int]) -> int:
    """How many of the promotions' deals look as if the promoter, the merchant or the customer were one."""
    return _SELF_REFERRALS.value(partner=partner_id, promotions=promotion_ids)


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
        named, given = words.condition(chosen.text, ("q.name", "m.uid", "c.title"))
        where.add(f"({named} OR m.uid = :uid)", uid=normal_code(chosen.text) or "", **given)
    return where
