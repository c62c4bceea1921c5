"""Activity: everything that happened at the partner, newest first."""

from flask import g, render_template

from portal.activity import filters, lines
from portal.activity.lines import Line
from portal.domain.events import chain, history
from portal.domain.events.history import Filter
from portal.domain.events.kinds import KINDS, types_of
from portal.domain.events.types import TYPES
from portal.domain.lists.key_pages import KeyPage
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments

_ANYTHING = say("Anything")


def index():
    """The events that are filtered, fifty a page."""
    people = lines.actors(g.partner.id)
    chosen, asked = filters.read(people)
    found, page = _page(chosen, asked["q"])
    types = types_of(asked["kind"]) if asked["kind"] else tuple(TYPES)
    values = {
        "lines": found,
        "page": page,
        "page_url": with_arguments,
        "chips": filters.chips(asked),
        "query": filters.query(asked),
        "asked": asked,
        "types": [("", _ANYTHING), *((name, TYPES[name]) for name in types)],
    }
    if answers.is_fragment():
        return render_template("activity/_events.html", **values)
    return render_template(
        "activity/index.html",
        people=people,
        kinds=[(key, kind.label) for key, kind in KINDS.items()],
        head=chain.head(),
        **values,
    )


def _page(chosen: Filter, text: str) -> tuple[list[Line], KeyPage]:
    before, after = place_asked()
    if text:
        return lines.found(g.partner.id, chosen, text, before)
    page = history.page(g.partner.id, chosen, before, after)
    return lines.of(g.partner.id, page.rows), page
