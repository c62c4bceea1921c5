"""What an operation may answer, for the description: its statuses, their headers and bodies."""

import re
from collections.abc import Mapping

from portal.api import prose

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
EFFECTS = ("POST", "PUT", "PATCH")
_KEPT = (409, 422)
_TEXT, _SECONDS = {"type": "string"}, {"type": "integer", "minimum": 1}
_ALWAYS = ("X-Request-Id",)
_COUNTED = ("RateLimit", "RateLimit-Policy")
_TAGGED = ("ETag", "Cache-Control")
# By status: those that are always there, and those that may be.
_OF_REFUSALS: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    401: (("WWW-Authenticate",), ()),
    405: (("Allow",), ()),
    409: ((), ("Retry-After",)),
    429: (("Retry-After",), ()),
    503: (("Retry-After",), ()),
}
_OBJECT = {"type": "object", "additionalProperties": True}  # of no fixed fields
_SCHEMAS = {"Retry-After": _SECONDS, "Idempotent-Replayed": {"type": "string", "const": "true"}}


def of_route(route, method: str, references: dict) -> dict:
    """Every status of an operation: its success first."""
    known = (
        {"304": {"description": prose.NOT_CHANGED, "headers": _headers(_ALWAYS + _TAGGED, _COUNTED)}}
        if route.is_tagged
        else {}
    )
    return {str(route.status): _success(route, method, references), **known, **_refusals(route, method)}


def model_of(answer):
    """The model of an answer: itself, or what a list is of."""
    return answer.__args__[0] if hasattr(answer, "__args__") else answer


def sentences(text: str) -> str:
    """A docstring as paragraphs of one line each."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def errors_of(route):
    """The shape of a route's refusals."""
    return route.errors or route.family.errors


def _success(route, method: str, references: dict) -> dict:
    paging = route.family.paging
    is_paged = isinstance(route.query, type) and issubclass(route.query, paging.query)
    kept = ("Idempotent-Replayed",) * _keeps(route, method)
    tagged = _TAGGED if route.is_tagged else ()
    headers = _headers(_ALWAYS + tagged + route.family.admissions[route.access.kind].echoes, _COUNTED + kept) | (
        paging.headers if is_paged else {}
    )
    if route.status == 204:
        return {"description": "Done; no body", "headers": headers}
    if route.answer is None:
        return {"description": "Done", "headers": headers, "content": {route.media_type: {"schema": _OBJECT}}}
    described = "A page of the list" if is_paged else sentences(model_of(route.answer).__doc__ or "Done")
    content = {"schema": _schema(route.answer, references)}
    if route.answer_example is not None:
        content["example"] = route.answer_example
    return {"description": described, "headers": headers, "content": {route.media_type: content}}


def _schema(answer, references: dict) -> dict:
    reference = references[(model_of(answer), "serialization")]
    return {"type": "array", "items": reference} if hasattr(answer, "__args__") else reference


def _refusals(route, method: str) -> dict:
    admission = route.family.admissions[route.access.kind]
    statuses = {400, 405, 429, 500, 503, *admission.refuses, *route.refuses}
    if PARAMETER.search(route.path) and not route.hides_missing:
        statuses.add(404)
    if method in EFFECTS:
        statuses |= {409, 413, 422, *route.family.statuses.values()} - ({404} - statuses)
    return {str(status): _refusal(route, method, status) for status in sorted(statuses)}


def _refusal(route, method: str, status: int) -> dict:
    shape = route.family.strays if status == 500 else errors_of(route)
    always, sometimes = _OF_REFUSALS.get(status, ((), ()))
    kept = ("Idempotent-Replayed",) * (status in _KEPT and _keeps(route, method))
    return {
        "description": prose.REFUSALS[status],
        "headers": _headers(_ALWAYS + always, _COUNTED + sometimes + kept),
        "content": {shape.media_type: {"schema": {"$ref": f"#/components/schemas/{shape.name}"}}},
    }


def _keeps(route, method: str) -> bool:
    """Whether an answer is kept under an Idempotency-Key."""
    return method in EFFECTS and route.family.admissions[route.access.kind].keeps


def _headers(always: tuple[str, ...], sometimes: tuple[str, ...]) -> dict:
    return {
        name: {
            "description": prose.HEADERS[name],
            "schema": _SCHEMAS.get(name, _TEXT),
            **({"required": True} if name in always else {}),
        }
        for name in always + sometimes
    }
