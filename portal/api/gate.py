"""The one road of every JSON request: token, limit, permit, strict body, idempotency, the view, the family's errors."""

import re
from dataclasses import replace
from functools import cache, partial

import orjson
from flask import Response, current_app, request
from gunicorn.http.errors import ParseException
from peewee import IntegrityError
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from portal.api import admission, codes, cross_origin, form_body, idempotency, strict_json
from portal.api.credentials import HEADERS
from portal.api.errors import PROBLEM, UNAVAILABLE, ApiError, ErrorShape, busy, refused, wrong_field
from portal.api.idempotency import Reply
from portal.database import LOST, Busy, mend_connection
from portal.domain.codes import (
    FIELDS_INVALID,
    INVALID_VALUE,
    NOT_LISTED,
    REQUIRED,
    TOO_LONG,
    TOO_MANY,
    WRONG_TYPE,
    Code,
)
from portal.domain.errors import DomainError, Invalid
from portal.domain.traces import refusals
from portal.domain.values import Wrong
from portal.server.answer import Answer, put

_MESSAGES = {
    "missing": "This field is required.",
    "bool_type": "Send true or false.",
    "string_type": "Send a text.",
    "int_type": "Send a whole number.",
    "list_type": "Send a list.",
    "model_type": "Send an object.",
    "model_attributes_type": "Send an object.",
    "dict_type": "Send an object.",
    "string_too_long": "Give at most {max_length} characters.",
    "too_long": "Give at most {max_length}.",
    "literal_error": "Send {expected}.",
}
# Of other kinds by how their names begin: no word of the library's reaches a program.
_OF_KINDS = {
    "bool_": "bool_type",
    "string_": "string_type",
    "int_": "int_type",
    "list_": "list_type",
    "dict_": "dict_type",
}
_OTHERWISE = "Send a value of the documented type."
_CODES = {
    "missing": REQUIRED,
    "string_too_long": TOO_LONG,
    "too_long": TOO_MANY,
    "literal_error": NOT_LISTED,
    "value_error": INVALID_VALUE,
}
_WITH_DETAILS = frozenset({"string_too_long", "too_long", "literal_error"})
_BRACKETS = re.compile(r"(\w+)\[\w*\]")
_EFFECTS = frozenset({"POST", "PUT", "PATCH"})
_NOT_KEPT = ("Cache-Control", "no-store")


def guard(route):
    """The view of a route behind the gate, as Flask calls it."""
    shape, headers_of_tokens = route.errors or route.family.errors, ", ".join(route.family.headers)

    def run(**path):
        headers: list = []
        try:
            response = _written(_answer(route, path, headers), route.media_type)
        except ApiError as error:
            response = refused(error, shape)
        except Busy:
            response = refused(busy(), shape)
        except LOST as error:
            response = unavailable(error, shape)
        sealed = _sealed(response, headers, headers_of_tokens)
        return cross_origin.allow(sealed) if cross_origin.is_open(route) else sealed

    return run


def unmatched(error: ApiError, shape: ErrorShape) -> Response:
    """The answer to an address or a verb that no route has; it counts like any other request."""
    return _counted(refused(error, shape), shape)


def options(response: Response) -> Response:
    """The answer to OPTIONS, whose `Allow` anybody may ask for; it counts like any other request."""
    response.headers.pop("Content-Type", None)
    return cross_origin.preflight(_counted(response))


def _counted(response: Response, shape: ErrorShape = PROBLEM) -> Response:
    headers: list = []
    try:
        admission.counted(HEADERS, headers)
    except ApiError as refusal:
        response = refused(refusal, shape) if refusal.status == 429 else response
    except LOST:
        mend_connection()
    return _sealed(response, headers, ", ".join(HEADERS))


def unavailable(error: Exception, shape: ErrorShape = PROBLEM) -> Response:
    """The answer while the database is away or full; the log says why."""
    current_app.logger.exception("the database cannot be used: %s", error)
    mend_connection()
    return refused(ApiError(codes.UNAVAILABLE, UNAVAILABLE, headers=[("Retry-After", "1")]), shape)


def _sealed(response: Response, limit_headers: list, vary: str) -> Response:
    headers = response.headers
    counted = () if "RateLimit" in headers else limit_headers  # Another limit that refused tells of itself.
    kept = () if "Cache-Control" in headers else (_NOT_KEPT,)
    put(headers, *counted, *kept, ("Vary", vary))
    return response


def _answer(route, path: dict, headers: list) -> Reply:
    caller = route.family.admissions[route.access.kind].admit(route, path, headers)
    return _called(route, caller, path)


def _called(route, caller, path: dict) -> Reply:
    for value in path.values():
        strict_json.refuse_text(value)
    body, key = b"", None
    if request.method in _EFFECTS:
        body, key = _body(), idempotency.key_of(request.headers.get("Idempotency-Key"))
    try:
        if key is None or caller is None:
            return _view(route, _arguments(route, caller, path, body))
        digest = idempotency.request_digest(
            current_app.config["SECRET_KEY"], request.method, request.path.rstrip("/"), body
        )
        effect = _effect(route, caller, path, body)
        answer, _ = idempotency.once(caller.identity, key, digest, effect, partial(_kept_refusal, route))
        return answer
    except DomainError as error:
        refusals.note(error)
        raise route.family.refusal(error) from error


def _effect(route, caller, path: dict, body: bytes):
    """What a request with a key does. Its body is read before the write's lock is taken, but what is wrong with it is told
    only once the key is known to be this request's."""
    try:
        return partial(_view, route, _arguments(route, caller, path, body))
    except ApiError as error:
        return partial(_raise, error)


