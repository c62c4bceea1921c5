"""The affiliate family's answers, from rows of the prebuilt reads (contract: affiliate; seed: affiliate.txt)."""

from itertools import groupby
from operator import attrgetter
from typing import TypeVar

import orjson

from portal import clock
from portal.domain.affiliate.catalogs import approval, rewards
from portal.domain.affiliate.catalogs.queries import PricedOffer, ShownCatalog, ShownLanding
from portal.domain.affiliate.deals.rows import ShownDeal
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.money import to_wire
from portal.domain.values import duration_text

Row = TypeVar("Row", PricedOffer, ShownLanding)


def percent(hundredths: int | None) -> float | None:
    """A percentage as a JSON number."""
    return None if hundredths is None else hundredths / 100


def moment(micros: int | None) -> str | None:
    """A time of deals and landings: whole seconds and Z, as the samples show it."""
    return None if micros is None else f"{clock.from_micros(micros).isoformat()[:19]}Z"  # Quicker than strftime.


def catalog_moment(micros: int) -> str:
    """A time of catalogs: UTC, six digits, no suffix."""
    return clock.from_micros(micros).isoformat(timespec="microseconds")[:26]


def offers(rows: list[PricedOffer]) -> list[dict]:
    """OfferResponses from rows of one price each; an offer's rows follow one another."""
    return [offer(list(prices)) for _, prices in groupby(rows, attrgetter("id"))]


def offer(rows: list[PricedOffer]) -> dict:
    """OfferResponse from the rows of one offer."""
    row = rows[0]
    return {
        "id": row.uuid,
        "name": row.name,
        "catalog_id": row.catalog_uuid,
        "is_promocode_allowed": bool(row.is_promocode_allowed),
        "is_active": bool(row.is_active),
        "fix_remuneration": None if row.fix_remuneration is None else to_wire(row.fix_remuneration, row.currency),
        "reward_percent": percent(row.reward_percent),
        "prices": [{"cost": to_wire(price.cost, price.currency), "currency": price.currency} for price in rows],
        "description": row.description,
    }


def landing(row: ShownLanding) -> dict:
    """LandingResponse."""
    return {
        "id": row.code,
        "url": row.url,
        "modified_at": moment(row.modified_at),
        "adaptability": row.adaptability,
        "title": row.title,
        "catalog_id": row.catalog_uuid,
        "image_url": row.image_url,
    }


def catalog_created(row: ShownCatalog, offer_rows: list[PricedOffer]) -> dict:
    """CatalogCreateResponse: the category as its UUID."""
    return _catalog(row, offer_rows) | {
        "category": row.category_uuid,
        "business_partner_id": row.merchant_uuid,
        "created_at": catalog_moment(row.created_at),
    }


def catalog(row: ShownCatalog, offer_rows: list[PricedOffer], landing_rows: list[ShownLanding]) -> dict:
    """CatalogResponse: the category as its name, with landings, rules and figures."""
    return _catalog(row, offer_rows) | {
        "category": row.category,
        "approval_rate": approval_rate(row.approved_deals, row.canceled_deals),
        "reward_percent": percent(row.reward_percent),
        "company_logo": row.company_logo,
        "company_name": row.merchant,
        "is_confirmed": row.merchant_confirmed_at is not None,
        "modified_at": catalog_moment(row.modified_at),
        "promo_materials": orjson.loads(row.promo_materials),
        "reward": _reward(row, offer_rows),
        "rules": orjson.loads(row.rules),
        "text_rule": orjson.loads(row.text_rule),
        "preview_image": row.preview_image,
        "landings": [landing(one) for one in landing_rows],
    }


def by_catalog(rows: list[Row]) -> dict[int, list[Row]]:
    """Rows by the id of their catalog."""
    result: dict[int, list[Row]] = {}
    for row in rows:
        result.setdefault(row.catalog_id, []).append(row)
    return result


def approval_rate(approved: int, canceled: int) -> str:
    """The percentage of ended deals that were approved, or "b/d" (no data yet) until one has ended."""
    rate = approval.rate(approved, canceled)
    return "b/d" if rate is None else f"{rate:.1f}"


def deal(row: ShownDeal) -> dict:
    """DealResponse."""
    promo = {"code": row.promo_code, "percent_discounts": percent(row.percent_discounts)} if row.promo_code else None
    return {
        "offer": {"name": row.offer_name, "catalog": {"title": row.catalog_title, "catalog_code": row.catalog_code}},
        "cost": to_wire(row.cost, row.currency),
        "payment_sum": to_wire(row.payment_sum, row.currency),
        "is_returned": bool(row.is_returned),
        "conversion_time": moment(row.conversion_time),
        "promo": promo,
        "currency": row.currency,
        "status": row.status,
        "id": row.uuid,
        "deal_id": row.deal_id,
        "modified_at": moment(row.modified_at),
        "paid_at": moment(row.paid_at),
        "approved_at": moment(row.approved_at),
        "canceled_at": moment(row.canceled_at),
    }


def refund(row: Refund) -> dict:
    """RefundResponse."""
    return {
        "id": row.uuid,
        "deal_id": row.deal.deal_id,
        "amount": to_wire(row.amount, row.deal.currency),
        "currency": row.deal.currency,
        "payment_sum": to_wire(row.payment_sum, row.deal.currency),
        "created_at": moment(clock.to_micros(row.created_at)),
    }


def _catalog(row: ShownCatalog, offer_rows: list[PricedOffer]) -> dict:
    return {
        "id": row.uuid,
        "title": row.title,
        "catalog_code": row.catalog_code,
        "offers": offers(offer_rows),
        "icon": row.icon,
        "hold_duration": duration_text(row.hold_duration),
        "canceled_duration": duration_text(row.canceled_duration),
        "is_promocode_allowed": bool(row.is_promocode_allowed),
        "offer_geo": orjson.loads(row.offer_geo),
        "catalog_id": row.short_code,
        "description": row.description,
        "reward_type": row.reward_type,
        "localizations": orjson.loads(row.localizations),
        "devices": row.devices,
        "cookies_storage_days": row.cookies_storage_days,
        "moderation_type": row.moderation_type,
        "max_promo_code_percent": percent(row.max_promo_code_percent),
        "min_promo_code_percent": percent(row.min_promo_code_percent),
        "is_published": bool(row.is_published),
    }


def _reward(row: ShownCatalog, offer_rows: list[PricedOffer]) -> dict:
    """The lowest and highest percentage among the active offers, and the catalog's reward type if there are any."""
    active = [one for one in offer_rows if one.is_active]
    earned = (rewards.percent_of(one.reward_percent, one.fix_remuneration, row.reward_percent) for one in active)
    percents = [one for one in earned if one is not None]
    return {
        "from": percent(min(percents, default=None)),
        "to": percent(max(percents, default=None)),
        "type": row.reward_type if active else None,
    }
