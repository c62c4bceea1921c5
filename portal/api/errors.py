"""What an API request can fail with before the domain is asked, and the problem+json shape (RFC 9457)."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import orjson
from flask import Response

from portal.api import codes
from portal.database import Busy
from portal.domain.codes import Code
from portal.domain.errors import DomainError, Forbidden, Invalid, NotFound, Refused

TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    410: "Gone",
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
# What a domain error becomes where a family has nothing else (contract: affiliate).
STATUSES: dict[type[DomainError], int] = {Invalid: 400, Refused: 400, NotFound: 404, Forbidden: 403, DomainError: 400}


_LISTED = "It stays the same; the reference at `/api/docs` lists all, and there will be more."
_WRONG_FIELD = {
    "type": "object",
    "required": ["field", "message", "error_code"],
    "properties": {
        "field": {"type": "string", "description": "Its name; what is inside a list is written `prices.0.cost`."},
        "message": {"type": "string", "description": "What is wrong with it, and how to mend it."},
        "error_code": {"type": "string", "description": f"Its name for programs. {_LISTED}"},
    },
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A refusal, as RFC 9457 shapes it.",
    "required": ["type", "title", "status", "detail", "error_code"],
    "properties": {
        "type": {"type": "string", "description": "Always `about:blank`."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What failed, and how to mend it."},
        "error_code": {"type": "string", "description": f"What failed, for programs. {_LISTED}"},
        "errors": {
            "type": "array",
            "description": "The fields that are wrong, where it is about fields.",
            "items": _WRONG_FIELD,
        },
    },
}


class ApiError(Exception):
    """A refusal of the gate: a code, a sentence that says how to mend it, fields that were wrong, extra headers, a status
    where a family has another than the code's own, and what a family's shape tells `more`."""

    def __init__(
        self,
        code: Code,
        detail: str,
        errors: list | None = None,
        headers: list | None = None,
        status: int | None = None,
        more: Mapping[str, Any] | None = None,
    ):
        super().__init__(detail)
        self.code, self.status, self.detail = code, status or code.status, detail
        self.errors, self.headers, self.more = errors or [], headers or [], more or {}


def busy() -> ApiError:
    """The refusal of a write that could not be taken in time."""
    return ApiError(codes.UNAVAILABLE, Busy.sentence, headers=[("Retry-After", "1")])


def wrong_field(name: str, message: str, code: Code) -> dict:
    """A field that was wrong, as refusals tell it."""
    return {"field": name, "message": message, "error_code": code.name}


class ErrorShape(NamedTuple):
    """How refusals are written: the body of one, its media type, and the schema that the description names."""

    name: str
    media_type: str
    schema: dict
    body: Callable[[ApiError], dict]


def _problem(error: ApiError) -> dict:
    body = {
        "type": "about:blank",
        "title": TITLES.get(error.status, "Error"),
        "status": error.status,
        "detail": error.detail,
        "error_code": error.code.name,
    }
    return body | {"errors": error.errors} if error.errors else body


PROBLEM = ErrorShape("Problem", "application/problem+json", PROBLEM_SCHEMA, _problem)


def refused(error: ApiError, shape: ErrorShape = PROBLEM) -> Response:
    """The answer that tells of the refusal, in a family's shape."""
    response = Response(orjson.dumps(shape.body(error)), error.status, mimetype=shape.media_type)
    for name, value in error.headers:
        response.headers[name] = value
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="partner portal"'
    return response
