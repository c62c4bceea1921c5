"""What is made with less work is what the libraries make."""

import pytest
from flask import Flask, Response
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from portal import Portal
from portal.server.answer import Answer, put

ANSWERS = [
    {"response": b"{}", "status": 200, "mimetype": "application/json"},
    {"response": b"{}", "status": 422, "headers": {"X-Request-Id": "1"}},
    {"response": [b"a", b"b"], "status": 200},
    {"response": iter([b"a"]), "status": 200},
    {"response": b"", "status": 204},
    {"response": b"", "status": 304, "headers": {"ETag": '"1"', "Last-Modified": "never"}},
    {"response": b"on", "status": 303, "headers": {"location": "/suche?q=größe"}},
    {"response": b"on", "status": 201, "headers": {"Content-Location": "/ä"}},
    {"response": b"", "status": 103},
]
ADDRESSES = [
    {"path": "/deals", "query_string": "q=1", "headers": {"Host": "Portal.Example:443"}, "base_url": "https://a/"},
    {"path": "//evil.example/x", "headers": {"Host": "portal.example:80"}},
    {"path": "/größe/%2F", "headers": {"Host": "bücher.example"}},
    {"path": "/", "headers": {"Host": "no host"}},
    {"path": "/", "headers": {"Host": "a" * 64 + ".example:8000"}},
    {"path": "/", "base_url": "http://portal.example/under/"},
    {"path": "/live", "headers": {"Connection": "Upgrade", "Upgrade": "websocket"}},
]


@pytest.mark.parametrize("given", ANSWERS)
def test_an_answer_has_the_headers_that_flask_sends(given):
    environ = EnvironBuilder().get_environ()
    assert [*Answer(**given).get_wsgi_headers(environ)] == [*Response(**given).get_wsgi_headers(environ)]


def test_known_headers_are_added_to_those_of_the_same_name():
    headers = Headers([("Vary", "Cookie")])
    put(headers, ("Vary", "HX-Request"), ("X-Request-Id", "1"))
    assert headers.getlist("vary") == ["Cookie", "HX-Request"]
    assert headers["x-request-id"] == "1"


def found(app: type[Flask], given: dict) -> dict | int:
    """What finds the route of such a request, or the status of its refusal."""
    made = app(__name__)
    try:
        return {**vars(made.create_url_adapter(made.request_class(EnvironBuilder(**given).get_environ()))), "map": None}
    except HTTPException as refusal:
        return refusal.code


@pytest.mark.parametrize("given", ADDRESSES)
def test_a_route_is_found_by_what_flask_finds_it_by(given):
    assert found(Portal, given) == found(Flask, given)
