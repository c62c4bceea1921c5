"""Prebuilt reads of catalogs, offers and landings, as JSON and pages show them: building the SQL text would cost more than running it."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.deals.rows import FIRST_DUE


class ShownCatalog(NamedTuple):
    """A catalog with its category and its merchant; lists are JSON, sums and durations as its table has them."""

    id: int
    uuid: str
    short_code: str
    title: str
    catalog_code: str
    description: str | None
    icon: str | None
    preview_image: str | None
    company_logo: str | None
    category_uuid: str | None
    category: str | None
    reward_type: str
    reward_percent: int | None
    moderation_type: str
    hold_duration: int
    canceled_duration: int
    is_promocode_allowed: bool
    is_published: bool
    min_promo_code_percent: int | None
    max_promo_code_percent: int | None
    offer_geo: str
    localizations: str
    devices: str
    cookies_storage_days: int
    rules: str
    text_rule: str
    promo_materials: str
    approved_deals: int
    canceled_deals: int
    created_at: int
    modified_at: int
    merchant_uuid: str
    merchant: str
    merchant_confirmed_at: int | None
    has_due: (
        bool | None
    )  # whether a deal of the merchant's is to be settled before the figures are true; a list does not look


class PricedOffer(NamedTuple):
    """An offer at one of its prices; an offer's rows follow one another."""

    id: int
    uuid: str
    name: str
    description: str | None
    is_active: bool
    is_promocode_allowed: bool
    reward_percent: int | None
    fix_remuneration: int | None
    catalog_id: int
    catalog_uuid: str
    currency: str
    cost: int


class ShownLanding(NamedTuple):
    """A landing, with its catalog."""

    id: int
    code: str
    url: str
    adaptability: str
    title: str | None
    image_url: str | None
    modified_at: int
    catalog_id: int
    catalog_uuid: str


_CATALOGS = """SELECT c.id, c.uuid, c.short_code, c.title, c.catalog_code, c.description, c.icon, c.preview_image,
    c.company_logo, g.uuid AS category_uuid, g.name AS category, c.reward_type, c.reward_percent, c.moderation_type,
    c.hold_duration, c.canceled_duration, c.is_promocode_allowed, c.is_published, c.min_promo_code_percent,
    c.max_promo_code_percent, c.offer_geo, c.localizations, c.devices, c.cookies_storage_days, c.rules, c.text_rule,
    c.promo_materials, c.approved_deals, c.canceled_deals, c.created_at, c.modified_at, p.uuid AS merchant_uuid,
    p.name AS merchant, p.confirmed_at AS merchant_confirmed_at, {} AS has_due
    FROM catalog c JOIN partner p ON p.id = c.partner_id LEFT JOIN category g ON g.id = c.category_id"""
_CATALOG = _CATALOGS.format(f"{FIRST_DUE.format('c.partner_id')} <= :now")
CATALOG_BY_UUID = Statement(f"{_CATALOG} WHERE c.uuid = :uuid AND c.partner_id = :partner", ShownCatalog)
CATALOG_BY_CODE = Statement(f"{_CATALOG} WHERE c.short_code = :code AND c.partner_id = :partner", ShownCatalog)
CATALOGS = Statement(
    f"{_CATALOGS.format('FALSE')} WHERE c.partner_id = :partner AND c.id < :before ORDER BY c.id DESC LIMIT :most",
    ShownCatalog,
)

_OFFERS = """SELECT o.id, o.uuid, o.name, o.description, o.is_active, t.is_promocode_allowed, t.reward_percent,
    t.fix_remuneration, c.id AS catalog_id, c.uuid AS catalog_uuid, p.currency, p.cost
    FROM offer o JOIN promoter_terms t ON t.offer_id = o.id JOIN catalog c ON c.id = o.catalog_id
    JOIN offer_price p ON p.offer_id = o.id"""
_OF_PARTNER = """WHERE o.id IN (SELECT x.id FROM offer x JOIN promoter_terms y ON y.offer_id = x.id
    WHERE x.partner_id = :partner AND x.id < :before {} ORDER BY x.id DESC LIMIT :most) ORDER BY o.id DESC, p.id"""
OFFER_BY_UUID = Statement(f"{_OFFERS} WHERE o.uuid = :uuid AND o.partner_id = :partner ORDER BY p.id", PricedOffer)
OFFERS = Statement(f"{_OFFERS} {_OF_PARTNER.format('')}", PricedOffer)
OFFERS_OF_CATALOG = Statement(f"{_OFFERS} {_OF_PARTNER.format('AND x.catalog_id = :catalog')}", PricedOffer)
ALL_OFFERS_OF_CATALOG = Statement(f"{_OFFERS} WHERE o.catalog_id = :catalog ORDER BY o.id, p.id", PricedOffer)
OFFERS_OF_CATALOGS = Statement(f"{_OFFERS} WHERE o.catalog_id IN :catalogs ORDER BY o.id, p.id", PricedOffer)

_LANDINGS = """SELECT l.id, l.code, l.url, l.adaptability, l.title, l.image_url, l.modified_at, c.id AS catalog_id,
    c.uuid AS catalog_uuid
    FROM landing l JOIN catalog c ON c.id = l.catalog_id"""
_OF_MERCHANT = "WHERE c.partner_id = :partner AND l.removed_at IS NULL AND l.id < :before"
LANDING_BY_CODE = Statement(
    f"{_LANDINGS} WHERE l.code = :code AND c.partner_id = :partner AND l.removed_at IS NULL", ShownLanding
)
LANDINGS = Statement(f"{_LANDINGS} {_OF_MERCHANT} ORDER BY l.id DESC LIMIT :most", ShownLanding)
LANDINGS_OF_CATALOG = Statement(
    f"{_LANDINGS} {_OF_MERCHANT} AND l.catalog_id = :catalog ORDER BY l.id DESC LIMIT :most", ShownLanding
)
ALL_LANDINGS_OF_CATALOG = Statement(
    f"{_LANDINGS} WHERE l.catalog_id = :catalog AND l.removed_at IS NULL ORDER BY l.id", ShownLanding
)
LANDINGS_OF_CATALOGS = Statement(
    f"{_LANDINGS} WHERE l.catalog_id IN :catalogs AND l.removed_at IS NULL ORDER BY l.id", ShownLanding
)
