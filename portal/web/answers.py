"""What a page answers after an action: the place to go to, or the fragment that htmx asked for."""

from flask import Response, flash, redirect, request


def is_fragment() -> bool:
    """Whether htmx asks and wants the fragment alone (not for a boosted or restored page)."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def done(place: str, message: str | None = None, tone: str = "success") -> Response:
    """After an action: say it, and go on to a page; htmx is told to go there as well."""
    if message:
        flash(message, tone)
    if is_fragment():
        return Response(status=204, headers={"HX-Redirect": place})
    return redirect(place, 303)
