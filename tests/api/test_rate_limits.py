"""Limits by token, and by address without one: told on every answer, refused with a 429 (contract: README)."""

import re
from datetime import timedelta

import pytest

from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.errors import Invalid
from tests.contract.caller import Caller


@pytest.fixture
def limited(client, world):
    """A token of acme's that may make three requests a minute."""
    return Caller(client, tokens.make(world.acme.partner, "Slow", list(PERMITS), rate_limit=3)[1])


def test_every_answer_tells_the_limit_and_the_fourth_request_is_refused(limited):
    for remaining, path, status in ((2, "/catalog/", 200), (1, "/deal/none/", 404), (0, "/nothing/", 404)):
        reply = limited.get(path)
        assert reply.status == status
        assert reply.headers["RateLimit-Policy"] == '"token";q=3;w=60'
        assert re.fullmatch(rf'"token";r={remaining};t=\d+', reply.headers["RateLimit"])
    refused = limited.get("/catalog/")
    assert (refused.status, refused.headers["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert (refused.body["title"], refused.headers["RateLimit"].startswith('"token";r=0')) == (
        "Too many requests",
        True,
    )


def test_a_refused_request_has_no_effect(limited, api):
    for _ in range(3):
        limited.get("/catalog/")
    assert limited.post("/catalog/", {"title": "T", "catalog_code": "t"}).status == 429
    assert limited.delete("/landing/x/").status == 429
    assert limited("HEAD", "/nothing/").status == 429
    assert api.get("/catalog/").body == []


def test_the_limit_is_the_tokens_own(limited, api):
    for _ in range(5):
        limited.get("/catalog/")
    assert api.get("/catalog/").status == 200
    assert limited.get("/catalog/").status == 429


def test_no_tokens_own_limit_is_over_the_installations(client, world):
    """An owner could give a token any limit."""
    old, _ = tokens.make(world.acme.partner, "Fast", list(PERMITS), rate_limit=1000)
    tokens.use_ceiling(3)
    successor, secret = tokens.rotate(old, timedelta(0))
    assert successor.rate_limit == 3
    for token in (world.acme.token, secret):
        assert Caller(client, token).get("/catalog/").headers["RateLimit-Policy"] == '"token";q=3;w=60'
    with pytest.raises(Invalid, match="from 1 to 3"):
        tokens.make(world.acme.partner, "Faster", list(PERMITS), rate_limit=4)


def test_a_429_is_not_kept_under_an_idempotency_key(client, world):
    token, secret = tokens.make(world.acme.partner, "Slow", list(PERMITS), rate_limit=1)
    slow, headers = Caller(client, secret), {"Idempotency-Key": "k"}
    slow.get("/catalog/")
    assert slow.post("/catalog/", {"title": "T", "catalog_code": "t"}, headers=headers).status == 429
    client.application.extensions["limiter"].give_back(f"token:{token.id}", _policy())
    assert slow.post("/catalog/", {"title": "T", "catalog_code": "t"}, headers=headers).status == 200


def _policy():
    from portal.server.limits import Policy

    return Policy("token", 1, 60)


@pytest.mark.settings(open_limit=4)
def test_without_a_working_token_the_address_is_counted(client, world, app):
    for path, headers, status in (
        ("/api/catalog/", {}, 401), ("/api/nothing/", {}, 404), ("/api/catalog/", {"X-API-Key": "rubbish"}, 401), ("/api/openapi.json", {}, 200),
        ("/api/catalog/", {}, 429), ("/api/nothing/", {}, 429), ("/api/openapi.json", {}, 429),
    ):  # fmt: skip
        answer = client.get(path, headers=headers)
        assert (answer.status_code, answer.headers["RateLimit-Policy"]) == (status, '"address";q=4;w=60'), path
    assert client.get("/api/catalog/", headers={"Authorization": world.acme.token}).status_code == 200
