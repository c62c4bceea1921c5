"""What a page answers after an action: the place to go to, or the fragment that htmx asked for."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

from flask import Response, flash, g, make_response, redirect, request
from werkzeug import Response as AnyResponse

Answer = TypeVar("Answer", bound=AnyResponse)


def is_fragment() -> bool:
    """Whether htmx asks and wants the fragment alone (not for a boosted or restored page)."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page_or_part(page: str, part: str) -> str:
    """The template to answer with: the part of the page where htmx asks for it alone."""
    return part if is_fragment() else page


def shown_once(page: str) -> Response:
    """A page with a secret: it is kept nowhere, and has no address to come back to."""
    g.is_shown_once = True
    return make_response(page)


def secret(response: Answer) -> Answer:
    """The same answer, which nobody keeps and from which no link leads on with its address."""
    response.headers.update(
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
    )
    return response


def unless_seen(mark: str, draw: Callable[[], str]) -> Response:
    """A part that a page asks for again and again: a 304 while it shows what has this mark, else what `draw` makes."""
    response = Response(status=304) if mark in request.if_none_match else make_response(draw())
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def done(place: str, message: str | None = None, tone: str = "success") -> AnyResponse:
    """After an action: say it, and go on to a page; htmx is told to go there as well."""
    if message:
        flash(message, tone)
    if is_fragment():
        return Response(status=204, headers=_leading(place))
    return redirect(place, 303)


def _leading(place: str) -> dict[str, str]:
    """The headers that take htmx to the place. For another anchor of the page that is shown a browser loads nothing anew."""
    page, anchor, _ = place.partition("#")
    shown = urlsplit(request.htmx.current_url or "")
    is_shown = bool(anchor) and page == urlunsplit(("", "", shown.path, shown.query, ""))
    return {"HX-Redirect": place} | ({"HX-Refresh": "true"} if is_shown else {})


def saved_in_place(
    place: str,
    message: str,
    fragment: Callable[[], str],
    *,
    target: str | None = None,
    otherwise: str | None = None,
    tone: str = "success",
) -> AnyResponse:
    """After an edit in place: the fragment again with its message; without scripts on to the place it stands in.

    `target` names the fragment where the form stood inside it, or on a page of its own: then the way leads to the place,
    or to another one that is named.
    """
    if not is_fragment() or (target and not _stands_at(place)):
        return done(otherwise or place, message, tone)
    flash(message, tone)
    response = make_response(fragment())
    if target:
        response.headers["HX-Retarget"] = target
    return response


def _stands_at(place: str) -> bool:
    """Whether htmx asks from that page."""
    return (request.htmx.current_url or "").split("?")[0].endswith(place)
