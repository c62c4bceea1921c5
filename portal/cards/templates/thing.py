"""One template, a page for each of its tabs: what all of them have."""

from flask import url_for

from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import say

_TABS = {
    "overview": (say("Overview"), "templates.show"),
    "design": (say("Design"), "templates.design"),
    "rules": (say("Rules"), "templates.rules"),
    "parts": (say("Fields and tiers"), "templates.parts.index"),
    "links": (say("Links"), "templates.links"),
}


def context(template: CardTemplate, current: str) -> dict:
    """What the head and the tabs of a template's page need."""
    tabs = [
        {"label": label, "url": url_for(endpoint, uuid=template.uuid), "current": name == current}
        for name, (label, endpoint) in _TABS.items()
    ]
    return {"card_template": template, "kind": KINDS[template.kind], "tabs": tabs}
