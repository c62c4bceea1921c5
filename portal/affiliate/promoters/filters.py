"""The filters of the promoters: read from the address. What cannot be read is left out."""

from typing import Any

from flask import g, request, url_for

from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions.promoters import Filter
from portal.domain.affiliate.promotions.promotions import STATES
from portal.domain.errors import NotFound
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import Sentence, say

NAMES = ("q", "state", "catalog")
_STATES = {
    "waiting": say("Waiting"),
    "approved": say("Approved"),
    "refused": say("Refused"),
    "ended": say("Ended"),
}
_LABELS = {"q": say("Search"), "state": say("State"), "catalog": say("Catalog")}


def read() -> tuple[Filter, dict[str, str], Catalog | None]:
    """The filter of this request, what of it was understood as it was written, and the catalog that it names."""
    text, state, code = (request.args.get(name, "").strip()[:255] for name in NAMES)
    state, catalog = state if state in STATES else "", _catalog(code)
    asked = {"q": text, "state": state, "catalog": catalog.short_code if catalog else ""}
    return Filter(state, catalog.id if catalog else None, text), asked, catalog


def address(asked: dict[str, str], **places: int | None) -> str:
    """The address of the list with these filters, at one of its pages."""
    arguments: dict[str, Any] = {name: value for name, value in (asked | places).items() if value}
    return url_for("promoters.index", **arguments)


def chips(asked: dict[str, str], catalog: Catalog | None) -> list[tuple[Sentence, str]]:
    """Each filter in use in words, with the address without it."""
    shown = asked | {"state": _STATES.get(asked["state"]), "catalog": catalog and catalog.title}
    return [
        (say("{label}: {value}", label=label, value=shown[name]), address(asked | {name: ""}))
        for name, label in _LABELS.items()
        if asked[name]
    ]


def states(asked: dict[str, str]) -> list[tuple[str, str]]:
    """The states that can be chosen, with how many are in each: those that somebody is in, and the chosen one."""
    counted = promoter_lists.states(g.partner.id)
    return [
        (state, say("{label} ({count})", label=label, count=counted.get(state, 0)))
        for state, label in _STATES.items()
        if state in counted or state == asked["state"]
    ]


def _catalog(code: str) -> Catalog | None:
    try:
        return catalogs.find(g.partner.id, code) if code else None
    except NotFound:
        return None
