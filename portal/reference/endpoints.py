"""The OpenAPI description as the page shows it: endpoints with their fields, and the objects that they answer."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlencode

from portal.api import prose
from portal.domain.accounts.tokens.permits import PERMITS


@dataclass(frozen=True)
class Field:
    """A field of an object, or a parameter; `leads_to` is the object that it holds."""

    name: str
    type: str
    required: bool
    text: str
    leads_to: str | None = None


@dataclass(frozen=True)
class Endpoint:
    """One endpoint, with every method that does the same."""

    anchor: str
    methods: list[str]
    path: str
    summary: str
    text: str
    permit: str | None
    meaning: str | None
    fields: list[Field]
    parameters: list[Field]
    curl: str
    status: str
    answers: Field | None
    example: str | None
    refusals: dict[str, str]


@dataclass
class Group:
    """What is about the same kind of thing."""

    title: str
    text: str
    endpoints: list[Endpoint] = field(default_factory=list)


def groups(description: dict, base: str) -> list[Group]:
    """Every endpoint, by what it is about."""
    found = {tag["name"]: Group(tag["x-displayName"], tag["description"]) for tag in description["tags"]}
    for path, operations in description["paths"].items():
        alike: dict[tuple, Endpoint] = {}
        for method, operation in operations.items():
            same = (operation["summary"], operation["tags"][0])
            if same in alike:
                alike[same].methods.append(method.upper())
                continue
            alike[same] = _endpoint(path, method, operation, description["components"]["schemas"], base)
            found[operation["tags"][0]].endpoints.append(alike[same])
    return list(found.values())


def objects(description: dict) -> dict[str, tuple[str, list[Field]]]:
    """The objects that answers, and lists in bodies, are made of, by name: what each is, and its fields."""
    schemas = description["components"]["schemas"]
    operations = [one for methods in description["paths"].values() for one in methods.values()]
    bodies = [_body(operation) for operation in operations if "requestBody" in operation]
    parts = [operation["responses"] for operation in operations] + [schemas[name] for name in bodies]
    return {
        name: (schemas[name].get("description", ""), _fields(schemas[name])) for name in sorted(_held(parts, schemas))
    }


def _held(parts: list, schemas: dict) -> set[str]:
    """The names of all objects that these parts refer to, and those refer to."""
    found: set[str] = set()
    while parts:
        part = parts.pop()
        parts += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        name = _named(part) if isinstance(part, dict) else None
        if name and name not in found:
            found.add(name)
            parts.append(schemas[name])
    return found


def _body(operation: dict) -> str:
    return _object_in(operation["requestBody"]["content"]["application/json"]["schema"]) or ""


def _endpoint(path: str, method: str, operation: dict, schemas: dict, base: str) -> Endpoint:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    status = next(iter(operation["responses"]))
    answered = operation["responses"][status].get("content", {}).get("application/json", {})
    example = answered.get("example")
    permit = operation.get("x-permit")
    return Endpoint(
        anchor=operation["operationId"].replace(".", "-"),
        methods=[method.upper()],
        path=path,
        summary=operation["summary"],
        text=operation["description"],
        permit=permit,
        meaning=PERMITS.get(permit) if permit else None,
        fields=_fields(schemas[_body(operation)]) if content else [],
        parameters=[_parameter(one) for one in operation["parameters"] if one["in"] in ("path", "query")],
        curl=_curl(base, path + _query(operation), method.upper(), content, operation.get("security")),
        status=status,
        answers=_field("", answered["schema"], True) if "$ref" in str(answered.get("schema")) else None,
        example=json.dumps(example, indent=2, ensure_ascii=False) if example is not None else None,
        refusals={
            code: answer["description"] for code, answer in operation["responses"].items() if code in ("400", "404")
        },
    )


def _fields(schema: dict) -> list[Field]:
    required = schema.get("required", [])
    return [_field(name, one, name in required) for name, one in schema["properties"].items()]


def _field(name: str, schema: dict, required: bool) -> Field:
    return Field(name, _type(schema), required, schema.get("description", ""), _object_in(schema))


def _parameter(parameter: dict) -> Field:
    return Field(parameter["name"], _type(parameter["schema"]), parameter["required"], parameter["description"])


def _named(schema: dict) -> str | None:
    reference = schema.get("$ref")
    return reference.rsplit("/", 1)[1] if isinstance(reference, str) else None


def _object_in(schema: dict) -> str | None:
    inside = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    return next((name for name in map(_named, inside) if name), None)


def _type(schema: dict) -> str:
    allowed = schema.get("enum")
    if allowed:
        words = ", ".join(str(word) for word in allowed if word is not None)
        return f"{words} or null" if None in allowed else words
    if "anyOf" in schema:
        kinds = dict.fromkeys(_type(one) for one in schema["anyOf"])
        return " or ".join(kinds)
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return f"list of {_type(items)}" if len(items.get("enum", ())) < 12 else "list of codes"
    return _named(schema) or schema.get("format") or schema.get("type", "anything")


def _query(operation: dict) -> str:
    """The sample's query, of the parameters that have an example."""
    shown = {one["name"]: one["example"] for one in operation["parameters"] if "example" in one}
    return f"?{urlencode(shown)}" if shown else ""


def _curl(base: str, path: str, method: str, content: dict | None, security: list | None) -> str:
    lines = [f"curl '{base}{path}'" if method == "GET" else f"curl -X {method} '{base}{path}'"]
    for scheme in security[0] if security else ():
        is_member = scheme == prose.MEMBER_TOKEN
        lines.append("-H 'Authorization: Bearer <the member’s token>'" if is_member else f"-H '{scheme}: <your token>'")
    if content and "example" in content:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d '{json.dumps(content['example'], indent=2)}'")
    return " \\\n  ".join(lines)
