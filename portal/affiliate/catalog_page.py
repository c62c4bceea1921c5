"""One catalog, a page for each of its tabs: what all of them have, whichever feature draws what stands in them."""

from flask import url_for

from portal.affiliate import first_steps
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs.lists import LANDING, OFFER
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say

_TABS = {
    "overview": (say("Overview"), "catalogs.show"),
    "offers": (say("Offers"), "offers.index"),
    "landings": (say("Landings"), "landings.index"),
    "terms": (say("Terms"), "catalogs.tabs.terms"),
    "promoters": (say("Promoters"), "catalogs.tabs.promoters"),
    "codes": (say("Promo codes"), "catalogs.tabs.codes"),
}
_WAYS = {OFFER: (say("Add an offer"), "offers.new"), LANDING: (say("Add a landing"), "landings.new")}


def context(catalog: Catalog, current: str, offers: list | None = None, landings: list | None = None) -> dict:
    """What the head and the tabs of a catalog's page need; with its offers and landings also what it lacks."""
    tabs = [
        {"label": label, "url": url_for(endpoint, short_code=catalog.short_code), "current": name == current}
        for name, (label, endpoint) in _TABS.items()
    ]
    next_step = first_steps.next_step()
    lacks = None if offers is None or landings is None else _lacks(catalog, offers, landings, next_step)
    return {"catalog": catalog, "tabs": tabs, "next_step": next_step, "lacks": lacks}


def _lacks(catalog: Catalog, offers: list, landings: list, next_step: dict | None) -> dict | None:
    """What promoters cannot sell it without, in words, and the ways to it; None where nothing is missing, or where the
    next step says so before the catalog is published."""
    missing = catalog_lists.lacking(offers, landings)
    ways = [(_WAYS[thing][0], url_for(_WAYS[thing][1], short_code=catalog.short_code)) for thing in missing]
    is_told = next_step and not catalog.is_published and next_step["url"] in [url for _, url in ways]
    return {"said": said(missing), "ways": ways} if ways and not catalog.archived_at and not is_told else None


def said(missing: list[str]) -> str:
    """What is missing, as a sentence."""
    if missing == [OFFER, LANDING]:
        return say("It still lacks an active offer and a landing.")
    return say("It still lacks an active offer.") if OFFER in missing else say("It still lacks a landing.")
