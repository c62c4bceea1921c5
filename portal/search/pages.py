"""The search: what is found while somebody types into the palette, and a page of everything that was found."""

from flask import g, redirect, render_template, request

from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.search import search, seldom
from portal.domain.search.search import LONGEST, SHORTEST
from portal.domain.search.sources import Hit
from portal.search import sentences
from portal.search.hits import Shown, offered, shown
from portal.web import answers, guards, navigation, shortcuts, thing_pages
from portal.web.places import Place

_SUGGESTED, _SHORTCUTS = 8, 4
_Seeing = tuple[str | None, bool, tuple[Place, ...]]  # a role, whether it is the operator's, and places of the menu


def find():
    """What the text finds. Sent by Enter, the only thing with this id or code opens at once, and so does the only page."""
    text = request.args.get("q", "").strip()[:LONGEST]
    sees = navigation.working_role(), g.person.is_operator, navigation.places_seen()
    hits, pages = _hits(text), _pages(text, sees)
    if not answers.is_fragment() and (place := _only(text, hits, pages)):
        return redirect(place, 303)
    values = {
        "text": text,
        "is_short": 0 < len(text) < SHORTEST and not hits,
        "shortest": SHORTEST,
        "pages": pages,
        "looks": _looks(text, sees, hits),
        "sentences": sentences,
        "nearest": [] if hits or pages else shown(_nearest(text)),
    }
    if answers.is_fragment() and request.htmx.target != "found":
        return _suggestions(hits, values)
    template = answers.page_or_part("search/index.html", "search/_found.html")
    return render_template(template, found=shown(hits), finds_things=_finds_things(), **values)


def _suggestions(hits: list[Hit], values: dict) -> str:
    """The first of what is found, beneath the palette's box."""
    pages = values["pages"]
    first = {
        "pages": _first(values["text"], pages),
        "found": shown(hits[:_SUGGESTED]),
        "is_exact": bool(hits) and hits[0].rank == 0,
        "count": len(hits) + len(pages),
    }
    return render_template("search/_suggestions.html", **(values | first))


def _looks(text: str, sees: _Seeing, hits: list[Hit]) -> list[Shown]:
    return offered(text, shortcuts.looks(*sees, {hit.kind for hit in hits})) if text else []


def _pages(text: str, sees: _Seeing) -> list[shortcuts.Found]:
    if not text:
        return shortcuts.all_of(*sees)
    return shortcuts.find(text, *sees) if len(text) >= SHORTEST else []


def _hits(text: str) -> list[Hit]:
    if not text or not _finds_things():
        return []
    guards.settle_what_is_due(None)
    asked = search.Asked(g.partner.id, g.partner.role, text)
    meant = [] if answers.is_fragment() else _of_areas(asked.exact)
    if search.the_one(meant):
        return meant
    return _of_areas(seldom.beside(asked.every(), g.partner.id, g.partner.role, text))


def _nearest(text: str) -> list[Hit]:
    if not text or not _finds_things():
        return []
    return _of_areas(search.nearest(g.partner.id, g.partner.role, text))


def _of_areas(hits: list[Hit]) -> list[Hit]:
    """Those of the areas that the partner has switched on."""
    return [hit for hit in hits if g.partner.has(thing_pages.of_hit(hit.kind).area)]


def _finds_things() -> bool:
    return navigation.working_role() in MAY_VIEW


def _first(text: str, pages: list[shortcuts.Found]) -> list[shortcuts.Found]:
    """Of those that fit the first; before anything is typed, what can be done."""
    return pages[:_SHORTCUTS] if text else [page for page in pages if page.is_act and page.url][:_SHORTCUTS]


def _only(text: str, hits: list[Hit], pages: list[shortcuts.Found]) -> str | None:
    """The address of the one that is meant."""
    if the_one := search.the_one(hits):
        return shown([the_one])[0].url
    is_meant = len(text) > SHORTEST and not hits and len(pages) == 1
    return pages[0].url or None if is_meant else None
