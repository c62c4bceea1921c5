"""The OpenAPI 3.1 description of the API, made from the routes' tables, so that it cannot differ from what is served."""

import re
from functools import cache

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from portal.api import prose
from portal.api.fields import Page

_WRONG_FIELD = {
    "type": "object",
    "required": ["field", "message"],
    "properties": {
        "field": {"type": "string", "description": "Its name; what is inside a list is written `prices.0.cost`."},
        "message": {"type": "string", "description": "What is wrong with it, and how to mend it."},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "A refusal, as RFC 9457 shapes it.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Always `about:blank`."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What failed, and how to mend it."},
        "errors": {
            "type": "array",
            "description": "The fields that are wrong, where it is about fields.",
            "items": _WRONG_FIELD,
        },
    },
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
            "description": prose.INTRODUCTION,
        },
        "servers": [{"url": public_url}],
        "tags": _tags(described),
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": name, "description": prose.CREDENTIAL}
                for name in _HEADERS
            },
        },
    }


def _tags(routes: list) -> list[dict]:
    used = dict.fromkeys(_tag(route) for route in routes)
    return [{"name": name, "x-displayName": prose.TAGS[name][0], "description": prose.TAGS[name][1]} for name in used]


def _tag(route) -> str:
    return route.endpoint.split(".")[0]


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
        "description": _paragraphs(route.view.__doc__ or ""),
        "operationId": f"{route.endpoint}.{method.lower()}",
        "tags": [_tag(route)],
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


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _success(route, references: dict) -> dict:
    if route.answer is None:
        return {"description": "Done; no body" if route.status == 204 else "Done"}
    is_paged = isinstance(route.query, type) and issubclass(route.query, Page)
    reference = references[(_model(route.answer), "serialization")]
    schema = {"type": "array", "items": reference} if hasattr(route.answer, "__args__") else reference
    content = {"schema": schema}
    if route.answer_example is not None:
        content["example"] = route.answer_example
    answered = {
        "description": "A page of the list" if is_paged else _paragraphs(_model(route.answer).__doc__ or "Done")
    }
    if is_paged:
        answered["headers"] = {"Link": {"description": prose.NEXT_PAGE, "schema": {"type": "string"}}}
    return answered | {"content": {"application/json": content}}


def _refusals(route, method: str) -> dict:
    statuses = {400, 429, 503}
    if route.access.needs_token:
        statuses |= {401, 403}
    if "<" in route.path or "catalog_id" in getattr(route.query, "model_fields", {}) or "promo" in route.path:
        statuses.add(404)
    if method in ("POST", "PUT", "PATCH"):
        statuses |= {409, 413, 422}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": prose.REFUSALS[status], "content": content} for status in sorted(statuses)}


def _path_parameters(route) -> list[dict]:
    names = re.findall(r"<(?:\w+:)?(\w+)>", route.path)
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": prose.PATH_PARAMETERS[name],
            "schema": {"type": "string", "minLength": 1},
        }
        for name in names
    ]


def _query_parameters(route) -> list[dict]:
    if route.query is None:
        return []
    schema = _query_schema(route.query)
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": field["description"],
            "schema": {key: value for key, value in field.items() if key != "description"},
        }
        for name, field in schema["properties"].items()
    ]


@cache
def _query_schema(model) -> dict:
    return TypeAdapter(model).json_schema()


def _key_parameter(method: str) -> list[dict]:
    if method not in ("POST", "PUT", "PATCH"):
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 255}
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": prose.IDEMPOTENCY_KEY,
            "schema": schema,
        }
    ]
