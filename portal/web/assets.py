"""Static files: an address that changes with the content, so that browsers may keep them for ever; compressed once.

What scripts say, `said("Copied")`, is put in when they are joined: each language has a portal.js of its own."""

import gzip
import json
import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, current_app, request
from markupsafe import Markup, escape
from werkzeug import Response as AnyResponse

from portal import languages
from portal.domain.sentences import kept

STATIC = Path(__file__).parent.parent.parent / "static"
_TEXT = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
# Written a file a block and a matter, sent as one of each: forty requests would hold up the first page on a phone.
_STYLES = """tokens base layout shell navigation inbox areas page button form section table filter list thing graph deals badge empty
    timeline chart figures dialog search marketplace promoters toast plain reference terms indicator print statement guide board card designer
    poster card_page club face picture_list order pushes
    companies events spoken_code"""
_SCRIPTS = "menu toast confirm copy submit swap typed lines live search choose filter edit chart zone chosen print download back once left code order"
# The counter is a page for a phone in a shop: it brings what it needs, and nothing of the rest.
_COUNTER_STYLES, _COUNTER_SCRIPTS = (
    "tokens base button form counter spoken_code",
    "counter counter_store counter_queue counter_forms left",
)
JOINED = {
    "portal.css": [f"css/{name}.css" for name in _STYLES.split()],
    "portal.js": [f"js/{name}.js" for name in _SCRIPTS.split()],
    "club.js": ["js/club.js", "js/offer_use.js"],
    "club_worker.js": ["js/club_worker.js"],
    "counter.css": [f"css/{name}.css" for name in _COUNTER_STYLES.split()],
    "camera.js": ["js/camera.js"],
    "counter.js": [f"js/{name}.js" for name in _COUNTER_SCRIPTS.split()],
}
SAID = re.compile(r'\bsaid\("([^"]*)"\)')
SPRITE = "vendor/lucide-1.62.0.svg"
DECODER = "vendor/qr-0.7.0/decode.js"
HTMX = "vendor/htmx-2.0.11.min.js"
_SMALLEST = 600


@lru_cache(maxsize=512)
def asset(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}?v={blake2b(_content(name), digest_size=6).hexdigest()}"


@lru_cache(maxsize=512)
def drawn_icon(name: str, label: str | None = None) -> Markup:
    """An icon of the sprite; with a label it carries its own text, without it is decoration."""
    place = f"{asset(SPRITE)}#{escape(name)}"
    picture = f'<svg class="icon" aria-hidden="true" focusable="false"><use href="{place}"/></svg>'
    return Markup(picture + (f'<span class="visually-hidden">{escape(label)}</span>' if label else ""))  # noqa: S704 - escaped above


@lru_cache(maxsize=512)
def _compressed(name: str) -> bytes:
    return gzip.compress(_content(name), 9, mtime=0)


@lru_cache(maxsize=512)
def _content(name: str) -> bytes:
    """A static file, or several joined; a script keeps its names to itself."""
    joined, language = _joined(name)
    if joined is None:
        return (STATIC / name).read_bytes()
    parts = [(STATIC / part).read_text() for part in JOINED[joined]]
    if name.endswith(".js"):
        parts = ['"use strict";', *(f"{{\n{_in(language, part)}}}" for part in parts)]
    return "\n".join(parts).encode()


def _joined(name: str) -> tuple[str | None, str]:
    """Which of the joined files it is, and in which language: "portal.ru.js" is portal.js in Russian."""
    first, _, rest = name.partition(".")
    language, _, kind = rest.partition(".")
    if kind == "js" and language in languages.NAMES:
        return f"{first}.js", language
    return (name if name in JOINED else None), languages.ENGLISH


def _in(language: str, script: str) -> str:
    return SAID.sub(lambda match: json.dumps(kept(match[1]).said(language), ensure_ascii=False), script)


def written(name: str) -> str:
    """The text of a static file that is sent under another address."""
    return _content(name).decode()


def script(name: str = "portal") -> str:
    """The script of every page, or the one that is named, in the language that is spoken."""
    language = languages.spoken()
    return f"{name}.js" if language == languages.ENGLISH else f"{name}.{language}.js"


def install(app: Flask) -> None:
    """Serve text files compressed, and pages as well; tell browsers how long to keep them."""
    app.jinja_env.globals.update(asset=asset, script=script, icon=drawn_icon, drawn_icon=drawn_icon)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.view_functions["static"] = _static_file

    @app.after_request
    def compress(response: Response) -> Response:
        if request.endpoint == "static":
            return _static(response)
        if (
            response.mimetype in ("text/html", "text/csv")
            and "gzip" in request.headers.get("Accept-Encoding", "")
            and not response.is_streamed
            and response.status_code != 304
        ):
            body = response.get_data()
            if len(body) > _SMALLEST:
                response.set_data(gzip.compress(body, 4, mtime=0))
                response.headers["Content-Encoding"] = "gzip"
                response.vary.add("Accept-Encoding")
        return response


def _static_file(filename: str) -> AnyResponse:
    if _joined(filename)[0] is None:
        return current_app.send_static_file(filename)
    response = Response(_content(filename), mimetype=_TEXT[Path(filename).suffix])
    response.cache_control.public, response.cache_control.max_age = (
        True,
        current_app.config["SEND_FILE_MAX_AGE_DEFAULT"],
    )
    response.add_etag()
    return response.make_conditional(request)


def _static(response: Response) -> Response:
    if response.status_code != 200:
        return response
    name = (request.view_args or {})["filename"]
    if asset(name) == f"/static/{name}?v={request.args.get('v')}":  # Not that of an update which other processes run.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if Path(name).suffix in _TEXT and "gzip" in request.headers.get("Accept-Encoding", "") and request.method == "GET":
        response = Response(_compressed(name), 200, response.headers, mimetype=_TEXT[Path(name).suffix])
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(_compressed(name)))
        response.vary.add("Accept-Encoding")
    return response
