"""Pages outside the shell: never kept by a browser, and silent about their address where the address is a secret."""

from typing import TypeVar

from flask import Response
from werkzeug import Response as AnyResponse

from portal.web.forms import form_page

Answer = TypeVar("Answer", bound=AnyResponse)


def plain(template: str, form, **values) -> Response:
    """The page with its form; 422 when something in it must be corrected, 429 after too many tries."""
    response = form_page(template, form, **values)
    response.headers["Cache-Control"] = "no-store"
    return response


def secret_address(response: Answer, status: int | None = None) -> Answer:
    """The same answer, from which no link leads on with this address."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.status_code = status or response.status_code
    return response
