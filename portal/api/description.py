"""The OpenAPI 3.1 description of the API, made from the routes' tables, so that it cannot differ from what is served."""

import re
from functools import cache

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What failed, and how to mend it"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_REFUSALS = {
    400: "The request cannot be taken, or a rule is broken; `errors` names the fields",
    401: "No token, an unknown one, or two different ones",
    403: "The token lacks the permit, or its partner is not confirmed",
    404: "Not here: missing, or another partner's",
    409: "Another request with the same Idempotency-Key still runs, or changed the same thing at the same moment",
    413: "The body is larger than 1 MiB",
    422: "The Idempotency-Key was used with another request",
    429: "Too many requests; Retry-After says when to try again",
    503: "The database cannot be reached or written right now; Retry-After says when to try again",
}
_HEADERS = ("Authorization", "X-API-Key", "X-API-Token", "X-Client-Authorization")


def describe(routes: list, public_url: str) -> dict:
    """The description of these routes."""
    described = [route for route in routes if route.is_api]
    references, schemas = _schemas(described)
    paths: dict = {}
    for route in described:
        for method in route.methods:
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)
            path = path if path.endswith(".json") else path + "/"
            paths.setdefault(path, {})[method.lower()] = _operation(route, method, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Partner portal",
            "version": "1",
            "description": "A trailing slash is optional on every path. Money is a JSON number in units of its currency.",
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "securitySchemes": {name: {"type": "apiKey", "in": "header", "name": name} for name in _HEADERS},
        },
    }


def _schemas(routes: list) -> tuple[dict, dict]:
    """References by model and mode, and the schemas they lead to."""
    bodies = {(route.body, "validation") for route in routes if route.body}
    answers = {(_model(route.answer), "serialization") for route in routes if route.answer}
    wanted = sorted(bodies | answers, key=lambda pair: pair[0].__name__)
    references, definitions = models_json_schema(wanted, ref_template="#/components/schemas/{model}", by_alias=True)
    return references, definitions.get("$defs", {})


def _model(answer):
    return answer.__args__[0] if hasattr(answer, "__args__") else answer


def _operation(route, method: str, references: dict) -> dict:
    operation = {
        "summary": route.summary,
        "description": " ".join((route.view.__doc__ or "").split()),
        "operationId": f"{route.endpoint}.{method.lower()}",
        "tags": [route.endpoint.split(".")[0]],
        "parameters": [*_path_parameters(route), *_query_parameters(route), *_key_parameter(method)],
        "responses": {str(route.status): _success(route, references), **_refusals(route, method)},
    }
    if route.access.needs_token:
        operation["security"] = [{name: []} for name in _HEADERS]
        operation["x-permit"] = route.access.named()
    if route.body:
        content = {"schema": references[(route.body, "validation")]}
        if route.example:
            content["example"] = route.example
        operation["requestBody"] = {"required": not route.body_is_optional, "content": {"application/json": content}}
    return operation


def _success(route, references: dict) -> dict:
    if route.answer is None:
        return {"description": "Done; no body" if route.status == 204 else "Done"}
    reference = references[(_model(route.answer), "serialization")]
    schema = {"type": "array", "items": reference} if hasattr(route.answer, "__args__") else reference
    content = {"schema": schema}
    if route.answer_example is not None:
        content["example"] = route.answer_example
    return {"description": "Done", "content": {"application/json": content}}


def _refusals(route, method: str) -> dict:
    statuses = {400, 429, 503}
    if route.access.needs_token:
        statuses |= {401, 403}
    if "<" in route.path or "catalog_id" in getattr(route.query, "model_fields", {}) or "promo" in route.path:
        statuses.add(404)
    if method in ("POST", "PUT", "PATCH"):
        statuses |= {409, 413, 422}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": _REFUSALS[status], "content": content} for status in sorted(statuses)}


def _path_parameters(route) -> list[dict]:
    names = re.findall(r"<(?:\w+:)?(\w+)>", route.path)
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in names
    ]


def _query_parameters(route) -> list[dict]:
    if route.query is None:
        return []
    schema = _query_schema(route.query)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": field}
        for name, field in schema["properties"].items()
    ]


@cache
def _query_schema(model) -> dict:
    return TypeAdapter(model).json_schema()


def _key_parameter(method: str) -> list[dict]:
    if method not in ("POST", "PUT", "PATCH"):
        return []
    text = "Makes a repeat of the request harmless for 24 hours: it gets the first one's answer"
    schema = {"type": "string", "minLength": 1, "maxLength": 255}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "description": text, "schema": schema}]
