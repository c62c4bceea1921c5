"""The club as an app on a phone: what it is called and looks like there, and the worker that shows pushes and keeps pages."""

import json
from functools import lru_cache

from flask import Response, g, url_for

from portal import languages
from portal.club import icons
from portal.club.answers import page
from portal.domain.cards.templates import looks
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import assets

_A_DAY = "public, max-age=86400"
_WORDS = {
    "news": say("There is news about your card"),
    "offline": say("You are offline, and this page was not opened before. Try again with a connection."),
}


def manifest(club_slug: str):
    """The app that begins with the club's start page."""
    return _manifest(_start())


def of_card(club_slug: str, card_key: str):
    """The same app, for who has a card's link alone: it begins with the card."""
    return _manifest(url_for("public.club.by_link", club_slug=g.club.slug, card_key=card_key))


def icon(club_slug: str, size: int):
    """The mark of the club for a home screen."""
    if size not in icons.SIZES:
        raise NotFound(say("picture"))
    response = Response(icons.drawn(looks.of(g.club), g.club.club_called[:1].upper(), size), mimetype="image/png")
    response.headers["Cache-Control"] = _A_DAY
    return response


def offline(club_slug: str):
    """What the worker shows of the club without a connection, for a page that was not opened before."""
    return page("club/offline.html")


def worker():
    """The one worker of all clubs. Browsers ask for it again and again, and take a new one at once."""
    response = Response(_worker(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response


@lru_cache(maxsize=1)
def _worker() -> str:
    said = {language: {name: text.said(language) for name, text in _WORDS.items()} for language in languages.NAMES}
    return f"const WORDS = {json.dumps(said)};\n{assets.written('club_worker.js')}"


def _manifest(start: str) -> Response:
    look, sizes = looks.of(g.club), icons.SIZES[1:]
    ground = look.light or look.background
    told = {
        "id": _start(), "name": g.club.club_called, "short_name": g.club.club_called[:12], "start_url": start, "scope": _start(),
        "display": "standalone", "lang": languages.spoken(), "background_color": ground, "theme_color": ground,
        "icons": [
            {
                "src": url_for("club.app.icon", club_slug=g.club.slug, size=size, v=look.version), "sizes": f"{size}x{size}", "type": "image/png",
                "purpose": "any maskable",
            }
            for size in sizes
        ],
    }  # fmt: skip
    response = Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
    response.headers.update({"Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"})
    return response


def _start() -> str:
    return url_for("club.start", club_slug=g.club.slug)
