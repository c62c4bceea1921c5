"""What the affiliate tests start from: a catalog with an offer and a landing, and deals."""

from decimal import Decimal

from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.deals import Report
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers import catalogs
from portal.domain.offers.offers import Price

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7 * 7 }}"


def catalog(partner, title="Summer", code="summer", **more):
    """A published catalog with ten percent of reward."""
    return catalogs.create(partner.id, {"title": title, "catalog_code": code, "reward_percent": Decimal(10), **more})


def offer(of_catalog, name="Spanish A1", cost="100", currency="USD", **more):
    """An active offer with one price."""
    return terms.create(
        of_catalog.partner_id, {"name": name, **more}, of_catalog.uuid, [Price(Decimal(cost), currency)]
    )


def landing(of_catalog, url="https://shop.example/summer"):
    """A page of the merchant's."""
    return landings.create(of_catalog.partner_id, {"url": url}, of_catalog.uuid)


def promotion(of_catalog, promoter, uid="NRTHWND22"):
    """An approved promoter."""
    return Promotion.create(uid=uid, catalog=of_catalog, promoter=promoter.id)


def deal(of_catalog, deal_id="ORDER-1", status="Created", cost="100", currency="USD", offer="Spanish A1", **more):
    """A deal as the shop reports it."""
    return deals.report(
        of_catalog.partner_id, Report(status, offer, Decimal(cost), currency, deal_id, of_catalog.catalog_code, **more)
    )


def catalog_form(**changed):
    """What a browser sends of the catalog's form, as it is first shown."""
    return {
        "title": "Summer", "catalog_code": "summer", "description": "", "category": "", "reward_percent": "10",
        "reward_type": "RevShare", "hold_duration": "30", "hold_duration_hours": "0", "canceled_duration": "14",
        "canceled_duration_hours": "0", "moderation_type": "FREE_ENTRY", "cookies_storage_days": "30",
        "offer_geo": ["WW"], "devices": "All", "rules": "", "text_rule": "", "promo_materials": "", "icon": "",
        "preview_image": "", "company_logo": "", "min_promo_code_percent": "", "max_promo_code_percent": "",
        **changed,
    }  # fmt: skip


def offer_form(**changed):
    """What a browser sends of the offer's form."""
    return {
        "name": "Spanish A1", "description": "", "prices-0-cost": "100", "prices-0-currency": "USD", "reward": "catalog",
        "reward_percent": "", "fix_remuneration": "", "is_active": "y", **changed,
    }  # fmt: skip


def landing_form(**changed):
    """What a browser sends of the landing's form."""
    return {"url": "https://shop.example/", "title": "", "adaptability": "All", "image_url": "", **changed}
