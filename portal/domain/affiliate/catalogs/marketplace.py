"""The marketplace: catalogs that can be sold now, as a promoter looks through them (contract: "Behind the endpoints")."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.catalogs import approval, lists
from portal.domain.affiliate.catalogs.lists import OfferLine
from portal.domain.affiliate.catalogs.queries import ShownLanding
from portal.domain.affiliate.catalogs.rewards import PERCENT
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards import chosen
from portal.domain.affiliate.special_rewards import lists as special_lists
from portal.domain.affiliate.special_rewards.lists import Own
from portal.domain.errors import NotFound
from portal.domain.events.tables import Event
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.offers.words import EVERYWHERE
from portal.domain.sentences import say
from portal.domain.typed import words
from portal.domain.typed.texts import mended

JOINED, NOT_JOINED = "joined", "not-joined"
_SELECT = """SELECT c.id, c.short_code, c.partner_id AS merchant_id, c.title, p.name AS merchant, g.name AS category,
    c.preview_image, c.icon, c.company_logo, c.reward_type, c.moderation_type, c.approved_deals, c.canceled_deals,
    c.hold_duration, c.cookies_storage_days, m.uid, m.state, m.ended_by
    FROM catalog c JOIN partner p ON p.id = c.partner_id LEFT JOIN category g ON g.id = c.category_id
    LEFT JOIN promotion m ON m.catalog_id = c.id AND m.promoter_id = :promoter"""
_CAN_BE_SOLD = (
    "c.is_published",
    "c.archived_at IS NULL",
    "NOT EXISTS (SELECT 1 FROM partner d WHERE d.id = c.partner_id AND d.disabled_at IS NOT NULL)",
    "EXISTS (SELECT 1 FROM offer o JOIN promoter_terms t ON t.offer_id = o.id WHERE o.catalog_id = c.id AND o.is_active)",
    "EXISTS (SELECT 1 FROM landing l WHERE l.catalog_id = c.id AND l.removed_at IS NULL)",
)
_IS_THERE = Statement(f"SELECT 1 FROM catalog c WHERE c.id = :catalog AND {' AND '.join(_CAN_BE_SOLD)}")
_TEXTS = ("c.title", "c.description", "p.name", "g.name")


class Reward(NamedTuple):
    """What a sale earns: percentages in hundredths where `currency` is None, else fixed sums in minor units."""

    currency: str | None
    lowest: int
    highest: int


class CatalogReward(NamedTuple):
    """A Reward of one of several catalogs."""

    catalog_id: int
    currency: str | None
    lowest: int
    highest: int


# An offer has a fixed sum only with a single price, whose currency is the sum's.
_EARNED = f"COALESCE(s.fix_remuneration, s.reward_percent, t.fix_remuneration, {PERCENT})"
_REWARDS = Statement(
    f"""SELECT o.catalog_id, CASE WHEN s.id IS NOT NULL THEN s.currency WHEN t.fix_remuneration IS NOT NULL THEN q.currency END
            AS currency,
        MIN({_EARNED}) AS lowest, MAX({_EARNED}) AS highest
    FROM offer o JOIN promoter_terms t ON t.offer_id = o.id JOIN catalog c ON c.id = o.catalog_id
    JOIN offer_price q ON q.offer_id = o.id {chosen.joined("c.partner_id", ":promoter", "c.id", "o.id", "q.currency")}
    WHERE o.catalog_id IN :catalogs AND o.is_active GROUP BY 1, 2""",
    CatalogReward,
)


class CardColumns(NamedTuple):
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

    @property
    def approval(self) -> float | None:
        """The percentage of ended deals that were approved; None until one has ended."""
        return approval.rate(self.approved_deals, self.canceled_deals)

    @property
    def pictures(self) -> list[str]:
        """The addresses of its pictures, the one that shows most first."""
        return [url for url in (self.preview_image, self.company_logo, self.icon) if url]


class Card(CardColumns):
    """The same with what its active offers earn."""

    rewards: list[Reward]


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
    """One catalog with all that a promoter decides by; `promotion` is its own, if it has ever joined, and `own` what it earns
    instead of what everybody does, by the offer's uuid."""

    catalog: Catalog
    offers: list[OfferLine]
    landings: list[ShownLanding]
    rewards: list[Reward]
    own: dict[str, list[Own]]
    promotion: Promotion | None
    admits_at_once: bool


