"""The marketplace: catalogs that can be sold now, as a promoter looks through them (contract: "Behind the endpoints")."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import key_pages
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.catalogs import lists
from portal.domain.affiliate.catalogs.lists import LandingLine, OfferLine
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import NotFound
from portal.domain.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.offers.words import EVERYWHERE
from portal.domain.patterns import ESCAPE, containing

JOINED, NOT_JOINED = "joined", "not-joined"
_SELECT = """SELECT c.id, c.short_code, c.partner_id, c.title, p.name, g.name, c.preview_image, c.icon, c.company_logo,
    c.reward_type, c.moderation_type, c.approved_deals, c.canceled_deals, c.hold_duration, c.cookies_storage_days,
    m.uid, m.state, m.ended_by
    FROM catalog c JOIN partner p ON p.id = c.partner_id LEFT JOIN category g ON g.id = c.category_id
    LEFT JOIN promotion m ON m.catalog_id = c.id AND m.promoter_id = ?"""
_CAN_BE_SOLD = (
    "c.is_published",
    "c.archived_at IS NULL",
    "NOT EXISTS (SELECT 1 FROM partner d WHERE d.id = c.partner_id AND d.disabled_at IS NOT NULL)",
    "EXISTS (SELECT 1 FROM offer o JOIN promoter_terms t ON t.offer_id = o.id WHERE o.catalog_id = c.id AND o.is_active)",
    "EXISTS (SELECT 1 FROM landing l WHERE l.catalog_id = c.id AND l.removed_at IS NULL)",
)
_IS_THERE = Statement(f"SELECT 1 FROM catalog c WHERE c.id = ? AND {' AND '.join(_CAN_BE_SOLD)}")
_TEXTS = ("LOWER(c.title)", "LOWER(COALESCE(c.description, ''))", "LOWER(p.name)")
_DESCRIPTIONS = Statement(
    "SELECT uuid, description FROM offer WHERE catalog_id = ? AND is_active AND description IS NOT NULL"
)
_PUBLISHED = Statement(
    """SELECT at FROM event WHERE partner_id = ? AND thing = 'catalog' AND thing_id = ? AND type = 'catalog.published'
    ORDER BY id DESC LIMIT 1"""
)


class Reward(NamedTuple):
    """What a sale earns: percentages in hundredths where `currency` is None, else fixed sums in minor units."""

    currency: str | None
    lowest: int
    highest: int


@dataclass(slots=True)
class Card:
    """A catalog in the marketplace; `state`, `uid` and `ended_by` are those of one's own promotion, if there is one."""

    id: int
    short_code: str
    merchant_id: int
    title: str
    merchant: str
    category: str | None
    preview_image: str | None
    icon: str | None
    company_logo: str | None
    reward_type: str
    moderation_type: str
    approved_deals: int
    canceled_deals: int
    hold_duration: int
    cookies_storage_days: int
    uid: str | None
    state: str | None
    ended_by: str | None
    rewards: list[Reward] = field(default_factory=list)

    @property
    def approval(self) -> float | None:
        """The percentage of ended deals that were approved; None until one has ended."""
        return lists.approval_of(self.approved_deals, self.canceled_deals)

    @property
    def pictures(self) -> list[str]:
        """The addresses of its pictures, the one that shows most first."""
        return [url for url in (self.preview_image, self.company_logo, self.icon) if url]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which catalogs: empty or False leaves a question open. `joined` is JOINED or NOT_JOINED."""

    text: str = ""
    category: str = ""
    country: str = ""
    reward_type: str = ""
    admits_at_once: bool = False
    allows_codes: bool = False
    joined: str = ""


@dataclass(slots=True)
class Listing:
    """One catalog with all that a promoter decides by; `promotion` is its own, if it has ever joined."""

    catalog: Catalog
    offers: list[OfferLine]
    landings: list[LandingLine]
    descriptions: dict[str, str]
    rewards: list[Reward]
    promotion: Promotion | None
    admits_at_once: bool


def page(promoter: Partner, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty catalogs of the promoter's mode that can be sold now, newest first, each a Card."""
    found = key_pages.read(_SELECT, "c.id", _where(promoter, chosen), lambda row: Card(*row), before, after)
    rewards = rewards_of([card.id for card in found.rows])
    for card in found.rows:
        card.rewards = rewards.get(card.id, [])
    return found


