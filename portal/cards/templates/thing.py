"""One template, a page for each of its tabs: what all of them have."""

from flask import g, url_for

from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import say

_OF_EDITORS = ("design", "rules")  # forms alone; what they say stands in the overview
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
        if g.partner.may_edit or name not in _OF_EDITORS
    ]
    return {"card_template": template, "kind": KINDS[template.kind], "tabs": tabs}
