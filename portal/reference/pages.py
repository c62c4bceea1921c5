"""The API reference for people, from the same tables as the OpenAPI description."""

import json
from dataclasses import dataclass

from flask import current_app, render_template

from portal.domain.accounts.permits import PERMITS
from portal.reference.api import openapi

_TITLES = {
    "catalogs": "Catalogs",
    "offers": "Offers",
    "landings": "Landings",
    "deals": "Deals",
    "promo": "Promo checks",
    "reference": "Description",
}


@dataclass(frozen=True)
class Field:
    """A field of a body, or a parameter."""

    name: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True)
class Endpoint:
    """One endpoint as the page shows it."""

    anchor: str
    method: str
    path: str
    summary: str
    text: str
    permit: str | None
    meaning: str | None
    fields: list[Field]
    parameters: list[Field]
    curl: str
    status: str
    answer: str | None


def docs():
    """Every endpoint, by what it is about, with a request to paste and the answer to expect."""
    base = current_app.config["SETTINGS"].public_url
    return render_template("reference/docs.html", groups=_groups(openapi(), base), base=base)


def _groups(description: dict, base: str) -> dict[str, list[Endpoint]]:
    groups: dict[str, list[Endpoint]] = {}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            endpoint = _endpoint(path, method, operation, description["components"]["schemas"], base)
            groups.setdefault(_TITLES.get(operation["tags"][0], operation["tags"][0]), []).append(endpoint)
    return groups


def _endpoint(path: str, method: str, operation: dict, schemas: dict, base: str) -> Endpoint:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    status = next(iter(operation["responses"]))
    answer = operation["responses"][status].get("content", {}).get("application/json", {}).get("example")
    permit = operation.get("x-permit")
    return Endpoint(
        anchor=operation["operationId"].replace(".", "-"),
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        text=operation["description"],
        permit=permit,
        meaning=PERMITS.get(permit),
        fields=_fields(schemas[content["schema"]["$ref"].rsplit("/", 1)[1]]) if content else [],
        parameters=[_parameter(one) for one in operation["parameters"] if one["in"] == "query"],
        curl=_curl(base, path, method.upper(), content, permit is not None),
        status=status,
        answer=json.dumps(answer, indent=2, ensure_ascii=False) if answer is not None else None,
    )


def _fields(schema: dict) -> list[Field]:
    required = schema.get("required", [])
    return [
        Field(name, _type(field), name in required, field.get("description", ""))
        for name, field in schema["properties"].items()
    ]


def _parameter(parameter: dict) -> Field:
    return Field(parameter["name"], _type(parameter["schema"]), parameter["required"], parameter.get("description", ""))


def _type(field: dict) -> str:
    allowed = field.get("enum") or field.get("const")
    if isinstance(allowed, list):
        return ", ".join(str(word) for word in allowed if word is not None)
    if "$ref" in field:
        return field["$ref"].rsplit("/", 1)[1]
    if "anyOf" in field:
        kinds = dict.fromkeys(_type(one) for one in field["anyOf"])
        return " or ".join(kind for kind in kinds if kind != "null")
    if field.get("type") == "array":
        items = field.get("items", {})
        return f"list of {_type(items)}" if len(items.get("enum", ())) < 12 else "list of codes"
    return field.get("format") or field.get("type", "anything")


def _curl(base: str, path: str, method: str, content: dict | None, needs_token: bool) -> str:
    lines = [f"curl -X {method} '{base}{path}'"]
    if needs_token:
        lines.append("-H 'Authorization: <your token>'")
    if content and "example" in content:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d '{json.dumps(content['example'])}'")
    return " \\\n  ".join(lines)
