"""The filters of the deals list: read from the address, and shown as chips. What cannot be read is left out."""

from flask import g, request

from portal.affiliate.addresses import with_arguments
from portal.affiliate.days import begins, day, ends
from portal.domain import money
from portal.domain.affiliate import catalogs
from portal.domain.affiliate.deal_filter import STATUSES, Filter
from portal.domain.errors import NotFound

_LABELS = {"q": "Search", "status": "Status", "catalog": "Catalog", "from": "From", "to": "To", "currency": "Currency"}
NAMES = frozenset(_LABELS)


def read() -> tuple[Filter, dict[str, str]]:
    """The filter of this request, and what of it was understood, as it was written. Days are the partner's."""
    asked = {name: request.args.get(name, "").strip()[:255] for name in _LABELS}
    status = asked["status"] if asked["status"] in STATUSES else None
    currency = asked["currency"] if asked["currency"] in money.EXPONENTS else None
    catalog = _catalog(asked["catalog"])
    since, until = day(asked["from"]), day(asked["to"])
    chosen = Filter(
        status,
        catalog and catalog.id,
        asked["q"],
        begins(since),
        ends(until),
        currency,
    )
    understood = {
        "q": asked["q"],
        "status": status,
        "catalog": catalog and catalog.short_code,
        "catalog_title": catalog and catalog.title,
        "from": since and since.isoformat(),
        "to": until and until.isoformat(),
        "currency": currency,
    }
    return chosen, understood


def kept() -> dict[str, str]:
    """The filters of this address, for another address about the same deals."""
    return {name: value for name, value in request.args.items() if value and name in NAMES}


def chips(asked: dict) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = asked | {"catalog": asked["catalog_title"]}
    return [
        (f"{label}: {shown[name]}", with_arguments(**{name: None})) for name, label in _LABELS.items() if shown[name]
    ]


def _catalog(short_code: str):
    try:
        return catalogs.find(g.partner.id, short_code) if short_code else None
    except NotFound:
        return None