def page(promoter: Partner, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty catalogs of the promoter's mode that can be sold now, newest first, each a Card."""
    found = key_pages.read(_SELECT, "c.id", _where(promoter, chosen), Card, before, after)
    rewards = rewards_of(promoter.id, [card.id for card in found.rows])
    for card in found.rows:
        card.rewards = rewards.get(card.id, [])
    return found


def find(promoter: Partner, reference: str) -> Listing:
    """A catalog that stands in the marketplace of the promoter's mode, by its short code. Raises NotFound."""
    catalog = promotions.open_catalog(promoter, reference)
    if not is_in(catalog):
        raise NotFound(say("catalog"))
    return listing(promoter, catalog)


def listing(promoter: Partner, catalog: Catalog) -> Listing:
    """What a promoter decides by, also of a catalog that it joined and that stands in the marketplace no more."""
    return Listing(
        catalog,
        [offer for offer in lists.offers_of(catalog) if offer.is_active],
        lists.landings_of(catalog),
        rewards_of(promoter.id, [catalog.id]).get(catalog.id, []),
        special_lists.own(promoter.id, catalog.id),
        Promotion.get_or_none(Promotion.catalog == catalog, Promotion.promoter == promoter),
        promotions.admits(catalog, promoter),
    )


def is_in(catalog: Catalog) -> bool:
    """Whether promoters find the catalog: published, with an active offer and a landing."""
    return _IS_THERE.value(catalog=catalog.id) is not None


def since(catalog: Catalog) -> datetime:
    """When the catalog was last published; from its beginning unless the log tells of a later moment."""
    published = Event.select(Event.at).where(
        Event.partner == catalog.partner_id,
        Event.thing == "catalog",
        Event.thing_id == catalog.uuid,
        Event.type == "catalog.published",
    )
    latest = published.order_by(Event.id.desc()).first()
    return latest.at if latest else catalog.created_at


def rewards_of(promoter_id: int, catalog_ids: list[int]) -> dict[int, list[Reward]]:
    """What the active offers of these catalogs earn the promoter, by catalog, in one query: percentages first, then fixed sums."""
    found: dict[int, list[Reward]] = {}
    for row in _REWARDS.rows(promoter=promoter_id, catalogs=catalog_ids, now=clock.micros()) if catalog_ids else []:
        found.setdefault(row.catalog_id, []).append(Reward(row.currency, row.lowest, row.highest))
    return {catalog: sorted(rewards, key=lambda one: one.currency or "") for catalog, rewards in found.items()}


def _where(promoter: Partner, chosen: Filter) -> Conditions:
    where = Conditions([*_CAN_BE_SOLD], given={"promoter": promoter.id})
    where.add(f"p.live_partner_id IS {'NOT NULL' if promoter.is_test else 'NULL'}")
    if chosen.text:
        named, given = words.condition(chosen.text, _TEXTS)
        where.add(f"({named} OR c.short_code = :code)", code=mended(chosen.text), **given)
    if chosen.category:
        where.add("g.name = :category", category=chosen.category)
    if chosen.country:
        place, everywhere = f'%"{chosen.country}"%', f'%"{EVERYWHERE}"%'
        where.add("(c.offer_geo LIKE :country OR c.offer_geo LIKE :everywhere)", country=place, everywhere=everywhere)
    if chosen.reward_type:
        where.add("c.reward_type = :reward_type", reward_type=chosen.reward_type)
    if chosen.admits_at_once:
        where.add("c.moderation_type IN :types", types=promotions.types_at_once(promoter))
    if chosen.allows_codes:
        where.add("c.is_promocode_allowed AND c.max_promo_code_percent IS NOT NULL")
    if chosen.joined:
        joined = "COALESCE(m.state, '') IN ('approved', 'waiting')"
        where.add(joined if chosen.joined == JOINED else f"NOT {joined}")
    return where
