"""The affiliate family's answers, from rows of the prebuilt reads (contract: affiliate; seed: affiliate.txt)."""

import json
from itertools import groupby
from operator import itemgetter

from portal import clock
from portal.domain.affiliate.deals.rows import ShownDeal
from portal.domain.money import to_wire
from portal.domain.values import duration_text

_OFFER_CATALOG, _LANDING_CATALOG = 8, 7


def percent(hundredths: int | None) -> float | None:
    """A percentage as a JSON number."""
    return None if hundredths is None else hundredths / 100


def moment(micros: int | None) -> str | None:
    """A time of deals and landings: whole seconds and Z, as the samples show it."""
    return None if micros is None else clock.from_micros(micros).strftime("%Y-%m-%dT%H:%M:%SZ")


def catalog_moment(micros: int) -> str:
    """A time of catalogs: UTC, six digits, no suffix."""
    return clock.from_micros(micros).strftime("%Y-%m-%dT%H:%M:%S.%f")


def offers(rows: list[tuple]) -> list[dict]:
    """OfferResponses from rows of one price each; an offer's rows follow one another."""
    return [offer(list(prices)) for _, prices in groupby(rows, itemgetter(0))]


def offer(rows: list[tuple]) -> dict:
    """OfferResponse from the rows of one offer."""
    _, uuid, name, description, is_active, codes, reward_percent, fixed, _, catalog, currency, _ = rows[0]
    return {
        "id": uuid,
        "name": name,
        "catalog_id": catalog,
        "is_promocode_allowed": bool(codes),
        "is_active": bool(is_active),
        "fix_remuneration": None if fixed is None else to_wire(fixed, currency),
        "reward_percent": percent(reward_percent),
        "prices": [{"cost": to_wire(row[11], row[10]), "currency": row[10]} for row in rows],
        "description": description,
    }


def landing(row: tuple) -> dict:
    """LandingResponse."""
    return {
        "id": row[1],
        "url": row[2],
        "modified_at": moment(row[6]),
        "adaptability": row[3],
        "title": row[4],
        "catalog_id": row[8],
        "image_url": row[5],
    }


def catalog_created(row: tuple, offer_rows: list[tuple]) -> dict:
    """CatalogCreateResponse: the category as its UUID."""
    return _catalog(row, offer_rows) | {
        "category": row[9],
        "business_partner_id": row[31],
        "created_at": catalog_moment(row[29]),
    }


def catalog(row: tuple, offer_rows: list[tuple], landing_rows: list[tuple]) -> dict:
    """CatalogResponse: the category as its name, with landings, rules and figures."""
    return _catalog(row, offer_rows) | {
        "category": row[10],
        "approval_rate": approval_rate(row[27], row[28]),
        "reward_percent": percent(row[12]),
        "company_logo": row[8],
        "company_name": row[32],
        "is_confirmed": row[33] is not None,
        "modified_at": catalog_moment(row[30]),
        "promo_materials": json.loads(row[26]),
        "reward": _reward(row, offer_rows),
        "rules": json.loads(row[24]),
        "text_rule": json.loads(row[25]),
        "preview_image": row[7],
        "landings": [landing(one) for one in landing_rows],
    }


def of_catalog(rows: list[tuple], place: int) -> dict[int, list[tuple]]:
    """Rows by the catalog's id that stands at the place."""
    result: dict[int, list[tuple]] = {}
    for row in rows:
        result.setdefault(row[place], []).append(row)
    return result


def approval_rate(approved: int, canceled: int) -> str:
    """The percentage of ended deals that were approved, or "b/d" (no data yet) until one has ended."""
    ended = approved + canceled
    return f"{approved * 100 / ended:.1f}" if ended else "b/d"


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


def _catalog(row: tuple, offer_rows: list[tuple]) -> dict:
    return {
        "id": row[1],
        "title": row[3],
        "catalog_code": row[4],
        "offers": offers(offer_rows),
        "icon": row[6],
        "hold_duration": duration_text(row[14]),
        "canceled_duration": duration_text(row[15]),
        "is_promocode_allowed": bool(row[16]),
        "offer_geo": json.loads(row[20]),
        "catalog_id": row[2],
        "description": row[5],
        "reward_type": row[11],
        "localizations": json.loads(row[21]),
        "devices": row[22],
        "cookies_storage_days": row[23],
        "moderation_type": row[13],
        "max_promo_code_percent": percent(row[19]),
        "min_promo_code_percent": percent(row[18]),
        "is_published": bool(row[17]),
    }


def _reward(row: tuple, offer_rows: list[tuple]) -> dict:
    """The lowest and highest percentage among the active offers, and the catalog's reward type if there are any."""
    active = [one for one in offer_rows if one[4]]
    percents = [one[6] if one[6] is not None else row[12] for one in active if one[7] is None]
    return {
        "from": percent(min(percents, default=None)),
        "to": percent(max(percents, default=None)),
        "type": row[11] if active else None,
    }
