"""Forms that must not act twice: each has a mark in its address, which a reload, Back and a second click bring along."""

from flask import redirect, request
from werkzeug import Response

from portal.domain.identifiers import random_base62
from portal.web.addresses import with_arguments

_NAME = "form"


def own_address() -> Response | None:
    """Where a form that has no mark yet is shown with one of its own."""
    is_new = request.method == "GET" and not mark()
    return redirect(with_arguments(**{_NAME: random_base62(12)})) if is_new else None


def mark() -> str:
    """The mark of the form that is shown or sent; empty where it has none."""
    return request.args.get(_NAME, "")[:64]
