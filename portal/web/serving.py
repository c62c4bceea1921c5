"""Somebody who took over at a counter by a PIN: while they serve, the browser shows the counter alone, whoever has signed in there."""

from flask import Response, redirect, request, session
from werkzeug import Response as AnyResponse

SERVES = "serves"  # of the session: the membership, and since when its PIN is what it is
_PLACE = "/counter"
_LETS = (_PLACE, "/sign-out", "/static/", "/language")


def keep_at_the_counter(route) -> AnyResponse | None:
    """Nothing else is open to them: the sign-in may be somebody's who may do more."""
    if SERVES not in session or request.path.startswith(_LETS):
        return None
    return leading(_PLACE)


def leading(place: str) -> AnyResponse:
    """On to a place; htmx, and a queue that sends by itself, are told of it."""
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": place})
    return redirect(place)
