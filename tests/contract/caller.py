"""An integrator's client: one token, bodies as they would be sent, answers as they came."""

import json
from dataclasses import dataclass

from tests.contract.answers import Description

_descriptions: dict = {}


@dataclass
class Reply:
    """What came back."""

    status: int
    body: object
    headers: object
    raw: bytes

    @property
    def fields(self) -> list[str]:
        """The fields that a 400 names."""
        return [error["field"] for error in self.body.get("errors", [])]


class Caller:
    """`api.post("/deal/", {...})`: a request with the token, its answer checked against the API's own description."""

    def __init__(self, client, token: str | None, description: Description | None = None):
        self.client, self.token = client, token
        self.description = description or _description_of(client)

    def __call__(self, method: str, path: str, body=None, headers: dict | None = None) -> Reply:
        credentials = {"Authorization": self.token} if self.token else {}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        response = self.client.open(f"/api{path}", method=method, data=data, headers={**credentials, **(headers or {})})
        shown = json.loads(response.data) if response.data else None
        self.description.check(method, f"/api{path}", response.status_code, response.mimetype, shown, response.headers)
        return Reply(response.status_code, shown, response.headers, response.data)

    def get(self, path: str, **more) -> Reply:
        return self("GET", path, **more)

    def post(self, path: str, body=None, **more) -> Reply:
        return self("POST", path, body, **more)

    def put(self, path: str, body=None, **more) -> Reply:
        return self("PUT", path, body, **more)

    def patch(self, path: str, body=None, **more) -> Reply:
        return self("PATCH", path, body, **more)

    def delete(self, path: str, **more) -> Reply:
        return self("DELETE", path, **more)

    def made(self, path: str, body: dict) -> dict:
        """Make something, which must succeed; the answer's body."""
        reply = self.post(path, body)
        assert reply.status in (200, 201), reply.body
        return reply.body

    def refused(self, method: str, path: str, body=None) -> list[str]:
        """The fields that the 400 of this request names."""
        reply = self(method, path, body)
        assert reply.status == 400, (reply.status, reply.body)
        assert reply.headers["Content-Type"] == "application/problem+json"
        return reply.fields


def _description_of(client) -> Description:
    app = client.application
    if app not in _descriptions:
        _descriptions[app] = Description(json.loads(app.test_client().get("/api/openapi.json").data))
    return _descriptions[app]
