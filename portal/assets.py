"""Static files: an address that changes with the content, so that browsers may keep them for ever; compressed once."""

import gzip
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup, escape

STATIC = Path(__file__).parent.parent / "static"
_TEXT = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
SPRITE = "vendor/lucide-1.62.0.svg"
_SMALLEST = 600


@lru_cache(maxsize=512)
def asset(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}?v={blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()}"


@lru_cache(maxsize=512)
def drawn_icon(name: str, label: str | None = None) -> Markup:
    """An icon of the sprite; with a label it carries its own text, without it is decoration."""
    place = f"{asset(SPRITE)}#{escape(name)}"
    picture = f'<svg class="icon" aria-hidden="true" focusable="false"><use href="{place}"/></svg>'
    return Markup(picture + (f'<span class="visually-hidden">{escape(label)}</span>' if label else ""))  # noqa: S704 - escaped above


@lru_cache(maxsize=512)
def _compressed(name: str) -> bytes:
    return gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)


def install(app: Flask) -> None:
    """Serve text files compressed, and pages as well; tell browsers how long to keep them."""
    app.jinja_env.globals.update(asset=asset, icon=drawn_icon, drawn_icon=drawn_icon)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600

    @app.after_request
    def compress(response: Response) -> Response:
        if request.endpoint == "static":
            return _static(response)
        wants = "gzip" in request.headers.get("Accept-Encoding", "")
        if (
            wants
            and response.mimetype in ("text/html", "text/csv")
            and not response.is_streamed
            and response.status_code != 304
        ):
            body = response.get_data()
            if len(body) > _SMALLEST:
                response.set_data(gzip.compress(body, 4, mtime=0))
                response.headers["Content-Encoding"] = "gzip"
                response.vary.add("Accept-Encoding")
        return response


def _static(response: Response) -> Response:
    if response.status_code != 200:
        return response
    if "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    name = request.view_args["filename"]
    if Path(name).suffix in _TEXT and "gzip" in request.headers.get("Accept-Encoding", "") and request.method == "GET":
        response = Response(_compressed(name), 200, response.headers, mimetype=_TEXT[Path(name).suffix])
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(_compressed(name)))
        response.vary.add("Accept-Encoding")
    return response
