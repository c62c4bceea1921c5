"""The OpenAPI 3.1 description of the API, made from the routes' tables, so that it cannot differ from what is served."""

import re
from functools import cache

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from portal.api import prose
from portal.api.credentials import HEADERS

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_EFFECTS = ("POST", "PUT", "PATCH")


def describe(routes: list, public_url: str) -> dict:
    """The description of these routes."""
    described = [route for route in routes if route.is_api]
    references, schemas = _schemas(described)
    paths: dict = {}
    for route in described:
        for method in route.methods:
            path = _PARAMETER.sub(r"{\1}", route.spellings[0])
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
            "schemas": schemas | {shape.name: shape.schema for shape in map(_errors, described)},
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": name, "description": prose.CREDENTIAL}
                for name in HEADERS
            },
        },
    }


def _tags(routes: list) -> list[dict]:
    used = {_tag(route): route.family.tags[_tag(route)] for route in routes}
    return [{"name": name, "x-displayName": tag.title, "description": tag.text} for name, tag in used.items()]


def _tag(route) -> str:
    return route.endpoint.split(".")[0]


def _errors(route):
    """The shape of a route's refusals."""
    return route.errors or route.family.errors


def _admission(route):
    return route.family.admissions[route.access.kind]


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
    if _admission(route).needs_token:
        operation["security"] = [{name: []} for name in route.family.headers]
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
    paging = route.family.paging
    is_paged = isinstance(route.query, type) and issubclass(route.query, paging.query)
    reference = references[(_model(route.answer), "serialization")]
    schema = {"type": "array", "items": reference} if hasattr(route.answer, "__args__") else reference
    content = {"schema": schema}
    if route.answer_example is not None:
        content["example"] = route.answer_example
    answered = {
        "description": "A page of the list" if is_paged else _paragraphs(_model(route.answer).__doc__ or "Done")
    }
    if is_paged:
        answered["headers"] = paging.headers
    return answered | {"content": {"application/json": content}}


def _refusals(route, method: str) -> dict:
    statuses = {400, 429, 503, *_admission(route).refuses, *route.refuses}
    if _PARAMETER.search(route.path):
        statuses.add(404)
    if method in _EFFECTS:
        statuses |= {409, 413, 422, *route.family.statuses.values()} - ({404} - statuses)
    shape = _errors(route)
    content = {shape.media_type: {"schema": {"$ref": f"#/components/schemas/{shape.name}"}}}
    return {str(status): {"description": prose.REFUSALS[status], "content": content} for status in sorted(statuses)}


def _path_parameters(route) -> list[dict]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": route.family.path_parameters[name],
            "schema": {"type": "string", "minLength": 1},
        }
        for name in _PARAMETER.findall(route.path)
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
    if method not in _EFFECTS:
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
