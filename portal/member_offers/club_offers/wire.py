"""Offers as the API answers them (contract: member-offers, "Offer model"). What is kept as JSON is answered as it is kept."""

from typing import Any

from orjson import Fragment

from portal.api.moments import moment
from portal.domain.member_offers.collections.meta import Meta
from portal.domain.member_offers.uses import checks
from portal.domain.member_offers.uses.cases import Case


def offer(case: Case) -> dict[str, Any]:
    """An Offer, with every key of the documented table."""
    row = case.row
    return {
        "id": row.offer_id,
        "name": row.name,
        "description": row.description,
        "type": row.type,
        "external_url": row.external_url,
        "usable_since": moment(row.usable_since),
        "usable_until": moment(row.usable_until),
        "usage_authorization_token_required": bool(row.needs_authorization),
        "collection_ids": row.collection_ids,
        "stores": Fragment(row.stores),
        "images": Fragment(row.images),
        "display": {"read_more": _kept(row.read_more), "activation_texts": _kept(row.activation_texts)},
        "liked": row.liked_at is not None,
        "usage": usage(case),
        "extras": Fragment(row.extras),
    }


def usage(case: Case) -> dict[str, Any]:
    """A Usage. A guest learns the limits, and nothing of what is left."""
    row = case.row
    period = row.period and {"timespan": row.period, "max_uses": row.period_limit, "uses_left": case.period_left}
    return {
        "usable": checks.is_usable(case),
        "max_uses": row.member_limit,
        "uses_left": case.uses_left,
        "active_until": moment(row.active_until),
        "period": period,
    }


def meta(found: Meta, active_seconds: int) -> dict[str, Any]:
    """What the offers are sorted by, and how long a use is active."""
    return {
        "tags": found.tags,
        "stores": found.stores,
        "collections": [
            {
                "id": one.id,
                "title": one.title,
                "description": one.description,
                "offers_order": one.offers,
                "files": Fragment(one.files),
            }
            for one in found.collections
        ],
        "activated_seconds_time": active_seconds,
    }


def _kept(text: str | None) -> Fragment | None:
    return None if text is None else Fragment(text)
