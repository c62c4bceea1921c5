"""What each request leaves behind: an id, one line of JSON log without secrets, and headers that keep browsers safe."""

import json
import logging
import secrets
import sys
import time
from functools import lru_cache

from flask import Flask, Response, g, request
from flask.globals import app_ctx, request_ctx

from portal import clock
from portal.domain.events import log
from portal.server.answer import put

_LONGEST_ID = 128
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_OF_PAGES = ("text/html", "text/javascript")  # A worker's script asks for what its page may ask for.
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_ALWAYS = [("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Opener-Policy", "same-origin")]
_REFERRER = ("Referrer-Policy", "same-origin")
NO_DEVICES = "camera=(), microphone=(), geolocation=()"  # unless the page's route says otherwise
_HTTPS_ONLY = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
_logger = logging.getLogger("portal.request")
_as_json = json.JSONEncoder(ensure_ascii=False).encode


# Libraries whose lines would hold secrets at DEBUG (statements with their parameters: digests, links that sign in), or say
# at each tick of the queue that it ticks.
QUIET = {"peewee": logging.INFO, "peewee.pool": logging.INFO, "huey": logging.WARNING, "psycopg": logging.INFO}


@lru_cache(maxsize=8)  # Many requests end in one.
def _second(at: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": f"{_second(int(record.created))},{int(record.msecs):03}",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return _as_json(line)


class OfTheWebServer(logging.Filter):
    """What the web server says of a request stops at who sent it and the kind of its fault: the rest is the client's own, such
    as a cookie, or a link that signs in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every line pass, shortened where it quotes a request."""
        said = str(record.msg)
        if said.startswith("Invalid request from "):
            record.msg, record.args = ": ".join(said.split(": ")[:2]), ()
        elif said.startswith("Error handling request "):
            record.msg, record.args = "Error handling request", ()
        return True


def set_up_logging(level: str) -> None:
    """Log JSON lines to standard error. What no line shows (where the call stands, thread, process) is not gathered."""
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def install(app: Flask, is_https: bool) -> None:
    """Begin and end each request."""

    @app.before_request
    def begin() -> None:
        # Threads serve one request after another: whatever the last one set must not leak into this one.
        clock.use(0)
        log.acting_as("nobody")
        kept = app_ctx.g
        kept.started = time.perf_counter()
        given = request.environ.get("HTTP_X_REQUEST_ID", "").strip()  # In `headers` a missing one costs an exception.
        is_kept = 0 < len(given) <= _LONGEST_ID and given.isascii() and given.isprintable()
        kept.request_id = given if is_kept else secrets.token_hex(8)

    always = [*_ALWAYS, _HTTPS_ONLY] if is_https else _ALWAYS

    @app.after_request
    def end(response: Response) -> Response:
        headers, mimetype = response.headers, response.mimetype
        referrer = () if _REFERRER[0] in headers else (_REFERRER,)
        of_this = ("X-Request-Id", g.request_id), ("Content-Security-Policy", _policy(mimetype))
        put(headers, *of_this, *always, *referrer)
        if mimetype == "text/html":
            headers["Permissions-Policy"] = g.get("devices", NO_DEVICES)
        _log(response)
        return response


def _policy(mimetype: str | None) -> str:
    policy = POLICY if mimetype in _OF_PAGES else API_POLICY
    if leads_to := g.get("leads_to"):  # A form of the page leads there, which browsers ask of the page.
        policy = policy.replace("form-action 'self'", f"form-action 'self' {leads_to}")
    return policy


def _log(response: Response) -> None:
    request, kept = request_ctx.request, app_ctx.g  # Themselves: their stand-ins look for them at each word.
    if not _logger.isEnabledFor(logging.INFO) or request.endpoint == "static":
        return
    # The rule, not the path: a path can hold a secret (a reset link), a rule cannot.
    fields = {
        "id": kept.request_id,
        "method": request.method,
        "rule": str(request.url_rule) if request.url_rule else None,
        "status": response.status_code,
        "ms": round((time.perf_counter() - kept.started) * 1000, 2),
    }
    fields.update(kept.get("told", {}))  # what a client says of itself
    partner = kept.get("partner")
    if partner is not None:
        fields["partner"] = partner.id
    _logger.info("request", extra={"fields": fields})
