"""The OpenAPI 3.1 description of the API, made from the routes' tables, so that it cannot differ from what is served."""

from functools import cache

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from portal.api import form_body, prose
from portal.api.changes import CHANGES
from portal.api.credentials import HEADERS
from portal.api.errors import PROBLEM
from portal.api.responses import EFFECTS, PARAMETER, errors_of, model_of, of_route, sentences


def describe(routes: list, public_url: str) -> dict:
    """The description of these routes."""
    described = [route for route in routes if route.is_api]
    references, schemas = _schemas(described)
    paths: dict = {}
    for route in described:
        for method in route.methods:
            path = PARAMETER.sub(r"{\1}", route.spellings[0])
            paths.setdefault(path, {})[method.lower()] = _operation(route, method, references)
    for family in {route.family.prefix + str(id(route.family)): route.family for route in described}.values():
        paths |= family.pages
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Partner portal",
            "version": CHANGES[0].version,
            "description": prose.INTRODUCTION,
        },
        "servers": [{"url": public_url}],
        "tags": _tags(described),
        "paths": paths,
        "components": {
            "schemas": schemas | {shape.name: shape.schema for shape in (PROBLEM, *map(errors_of, described))},
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": name, "description": prose.CREDENTIAL}
                for name in HEADERS
            }
            | {prose.MEMBER_TOKEN: {"type": "http", "scheme": "bearer", "description": prose.OF_MEMBERS}},
        },
    }


def _tags(routes: list) -> list[dict]:
    used = {_tag(route): route.family.tags[_tag(route)] for route in routes}
    return [{"name": name, "x-displayName": tag.title, "description": tag.text} for name, tag in used.items()]


def _tag(route) -> str:
    return route.endpoint.split(".")[0]


def _admission(route):
    return route.family.admissions[route.access.kind]


def _schemas(routes: list) -> tuple[dict, dict]:
    """References by model and mode, and the schemas they lead to."""
    bodies: set[tuple[type[BaseModel], JsonSchemaMode]] = {(route.body, "validation") for route in routes if route.body}
    answers: set[tuple[type[BaseModel], JsonSchemaMode]] = {
        (model_of(route.answer), "serialization") for route in routes if route.answer
    }
    wanted = sorted(bodies | answers, key=lambda pair: pair[0].__name__)
    references, definitions = models_json_schema(wanted, ref_template="#/components/schemas/{model}", by_alias=True)
    schemas = definitions.get("$defs", {})
    for schema in schemas.values():
        _drop_null_defaults(schema)
    return references, schemas


def _drop_null_defaults(schema: dict) -> None:
    """A field that may be left out has no default that its schema would have to allow."""
    for field in schema.get("properties", {}).values():
        if "default" in field and field["default"] is None:
            del field["default"]


def _name(route, method: str) -> str:
    """What a client calls the operation. PUT does what PATCH does, and must be called otherwise."""
    name = route.operation or route.endpoint.replace(".", "_")
    return f"{name}_by_put" if method == "PUT" and "PATCH" in route.methods else name


def _operation(route, method: str, references: dict) -> dict:
    operation = {
        "summary": route.summary,
        "description": sentences(route.view.__doc__ or ""),
        "operationId": _name(route, method),
        "tags": [_tag(route)],
        "parameters": [
            *_path_parameters(route),
            *_query_parameters(route),
            *_header_parameters(route),
            *_key_parameter(route, method),
        ],
        "responses": of_route(route, method, references),
    }
    admission = _admission(route)
    if admission.needs_token or admission.takes_token:
        operation["security"] = _ways(route, admission) + [{}] * admission.takes_token
        if route.access.names:
            operation["x-permit"] = route.access.named()
    if route.body:
        content = {"schema": _body(route, references)}
        if route.example:
            content["example"] = route.example
        forms = (form_body.MEDIA_TYPE,) * route.body_may_be_form
        types = dict.fromkeys(("application/json", route.media_type, *forms), content)
        operation["requestBody"] = {"required": not route.body_is_optional, "content": types}
    return operation


def _ways(route, admission) -> list[dict]:
    """What lets a request in: the client's token in one of the headers, and what goes with it."""
    return [
        {scheme: [] for scheme in (name, *beside)}
        for beside in admission.bearers(route)
        for name in route.family.headers
    ]


def _body(route, references: dict) -> dict:
    flat = references[(route.body, "validation")]
    if not route.body_may_be_wrapped:
        return flat
    data = {"type": "object", "required": ["attributes"], "properties": {"attributes": flat}}
    return {"anyOf": [flat, {"type": "object", "required": ["data"], "properties": {"data": data}}]}


def _path_parameters(route) -> list[dict]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": route.family.path_parameters[name],
            "schema": {"type": "string", "minLength": 1},
        }
        for name in PARAMETER.findall(route.path)
    ]


def _query_parameters(route) -> list[dict]:
    if route.query is None:
        return []
    schema = _query_schema(route.query)
    required = schema.get("required", [])
    return [_query_parameter(name, field, name in required) for name, field in schema["properties"].items()]


def _query_parameter(name: str, field: dict, required: bool) -> dict:
    schema = {key: value for key, value in field.items() if key not in ("description", "examples")}
    parameter = {"name": name, "in": "query", "required": required, "description": field["description"]}
    if "examples" in field:
        parameter["example"] = field["examples"][0]
    return parameter | {"schema": schema}


@cache
def _query_schema(model) -> dict:
    schema = TypeAdapter(model).json_schema()
    _drop_null_defaults(schema)
    return schema


def _header_parameters(route) -> list[dict]:
    admission = _admission(route)
    return [
        {
            "name": name,
            "in": "header",
            "required": not admission.takes_token,
            "description": description,
            "schema": {"type": "string"},
        }
        for name, description in admission.asks.items()
    ]


def _key_parameter(route, method: str) -> list[dict]:
    if method not in EFFECTS or not _admission(route).keeps:
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
