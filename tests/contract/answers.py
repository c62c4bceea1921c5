"""Does an answer keep to the description that the API gives of itself? Every contract test asks this of every answer."""

import re
from functools import cache

try:
    import jsonschema_rs
except ImportError:  # pragma: no cover - part of the development requirements
    jsonschema_rs = None

OURS = (
    "Allow", "Idempotent-Replayed", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "WWW-Authenticate", "X-Request-Id",
)  # fmt: skip


class Description:
    """The served OpenAPI document, asked by method and path."""

    def __init__(self, document: dict):
        self.document = document
        self._paths = [
            (re.compile(re.sub(r"\{\w+\}", "[^/]+", path.rstrip("/")) + "/?"), path) for path in document["paths"]
        ]
        self._validator = cache(self._made)

    def check(self, method: str, path: str, status: int, media: str, body, headers=None) -> None:
        """Fail when the answer's status, headers, media type or body is not the described one."""
        template = next((path_ for pattern, path_ in self._paths if pattern.fullmatch(path.split("?")[0])), None)
        operations = self.document["paths"].get(template, {})
        operation = operations.get("get" if method == "HEAD" else method.lower())
        if status == 405:  # That verb is not described; the others tell of it.
            operation = next(iter(operations.values()), None)
        if operation is None:
            return
        assert str(status) in operation["responses"], f"{method} {template} does not describe {status}"
        answer = operation["responses"][str(status)]
        content = answer.get("content", {})
        _check_headers(answer["headers"], headers or {}, f"{method} {template} {status}")
        if body is None:
            return
        assert media in content, f"{method} {template} {status} does not describe {media}"
        self.valid(content[media]["schema"], body)

    def valid(self, schema: dict, value) -> None:
        """Fail when the value does not fit the schema."""
        if jsonschema_rs is not None:
            self._validator(repr(schema)).validate(value)

    def _made(self, schema: str):
        whole = {**eval(schema), "components": self.document["components"]}
        return jsonschema_rs.validator_for(whole)


def _check_headers(described: dict, headers, where: str) -> None:
    for name in OURS:
        assert name in described or name not in headers, f"{where} does not describe {name}"
        is_required = headers and described.get(name, {}).get("required")
        assert not is_required or name in headers, f"{where} lacks {name}"
