"""Promoters' links: whoever follows one is counted and sent on to the merchant's landing."""

import re

from flask import Response, current_app, render_template, request

from portal.domain.affiliate.clicks import clicks
from portal.domain.affiliate.links import fallback
from portal.domain.errors import NotFound
from portal.server.answer import Answer
from portal.server.limits import network
from portal.web import bots


class _SentOn(Answer):
    """A redirect whose address is whole: links are followed often, and nothing is left to be worked out."""

    def get_wsgi_headers(self, environ):
        return self.headers


_IS_MOBILE = re.compile(r"Mobi|Android|iPhone|iPad").search


def catalog(uid: str):
    """The promoter's link to a catalog, which picks the landing."""
    return _go(uid, None)


def landing(uid: str, code: str):
    """The promoter's link to one landing."""
    return _go(uid, code)


def _go(uid: str, landing: str | None) -> Response:
    """Count a click and send the visitor on; who follows a dead link comes to the merchant's page, or reads that it is one."""
    agent = request.headers.get("User-Agent", "")
    device = clicks.MOBILE if _IS_MOBILE(agent) else clicks.DESKTOP
    try:
        place, click = clicks.follow(uid, landing, request.query_string.decode("latin-1"), device)
    except NotFound:
        page = fallback.of_link(uid)
        return _sent_on(page) if page else Response(render_template("affiliate/links/nowhere.html"), 404)
    address = network(request.remote_addr)
    if request.method == "GET" and not bots.looks_ahead() and not bots.is_known(agent) and _counts(address):
        clicks.keep(click, f"{address} {agent}")
    return _sent_on(place)


def _counts(address: str) -> bool:
    """Whether one more click of this address is kept: a flood is sent on like everybody, and makes no figures."""
    return current_app.extensions["limiter"].take(address, current_app.extensions["click_policy"]).allowed


def _sent_on(place: str) -> Response:
    return _SentOn(status=302, headers={"Location": place, "Cache-Control": "no-store", "Content-Length": "0"})
