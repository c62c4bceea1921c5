"""The language that a page's reader reads: the person's choice, else their partner's, else the browser's, else English."""

from functools import lru_cache

from flask import Flask, abort, current_app, request
from werkzeug import Response
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from portal import languages
from portal.languages import ENGLISH
from portal.web import sessions

_COOKIE = "language"
_LASTS = 400 * 86_400  # As long as browsers keep a cookie.
_LONGEST = 1_000  # A header is read to here; no browser's is longer.


def install(app: Flask, is_https: bool) -> None:
    """Each request begins in its browser's language; templates know in which they speak, and which there are."""
    app.config["LANGUAGE_COOKIE"] = f"__Host-{_COOKIE}" if is_https else _COOKIE
    app.before_request(_begin)
    app.jinja_env.globals.update(language=languages.spoken, languages=languages.NAMES)


def speak_to(person: str | None, partner: str | None) -> None:
    """Speak to somebody who is signed in: what they chose, and what their partner did."""
    if chosen := languages.known(person, partner):
        languages.speak(chosen)


def speak_whole() -> None:
    """On a page for people who have signed in: English where the language that is spoken does not have them all."""
    if languages.spoken() not in languages.WHOLE:
        languages.speak(ENGLISH)


def known(language: str | None) -> str:
    """A language that there is; any other is a 400."""
    return languages.known(language) or abort(400)


def keep(response: Response, language: str) -> None:
    """Let this browser keep the language, for whoever is not signed in."""
    response.set_cookie(
        current_app.config["LANGUAGE_COOKIE"], language, max_age=_LASTS, httponly=True, samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip


def _begin() -> None:
    environ = request.environ
    if sessions.is_for_programs(environ["PATH_INFO"]):
        languages.speak(ENGLISH)
        return
    chosen = None
    if _COOKIE in environ.get("HTTP_COOKIE", ""):  # Few have chosen; nobody else's cookies are looked through for it.
        chosen = request.cookies.get(current_app.config["LANGUAGE_COOKIE"])
    languages.speak(_of_browser(chosen, environ.get("HTTP_ACCEPT_LANGUAGE", "")[:_LONGEST]))


@lru_cache(maxsize=1024)
def _of_browser(chosen: str | None, asked: str) -> str:
    """The language that was chosen in a browser, else the first that it asks for and there is; "ru-RU" is Russian."""
    wishes = parse_accept_header(asked, LanguageAccept)
    return languages.known(chosen, *(wish.partition("-")[0].lower() for wish, weight in wishes if weight)) or ENGLISH
