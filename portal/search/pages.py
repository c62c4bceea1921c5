"""The search: suggestions under the box while somebody types, and a page of everything that was found."""

from flask import g, redirect, render_template, request

from portal.domain import search
from portal.domain.search import LONGEST, SHORTEST
from portal.search import sentences
from portal.search.hits import shown
from portal.web import answers, thing_pages

_SUGGESTED = 8


def find():
    """What the text finds. Sent by Enter, the only thing with this id or code opens at once."""
    text = request.args.get("q", "").strip()[:LONGEST]
    found = search.find(g.partner.id, g.partner.role, text)
    hits = [hit for hit in found if g.partner.has(thing_pages.of_hit(hit.kind).area)]
    values = {"text": text, "is_short": 0 < len(text) < SHORTEST and not hits, "shortest": SHORTEST}
    if answers.is_fragment() and request.htmx.target != "found":
        return render_template("search/_suggestions.html", found=shown(hits[:_SUGGESTED]), count=len(hits), **values)
    the_one = search.the_one(hits)
    if the_one and not answers.is_fragment():
        return redirect(shown([the_one])[0].url, 303)
    template = answers.page_or_part("search/index.html", "search/_found.html")
    return render_template(template, found=shown(hits), sentences=sentences, **values)
