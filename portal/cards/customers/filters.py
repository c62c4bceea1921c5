"""The filters of the customers: read from the address. What cannot be read is left out."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import g, request

from portal.domain.cards.customers.filters import HAS_CARD, HAS_NONE, Filter
from portal.domain.cards.segments import lists
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import counted, say
from portal.web import addresses

CARDS = {HAS_CARD: say("With a card"), HAS_NONE: say("Without a card")}
UNSEEN = {str(days): counted(days, "For 1 day", "For {number} days") for days in (30, 60, 90, 180, 365)}
_LABELS = {
    "q": say("Search"), "segment": say("Segment"), "template": say("Template"), "cards": say("Cards"), "unseen": say("Not seen"),
}  # fmt: skip


class Asked(NamedTuple):
    """The filter of a request, what of it was understood as it was written, and what there is to choose from, by field."""

    chosen: Filter
    written: dict[str, str]
    choices: Mapping[str, Mapping[str, str]]


def read() -> Asked:
    """The filter of this request."""
    segments = {str(one.id): one for one in lists.of(g.partner.id)}
    named = {key: one.name for key, one in segments.items()}
    known: Mapping[str, Mapping[str, str]] = {
        "segment": named,
        "template": dict(templates()),
        "cards": CARDS,
        "unseen": UNSEEN,
    }
    asked = {name: request.args.get(name, "").strip()[:255] for name in _LABELS}
    asked |= {name: asked[name] if asked[name] in words else "" for name, words in known.items()}
    chosen = Filter(
        asked["q"],
        asked["cards"],
        int(asked["template"]) if asked["template"] else None,
        int(asked["unseen"]) if asked["unseen"] else None,
        segments.get(asked["segment"]),
    )
    return Asked(chosen, asked, known)


def address(asked: dict[str, str]) -> dict[str, Any]:
    """The filters in use, for another address about the same customers."""
    return {name: value for name, value in asked.items() if value}


def chips(asked: Asked) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = {name: words.get(asked.written[name]) for name, words in asked.choices.items()}
    return addresses.chips(_LABELS, asked.written | shown)


def templates() -> list[tuple[str, str]]:
    """The partner's templates to choose from, archived ones as well."""
    its = CardTemplate.select(CardTemplate.id, CardTemplate.name).where(CardTemplate.partner == g.partner.id)
    return [(str(one.id), one.name) for one in its.order_by(CardTemplate.name, CardTemplate.id)]
