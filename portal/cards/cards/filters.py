"""The filters of the cards: read from the address. What cannot be read is left out."""

from flask import g, request

from portal.cards.sentences import STATES
from portal.domain.cards.cards.filters import EXPIRES_SOON_DAYS, EXPIRING, OWED, Filter
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import say
from portal.web import addresses

ONLY = {
    EXPIRING: say("Expire within {days} days", days=EXPIRES_SOON_DAYS),
    OWED: say("Owe something"),
}
NAMES = ("q", "template", "state", "only")
_LABELS = {"q": say("Search"), "template": say("Template"), "state": say("State"), "only": say("Only")}


def read() -> tuple[Filter, dict[str, str], CardTemplate | None]:
    """The filter of this request, what of it was understood as it was written, and the template that it names."""
    text, uuid, state, only = (request.args.get(name, "").strip()[:255] for name in NAMES)
    template = _template(uuid)
    state, only = state if state in STATES else "", only if only in ONLY else ""
    chosen = Filter(text, template.id if template else None, state, only)
    return chosen, {"q": text, "template": template.uuid if template else "", "state": state, "only": only}, template


def chips(asked: dict[str, str], template: CardTemplate | None) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = {
        "template": template and template.name,
        "state": STATES.get(asked["state"]),
        "only": ONLY.get(asked["only"]),
    }
    return addresses.chips(_LABELS, asked | shown)


def _template(uuid: str) -> CardTemplate | None:
    is_it = (CardTemplate.partner == g.partner.id, CardTemplate.uuid == (typed_uuid(uuid) or ""))
    return CardTemplate.get_or_none(*is_it) if uuid else None
