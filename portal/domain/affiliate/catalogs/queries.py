"""Prebuilt reads of catalogs, offers and landings, as tuples: building the SQL text would cost more than running it."""

from functools import cache

from portal.database import Statement

# What wire.py answers of a catalog, in its order; the partner and the category are joined.
CATALOG_COLUMNS = """c.id, c.uuid, c.short_code, c.title, c.catalog_code, c.description, c.icon, c.preview_image, c.company_logo,
    g.uuid, g.name, c.reward_type, c.reward_percent, c.moderation_type, c.hold_duration, c.canceled_duration,
    c.is_promocode_allowed, c.is_published, c.min_promo_code_percent, c.max_promo_code_percent, c.offer_geo, c.localizations,
    c.devices, c.cookies_storage_days, c.rules, c.text_rule, c.promo_materials, c.approved_deals, c.canceled_deals,
    c.created_at, c.modified_at, p.uuid, p.name, p.confirmed_at"""
_CATALOGS = f"SELECT {CATALOG_COLUMNS} FROM catalog c JOIN partner p ON p.id = c.partner_id LEFT JOIN category g ON g.id = c.category_id"
CATALOG_BY_UUID = Statement(f"{_CATALOGS} WHERE c.uuid = ? AND c.partner_id = ?")
CATALOG_BY_CODE = Statement(f"{_CATALOGS} WHERE c.short_code = ? AND c.partner_id = ?")
CATALOGS = Statement(f"{_CATALOGS} WHERE c.partner_id = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?")

# One row a price; an offer's rows follow one another.
_OFFERS = """SELECT o.id, o.uuid, o.name, o.description, o.is_active, t.is_promocode_allowed, t.reward_percent, t.fix_remuneration,
    c.id, c.uuid, p.currency, p.cost
    FROM offer o JOIN promoter_terms t ON t.offer_id = o.id JOIN catalog c ON c.id = o.catalog_id
    JOIN offer_price p ON p.offer_id = o.id"""
OFFER_BY_UUID = Statement(f"{_OFFERS} WHERE o.uuid = ? AND o.partner_id = ? ORDER BY p.id")

_LANDINGS = """SELECT l.id, l.code, l.url, l.adaptability, l.title, l.image_url, l.modified_at, c.id, c.uuid
    FROM landing l JOIN catalog c ON c.id = l.catalog_id"""
LANDING_BY_CODE = Statement(f"{_LANDINGS} WHERE l.code = ? AND c.partner_id = ? AND l.removed_at IS NULL")


@cache
def offers_of(count: int) -> Statement:
    """Offers of so many catalogs, oldest first."""
    return Statement(f"{_OFFERS} WHERE o.catalog_id IN ({_marks(count)}) ORDER BY o.id, p.id")


@cache
def landings_of(count: int) -> Statement:
    """Landings of so many catalogs, oldest first."""
    return Statement(f"{_LANDINGS} WHERE l.catalog_id IN ({_marks(count)}) AND l.removed_at IS NULL ORDER BY l.id")


@cache
def offer_page(of_catalog: bool) -> Statement:
    """A page of a partner's offers, newest first: (partner, before, [catalog], limit)."""
    narrowed = "AND x.catalog_id = ?" if of_catalog else ""
    return Statement(
        f"""{_OFFERS} WHERE o.id IN (SELECT x.id FROM offer x JOIN promoter_terms y ON y.offer_id = x.id
        WHERE x.partner_id = ? AND x.id < ? {narrowed} ORDER BY x.id DESC LIMIT ?) ORDER BY o.id DESC, p.id"""
    )


@cache
def landing_page(of_catalog: bool) -> Statement:
    """A page of a partner's landings, newest first: (partner, before, [catalog], limit)."""
    narrowed = "AND l.catalog_id = ?" if of_catalog else ""
    return Statement(
        f"{_LANDINGS} WHERE c.partner_id = ? AND l.removed_at IS NULL AND l.id < ? {narrowed} ORDER BY l.id DESC LIMIT ?"
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
