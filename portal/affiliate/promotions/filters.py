"""The filters of a promoter's deals: read from the address, and shown as chips. What cannot be read is left out."""

from flask import request

from portal.domain.affiliate.deal_lists.promoter_lists import Filter
from portal.domain.affiliate.deals.standing import SAID
from portal.domain.sentences import say
from portal.web import addresses, date_ranges

_LABELS = {"q": say("Search"), "status": say("Status"), "catalog": say("Catalog")}


def read(promotions: dict[str, str]) -> tuple[Filter, dict]:
    """The filter of this request, and what of it was understood; `promotions` are catalogs' titles by the own uid."""
    asked = {name: request.args.get(name, "").strip()[:255] for name in _LABELS}
    dates = date_ranges.asked()
    status = asked["status"] if asked["status"] in SAID else None
    catalog = asked["catalog"] if asked["catalog"] in promotions else None
    chosen = Filter(status, catalog, asked["q"], dates.since, dates.until)
    return chosen, {"q": asked["q"], "status": status, "catalog": catalog, "range": dates}


def chips(asked: dict, promotions: dict[str, str]) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = asked | {"catalog": promotions.get(asked["catalog"]), "status": SAID.get(asked["status"])}
    return addresses.chips(_LABELS, shown) + date_ranges.chips(asked["range"])
