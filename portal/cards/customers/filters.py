"""The filters of the customers: read from the address. What cannot be read is left out."""

from collections.abc import Mapping
from typing import Any

from flask import g, request

from portal.domain.cards.customers.filters import HAS_CARD, HAS_NONE, Filter
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import counted, say
from portal.web import addresses

CARDS = {HAS_CARD: say("With a card"), HAS_NONE: say("Without a card")}
UNSEEN = {str(days): counted(days, "For 1 day", "For {number} days") for days in (30, 60, 90, 180, 365)}
_LABELS = {"q": say("Search"), "template": say("Template"), "cards": say("Cards"), "unseen": say("Not seen")}


def read() -> tuple[Filter, dict[str, str], list[tuple[str, str]]]:
    """The filter of this request, what of it was understood as it was written, and the templates to choose from."""
    templates = _templates()
    asked = {name: request.args.get(name, "").strip()[:255] for name in _LABELS}
    known: dict[str, Mapping[str, str]] = {"template": dict(templates), "cards": CARDS, "unseen": UNSEEN}
    asked |= {name: asked[name] if asked[name] in words else "" for name, words in known.items()}
    chosen = Filter(
        asked["q"],
        asked["cards"],
        int(asked["template"]) if asked["template"] else None,
        int(asked["unseen"]) if asked["unseen"] else None,
    )
    return chosen, asked, templates


def address(asked: dict[str, str]) -> dict[str, Any]:
    """The filters in use, for another address about the same customers."""
    return {name: value for name, value in asked.items() if value}


def chips(asked: dict[str, str], templates: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    known: dict[str, Mapping[str, str]] = {"template": dict(templates), "cards": CARDS, "unseen": UNSEEN}
    return addresses.chips(_LABELS, asked | {name: words.get(asked[name]) for name, words in known.items()})


def _templates() -> list[tuple[str, str]]:
    its = CardTemplate.select(CardTemplate.id, CardTemplate.name).where(CardTemplate.partner == g.partner.id)
    return [(str(one.id), one.name) for one in its.order_by(CardTemplate.name, CardTemplate.id)]
