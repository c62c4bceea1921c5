"""The one error page: what happened, and what to do."""

from flask import Response, current_app, g, make_response, render_template
from werkzeug.exceptions import HTTPException

from portal.database import mend_connection
from portal.domain.errors import DomainError, Forbidden, NotFound
from portal.domain.sentences import say

_SENTENCES: dict[int, tuple[str, str]] = {
    400: (say("This request cannot be read"), say("Something in it is not valid. Go back and try again.")),
    404: (say("There is nothing here"), say("It was removed, or it belongs to another partner. Check the address.")),
    405: (say("This address does not take that"), say("Go back and use the page’s own buttons.")),
    413: (say("That is too large"), say("Send a file of at most 5 MiB.")),
}


def error_page(status: int, title: str, text: str) -> Response:
    """The one error page: what happened, and what to do."""
    page = render_template("errors/error.html", status=status, title=title, text=text)
    return make_response(page, status)


def http_error(error: HTTPException):
    """The error page of a plain HTTP error."""
    status = error.code or 500
    title, text = _SENTENCES.get(status, (say("That did not work"), error.description or say("Try again.")))
    response = error_page(status, title, text)
    response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    return response


def unavailable(error: Exception | None = None) -> Response:
    """The database is away or full: plain words, no query needed to say them. The log says why, when an error is given."""
    if error is not None:
        current_app.logger.exception("the database cannot be used: %s", error)
        mend_connection()
    g.person = g.partner = None
    response = error_page(
        503,
        say("Not available right now"),
        say(
            "The portal cannot reach its database. Try again in a moment, and look first whether your change is "
            "there already."
        ),
    )
    response.headers["Retry-After"] = "1"
    return response


def of_domain(error: DomainError) -> tuple[Response, int]:
    if isinstance(error, NotFound):
        return not_found(), 404
    if isinstance(error, Forbidden):
        return error_page(403, say("This is not allowed"), error.sentence), 403
    return error_page(400, say("That did not work"), error.sentence), 400


def not_found() -> Response:
    """Missing, or somebody else's."""
    return error_page(
        404, say("There is nothing here"), say("It was removed, or it belongs to another partner. Check the address.")
    )
