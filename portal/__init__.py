"""The partner portal. `create_app()` joins extensions, families and error pages; nothing else happens here."""

import gc

gc.disable()  # What is imported stays: to look for garbage in it, again and again, took a fifth of each start.

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from flask import Flask, request
from gunicorn.http.errors import ParseException
from htmx_flask import Htmx
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import commands, config, database, families, languages, routing, worker
from portal.api import codes, gate
from portal.api.errors import ApiError, ErrorShape, refused
from portal.api.families import WireFamily, shape_at
from portal.database import LOST, Busy
from portal.domain import sealing
from portal.domain.accounts.tokens import tokens
from portal.domain.affiliate.clicks import keys as click_keys
from portal.domain.affiliate.clicks import visitors
from portal.domain.mail import addresses, strangers
from portal.domain.sentences import say
from portal.routing import Area, register
from portal.server import observed
from portal.server.answer import Answer
from portal.server.limits import Limiter, Policy
from portal.server.windows import Windows
from portal.web import (
    assets,
    drawing,
    errors,
    formats,
    guards,
    kept_pages,
    navigation,
    picture_uploads,
    plurals,
    readers,
    sessions,
    shortcuts,
    signed_in,
    templates,
    thing_pages,
    uploads,
)

gc.freeze()
gc.enable()

_API_CODES = {404: codes.ADDRESS_UNKNOWN, 405: codes.METHOD_NOT_ALLOWED, 413: codes.BODY_TOO_LARGE}
ROOT = Path(__file__).parent.parent


class Portal(Flask):
    """Flask, whose answers to OPTIONS under /api are the API's, and whose templates speak the reader's language."""

    jinja_environment = templates.Environment
    response_class = Answer

    @cached_property
    def environments(self) -> templates.Environments:
        """The environments of templates, by language."""
        return templates.Environments(self.create_jinja_environment())  # type: ignore[arg-type]  # That of the line above.

    @property
    def jinja_env(self) -> templates.Environment:  # type: ignore[override]  # Flask keeps its one.
        """That of the language which is spoken now."""
        return self.environments[languages.spoken()]

    def ensure_sync(self, func):
        """The function itself: none here is async, and Flask asks it of eight at each request."""
        return func

    def make_default_options_response(self):
        """What an address takes."""
        response = super().make_default_options_response()
        return gate.options(response) if request.path.startswith("/api") else response

    def create_url_adapter(self, request):
        """What finds the route of the request, and writes addresses."""
        return super().create_url_adapter(request) if request is None else routing.adapter(self.url_map, request)


def create_app(settings: config.Settings | None = None, areas: Sequence[Area] = families.AREAS) -> Flask:
    """The application of these settings (default: the environment's) with these areas. Ends the start when they are unsafe."""
    settings = settings or config.load()
    observed.set_up_logging(settings.log_level)
    database.connect(settings)
    click_keys.use_secret(settings.secret_key)
    visitors.use_secret(settings.secret_key)
    sealing.use_secret(settings.secret_key)
    tokens.use_ceiling(settings.api_ceiling)
    addresses.use_public_url(settings.public_url)
    strangers.use_limit(settings.unasked_mail_limit)
    app = Portal(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.update(sessions.flask_settings(settings), SETTINGS=settings)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.session_interface = sessions.PageSessions()
    app.extensions["limiter"] = Limiter(settings.data_dir / "limits", settings.secret_key)
    app.extensions["guesses"] = Windows(settings.data_dir / "guesses", settings.secret_key)
    app.extensions["api_policy"] = Policy("token", settings.api_limit, 60)
    app.extensions["click_policy"] = Policy("clicks", max(1, settings.click_limit), 60)
    app.extensions["open_policy"] = Policy("address", settings.open_limit, 60)
    if settings.trusted_proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # As Flask says it is done.
    Htmx(app)
    app.request_class = uploads.RequestInMemory
    guards.csrf.init_app(app)
    # All else that it would do by itself is to ask the database for the page that says it is away, and each answer for a cookie that
    # remembers, which none has.
    app.login_manager = signed_in.login_manager
    observed.install(app, settings.is_https)
    assets.install(app)
    drawing.install(app)
    picture_uploads.install(app)
    formats.install(app)
    plurals.install(app)
    readers.install(app, settings.is_https)
    navigation.install(app, areas)
    thing_pages.install(app, areas)
    kept_pages.install(app)
    register(app, areas, guards.guard, gate.guard)
    shortcuts.install(app, areas)
    commands.install(app)
    worker.wake_on_events(settings)
    _install_errors(app, [area.wire for area in areas if area.wire])
    return app


def _install_errors(app: Flask, wire_families: Sequence[WireFamily]) -> None:
    def shape(is_nowhere: bool = False) -> ErrorShape:
        return shape_at(wire_families, request.path, is_nowhere)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException):
        if isinstance(getattr(error, "original_exception", None), LOST):  # An error page asked the database, too.
            return lost(error.original_exception)
        if request.path.startswith("/api"):
            allowed = [(name, value) for name, value in error.get_headers() if name == "Allow"]
            return gate.unmatched(
                ApiError(
                    _API_CODES.get(error.code or 400, codes.REQUEST_UNREADABLE),
                    _api_sentence(error),
                    headers=allowed,
                    status=error.code,
                ),
                _taken_shape(app, error) or shape(error.code == 404),
            )
        return errors.http_error(error)

    def lost(error: Exception):
        return gate.unavailable(error, shape()) if request.path.startswith("/api") else errors.unavailable(error)

    @app.errorhandler(ParseException)
    def broken_body(error: ParseException):
        return http_error(BadRequest("The request could not be read to its end. Send it once more."))

    for kind in LOST:
        app.register_error_handler(kind, lost)

    @app.errorhandler(Busy)
    def busy(error: Busy):
        return errors.unavailable()

    @app.errorhandler(Exception)
    def unexpected(error: Exception):
        app.logger.exception("unexpected error")
        if request.path.startswith("/api"):
            return refused(
                ApiError(
                    codes.INTERNAL_ERROR, "The portal failed at this request. It was logged; nothing was written."
                ),
                shape(),
            )
        return errors.error_page(
            500, say("Something broke here"), say("It was logged, and nothing was changed. Try again in a moment.")
        )


def _taken_shape(app: Flask, error: HTTPException) -> ErrorShape | None:
    """Of the address's own route, where it only takes another verb."""
    taken = next(iter(getattr(error, "valid_methods", None) or ()), None)
    if taken is None:
        return None
    endpoint, _ = app.create_url_adapter(request).match(method=taken)  # type: ignore[union-attr]
    route = app.extensions["route_of"].get(endpoint)
    return (route.errors or route.family.errors) if route is not None and route.is_api else None


def _api_sentence(error: HTTPException) -> str:
    return {
        404: "There is no such address. The list of endpoints is at /api/docs.",
        405: f"This address does not take {request.method}. {_taken(error)}",
    }.get(error.code or 400, error.description or "The request could not be served.")


def _taken(error: HTTPException) -> str:
    methods = [
        method for method in sorted(getattr(error, "valid_methods", None) or ()) if method not in ("HEAD", "OPTIONS")
    ]
    return f"It takes {' and '.join(methods)}." if methods else ""
