"""One kind of token, in any of the families' headers; what makes it work, and what ends it."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest

from portal import clock
from portal.api import credentials
from portal.database import database
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.permits import CATALOGS_READ
from portal.domain.identifiers import new_token

HEADERS = ("Authorization", "X-API-Key", "X-API-Token", "X-Client-Authorization")


def status(client, headers: dict, path: str = "/api/catalog/") -> int:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200 or answer.mimetype == "application/problem+json"
    assert ("WWW-Authenticate" in answer.headers) == (answer.status_code == 401)
    return answer.status_code


def test_a_token_is_taken_in_each_header_bare_or_as_bearer(client, world):
    for header in HEADERS:
        assert status(client, {header: world.acme.token}) == 200
    for written in (f"Bearer {world.acme.token}", f"bearer  {world.acme.token}", f" {world.acme.token} "):
        assert status(client, {"Authorization": written}) == 200, written
    assert status(client, dict.fromkeys(HEADERS, world.acme.token)) == 200


def test_two_different_tokens_are_a_401(client, world):
    assert status(client, {"Authorization": world.acme.token, "X-API-Key": world.rival.token}) == 401
    assert status(client, {"Authorization": world.acme.token, "X-API-Token": "rubbish"}) == 401


@pytest.mark.parametrize("header", ["", " ", "Bearer", "Bearer ", "Basic YTpi", "Token x", "x" * 8000, "pp_live_", "ß"])
def test_what_is_no_token_is_a_401(client, world, header):
    assert status(client, {"Authorization": header}) == 401


def test_a_token_in_the_url_or_a_cookie_is_no_credential(client, world):
    assert (
        status(
            client,
            {},
            f"/api/catalog/?token={world.acme.token}&Authorization={world.acme.token}&api_key={world.acme.token}",
        )
        == 401
    )
    assert status(client, {"Cookie": f"Authorization={world.acme.token}"}) == 401


def test_the_portals_session_is_never_accepted(world):
    visitor = world.as_("acme", "owner")
    for answer in (visitor.get("/api/catalog/"), visitor.post("/api/catalog/", {"title": "T", "catalog_code": "t"})):
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)


@pytest.fixture
def queries(client, monkeypatch):
    """The statements that a request runs."""
    seen = []
    execute = type(database.obj).execute_sql
    monkeypatch.setattr(
        type(database.obj), "execute_sql", lambda self, sql, *more: seen.append(sql) or execute(self, sql, *more)
    )
    return seen


def test_a_mistyped_token_costs_no_query(client, world, queries):
    mistyped = world.acme.token[:-1] + ("a" if world.acme.token[-1] != "a" else "b")
    for token in (
        mistyped,
        world.acme.token[:-1],
        world.acme.token + "0",
        world.acme.token.replace("live", "test"),
        world.acme.token.upper(),
    ):
        assert status(client, {"Authorization": token}) == 401
    assert queries == []
    assert status(client, {"Authorization": new_token("live")}) == 401
    assert len(queries) == 1


def test_an_expired_token_ends_by_the_partners_clock(client, world):
    ends = clock.now() + timedelta(minutes=1)
    secret = tokens.make(world.acme.partner, "Short", list(PERMITS), expires_at=ends)[1]
    assert status(client, {"Authorization": secret}) == 200
    ClientToken.update(expires_at=clock.now()).where(ClientToken.name == "Short").execute()
    credentials._cache.clear()
    assert status(client, {"Authorization": secret}) == 401


def test_a_revoked_token_is_refused_within_a_second_as_its_page_says(client, world, monkeypatch):
    token, secret = tokens.make(world.acme.partner, "Gone", list(PERMITS))
    assert status(client, {"Authorization": secret}) == 200
    tokens.revoke(token)
    later = time.monotonic() + 1
    monkeypatch.setattr(credentials, "time", SimpleNamespace(monotonic=lambda: later))
    assert status(client, {"Authorization": secret}) == 401


def test_an_unconfirmed_partners_token_is_a_403_that_says_so(client, world):
    Partner.update(confirmed_at=None).where(Partner.id == world.acme.id).execute()
    answer = client.get("/api/catalog/", headers={"Authorization": world.acme.token})
    assert answer.status_code == 403
    assert "not confirmed" in answer.json["detail"]


def test_a_missing_permit_is_a_403_that_names_it(client, world):
    secret = tokens.make(world.acme.partner, "Reader", [CATALOGS_READ])[1]
    for method, path, permit in (
        ("POST", "/api/catalog/", "Affiliate:Catalogs:Write"),
        ("PATCH", "/api/offer/x/", "Affiliate:Catalogs:Write"),
        ("DELETE", "/api/landing/x/", "Affiliate:Catalogs:Write"),
        ("GET", "/api/deal/", "Affiliate:Deals:Read"),
        ("POST", "/api/deal/", "Affiliate:Deals:Write"),
        ("GET", "/api/promo/check_uuid/", "Affiliate:Promo:Check"),
    ):
        answer = client.open(path, method=method, headers={"Authorization": secret}, data=b"{}")
        assert (answer.status_code, permit in answer.json["detail"]) == (403, True), path
    assert status(client, {"Authorization": secret}) == 200


def test_a_test_token_sees_its_twin_alone(client, world):
    twin = world.acme.twin()
    made = client.post("/api/catalog/", json={"title": "T", "catalog_code": "t"}, headers={"Authorization": twin.token})
    assert made.status_code == 200
    assert client.get("/api/catalog/", headers={"Authorization": world.acme.token}).json == []
    assert len(client.get("/api/catalog/", headers={"Authorization": twin.token}).json) == 1


def test_its_last_use_is_noted(client, world):
    status(client, {"Authorization": world.acme.token})
    assert ClientToken.get(ClientToken.partner == world.acme.id).last_used_at is not None
