"""What an API request can fail with before the domain is asked, and the problem+json shape (RFC 9457)."""

import orjson
from flask import Response

from portal.database import Busy
from portal.domain.errors import DomainError, Forbidden, Invalid, NotFound, Refused

TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Body too large",
    422: "Unprocessable",
    429: "Too many requests",
    500: "Internal error",
    503: "Unavailable",
}
# A connection lost at its commit may have kept the write: nobody can promise that nothing was written.
UNAVAILABLE = (
    "The portal cannot reach or write its database right now. "
    "Try again in a moment; with the same Idempotency-Key a repeat is harmless."
)
_FIND_IT = "Check what you asked for, and that the token is of the partner it belongs to."


class ApiError(Exception):
    """A refusal of the gate: a status, a sentence that says how to mend it, fields that were wrong, extra headers."""

    def __init__(self, status: int, detail: str, errors: list | None = None, headers: list | None = None):
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors or [], headers or []


def from_domain(error: DomainError) -> ApiError:
    """The status of a domain refusal where a family has no other: 400 for a rule (contract: affiliate)."""
    if isinstance(error, Invalid):
        return ApiError(400, error.sentence, [{"field": field, "message": text} for field, text in error.errors])
    if isinstance(error, NotFound):
        mended = error.sentence if type(error) is not NotFound else f"{error.sentence} {_FIND_IT}"
        return ApiError(404, mended)
    if isinstance(error, Forbidden):
        return ApiError(403, error.sentence)
    if isinstance(error, Refused) and error.field:
        return ApiError(400, error.sentence, [{"field": error.field, "message": error.sentence}])
    return ApiError(400, error.sentence)


def busy() -> ApiError:
    """The refusal of a write that could not be taken in time."""
    return ApiError(503, Busy.sentence, headers=[("Retry-After", "1")])


def problem(error: ApiError) -> Response:
    """The error as application/problem+json."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(error.status, "Error"),
        "status": error.status,
        "detail": error.detail,
    }
    if error.errors:
        body["errors"] = error.errors
    response = Response(orjson.dumps(body), error.status, mimetype="application/problem+json")
    for name, value in error.headers:
        response.headers[name] = value
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="partner portal"'
    return response
