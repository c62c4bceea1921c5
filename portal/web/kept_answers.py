"""Where an answer to a form is kept: under a mark in the address of the form, for whoever sent it and nobody else."""

from flask import current_app, redirect, request, session
from flask_login import current_user
from werkzeug import Response

from portal.database import LOST, Busy
from portal.domain.accounts import kept_answers
from portal.domain.identifiers import random_base62
from portal.server.limits import Policy, network
from portal.web.addresses import KEPT, here

STRANGERS = Policy("answers kept", 60, 60)  # of one address in a minute
BROWSER = "browser"  # what of a session outlives signing in, so that a form that was sent before it is found after it


def address(answer: dict, *, for_any_partner: bool = False) -> str | None:
    """Where the answer can be read from now on, until the browser's owner signs out; None when it cannot be kept, or too
    many strangers' were in a short time from here: each is written.

    One `for_any_partner` holds nothing of the partner that its reader acts for.
    """
    if not current_user.is_authenticated and not _keeps_more():
        return None
    readers = _readers()
    reader = readers[0] if for_any_partner else readers[-1]
    try:
        mark = kept_answers.keep(_user_id(), reader, request.path, answer)
    except (Busy, *LOST):
        current_app.logger.exception("an answer to a form could not be kept")
        return None
    return mark and here(mark)


def moved(place: str) -> Response:
    """On to the place where the answer is kept; htmx is told to go there as well."""
    if request.htmx:
        return Response(status=204, headers={"HX-Redirect": place})
    return redirect(place, 303)


def asked() -> dict | None:
    """The kept answer that the address names, if whoever asks is still who sent the form."""
    return kept_answers.find(request.args.get(KEPT, ""), _user_id(), _readers(), request.path)


def _keeps_more() -> bool:
    return current_app.extensions["limiter"].take(network(request.remote_addr), STRANGERS).allowed


def _user_id() -> int | None:
    return current_user.user_id if current_user.is_authenticated else None


def _readers() -> list[str]:
    """Who reads, as the seal names them: the person or the browser, and the person in the role that they have now."""
    browser = f"browser {session.setdefault(BROWSER, random_base62(20))}"
    if not current_user.is_authenticated:
        return [browser]
    person, acting = f"person {current_user.user_id}", current_user.acting
    role = acting and f"{acting.role} of {acting.id}"
    return [person, browser, f"{person}, {role}, operator: {current_user.is_operator}"]