def _raise(error: ApiError) -> Reply:
    raise error


def _arguments(route, caller, path: dict, body: bytes) -> dict:
    arguments = dict(path)
    if caller is not None:
        arguments["caller"] = caller
    if route.query is not None:
        arguments["query"] = _asked(route)
    try:
        if route.body is not None:
            arguments["body"] = route.body.model_validate(_parsed(route, body))
        elif body.strip():
            strict_json.parse(body)  # Nothing is asked for; what cannot be read is refused as anywhere.
    except ValidationError as error:
        raise _invalid(error) from None
    return arguments


def _asked(route):
    bare = None if request.query_string else _with_nothing(route.query)
    return bare or _with_something(route)


@cache
def _with_nothing(query: type[BaseModel]) -> BaseModel | None:
    """What a bare address asks for, which nobody changes; None where it has to ask for something."""
    try:
        return query.model_validate({})
    except ValidationError:
        return None


def _with_something(route):
    try:
        return route.query.model_validate(_query(route.query))
    except ValidationError as error:
        raise _invalid(error, route.family.statuses[Invalid]) from None


def _invalid(error: ValidationError, status: int | None = None) -> ApiError:
    errors = [wrong_field(_field(item["loc"]), _message(item), _code(item)) for item in error.errors(include_url=False)]
    return ApiError(FIELDS_INVALID, f"{errors[0]['field']}: {errors[0]['message']}", errors, status=status)


def _parsed(route, body: bytes) -> dict:
    if not body.strip() and route.body_is_optional:
        return {}
    if route.body_may_be_form and form_body.is_form(body, request.mimetype):
        return form_body.parse(body)
    return strict_json.parse(body)


def _view(route, arguments: dict) -> Reply:
    try:
        result = route.view(**arguments)
    except IntegrityError as error:
        # The rules check first; this is the second of two that raced past the check.
        raise ApiError(
            codes.CONFLICT, "Another request changed the same thing at the same moment. Nothing was written; try again."
        ) from error
    answer = result if isinstance(result, Reply) else Reply(result, route.status)
    return answer if route.family.envelope is None else _enveloped(answer, route.family.envelope)


def _enveloped(answer: Reply, envelope) -> Reply:
    body, kept = answer.body, answer.kept_body
    kept = kept if kept is None else envelope(kept, answer.status)
    return replace(answer, body=envelope(body, answer.status), kept_body=kept)


def _kept_refusal(route, error: Exception) -> Reply | None:
    """A rule's refusal that is kept. What the integrator may mend and send again with the same key is not (contract: README)."""
    if not isinstance(error, DomainError):
        return None
    refusal = route.family.refusal(error)
    if refusal.status not in (409, 422):
        return None
    response = refused(refusal, route.errors or route.family.errors)
    return Reply(orjson.loads(response.data), refusal.status, {"Content-Type": response.mimetype})


def _body() -> bytes:
    try:
        body = request.stream.read(strict_json.MOST_BYTES + 1)
        is_larger = len(body) > strict_json.MOST_BYTES
        while is_larger and request.stream.read(strict_json.MOST_BYTES):
            pass  # A rest that nobody reads costs the client its connection.
    except RequestEntityTooLarge:
        is_larger = True
    except (OSError, ClientDisconnected, ParseException):
        raise ApiError(
            codes.REQUEST_UNREADABLE, "The body could not be read to its end. Send it whole, with its length."
        ) from None
    if is_larger:
        raise ApiError(codes.BODY_TOO_LARGE, "The body is larger than 1 MiB. Send a smaller one.")
    return body


def _query(model) -> dict:
    """What the query has; of those names that may come several times all in a list. `x[]` and `x[0]` are `x`."""
    given: dict = {}
    for written, value in request.args.items(multi=True):
        strict_json.refuse_text(value)
        name = _name(written, model) if "[" in written else written
        if value == "":
            continue
        if name in model.SEVERAL:
            given.setdefault(name, []).append(value)
        else:
            given.setdefault(name, value)
    return given


def _name(written: str, model) -> str:
    """The parameter's name, without the brackets in which some libraries write lists."""
    bracketed = _BRACKETS.fullmatch(written)
    return bracketed[1] if bracketed and bracketed[1] in model.model_fields else written


def _written(answer: Reply, media_type: str) -> Response:
    headers = dict(answer.headers)
    if answer.status in (204, 304):
        response = Response(status=answer.status, headers=headers)
        del response.headers["Content-Type"]
        return response
    mimetype = headers.pop("Content-Type", media_type)
    response = Answer(orjson.dumps(answer.body), answer.status, mimetype=mimetype)
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _field(location: tuple) -> str:
    return ".".join(str(part) for part in location) or "body"


def _code(item: ErrorDetails) -> Code:
    raised = item.get("ctx", {}).get("error")
    return raised.code if isinstance(raised, Wrong) else _CODES.get(_kind(item), WRONG_TYPE)


def _kind(item: ErrorDetails) -> str:
    """What is wrong; a text that is no plain one is counted like a list."""
    is_text = item["type"] == "too_long" and item["ctx"]["field_type"] != "List"
    return "string_too_long" if is_text else item["type"]


def _message(item: ErrorDetails) -> str:
    kind = _kind(item)
    if kind == "value_error":  # One of ours.
        return item["msg"].removeprefix("Value error, ")
    alike = next((known for begins, known in _OF_KINDS.items() if kind.startswith(begins)), "")
    template = _MESSAGES.get(kind) or _MESSAGES.get(alike, _OTHERWISE)
    return template.format(**item["ctx"]) if kind in _WITH_DETAILS else template