def find(promoter: Partner, reference: str) -> Listing:
    """A catalog that stands in the marketplace of the promoter's mode, by its short code. Raises NotFound."""
    catalog = promotions.open_catalog(promoter, reference)
    if not is_in(catalog):
        raise NotFound("catalog")
    return Listing(
        catalog,
        [offer for offer in lists.offers_of(catalog) if offer.is_active],
        lists.landings_of(catalog),
        dict(_DESCRIPTIONS.rows(catalog.id)),
        rewards_of([catalog.id]).get(catalog.id, []),
        Promotion.get_or_none(Promotion.catalog == catalog, Promotion.promoter == promoter),
        catalog.moderation_type in _types_at_once(promoter),
    )


def is_in(catalog: Catalog) -> bool:
    """Whether promoters find the catalog: published, with an active offer and a landing."""
    return _IS_THERE.row(catalog.id) is not None


def since(catalog: Catalog) -> datetime:
    """When the catalog was last published; from its beginning unless the log tells of a later moment."""
    row = _PUBLISHED.row(catalog.partner_id, catalog.uuid)
    return clock.from_micros(row[0]) if row else catalog.created_at


def rewards_of(catalog_ids: list[int]) -> dict[int, list[Reward]]:
    """What the active offers of these catalogs earn, by catalog, in one query: percentages first, then fixed sums."""
    found: dict[int, list[Reward]] = {}
    for catalog, *reward in _rewards(len(catalog_ids)).rows(*catalog_ids) if catalog_ids else []:
        found.setdefault(catalog, []).append(Reward(*reward))
    return {catalog: sorted(rewards, key=lambda one: one.currency or "") for catalog, rewards in found.items()}


@cache
def _rewards(count: int) -> Statement:
    """An offer has a fixed sum only with a single price, whose currency is the sum's."""
    return Statement(
        f"""SELECT o.catalog_id, x.currency, MIN(COALESCE(t.fix_remuneration, t.reward_percent, c.reward_percent)),
            MAX(COALESCE(t.fix_remuneration, t.reward_percent, c.reward_percent))
        FROM offer o JOIN promoter_terms t ON t.offer_id = o.id JOIN catalog c ON c.id = o.catalog_id
        LEFT JOIN offer_price x ON x.offer_id = o.id AND t.fix_remuneration IS NOT NULL
        WHERE o.catalog_id IN ({", ".join("?" * count)}) AND o.is_active GROUP BY o.catalog_id, x.currency"""
    )


def _where(promoter: Partner, chosen: Filter) -> Conditions:
    where = Conditions([*_CAN_BE_SOLD], [promoter.id])
    where.add(f"p.live_partner_id IS {'NOT NULL' if promoter.is_test else 'NULL'}")
    if chosen.text:
        _match(where, chosen.text)
    if chosen.category:
        where.add("g.name = ?", chosen.category)
    if chosen.country:
        where.add("(c.offer_geo LIKE ? OR c.offer_geo LIKE ?)", f'%"{chosen.country}"%', f'%"{EVERYWHERE}"%')
    if chosen.reward_type:
        where.add("c.reward_type = ?", chosen.reward_type)
    if chosen.admits_at_once:
        types = _types_at_once(promoter)
        where.add(f"c.moderation_type IN ({', '.join('?' * len(types))})", *types)
    if chosen.allows_codes:
        where.add("c.is_promocode_allowed AND c.max_promo_code_percent IS NOT NULL")
    if chosen.joined:
        joined = "COALESCE(m.state, '') IN ('approved', 'waiting')"
        where.add(joined if chosen.joined == JOINED else f"NOT {joined}")
    return where


def _types_at_once(promoter: Partner) -> tuple[str, ...]:
    """The moderation types by which this promoter is admitted without anybody's decision."""
    return ("FREE_ENTRY", "AUTO_MODERATION") if promoter.confirmed_at else ("FREE_ENTRY",)


def _match(where: Conditions, text: str) -> None:
    columns = " OR ".join(f"{column} LIKE ? {ESCAPE}" for column in _TEXTS)
    where.add(f"({columns} OR c.short_code = ?)", *[containing(text)] * len(_TEXTS), text.upper())
