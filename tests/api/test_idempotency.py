"""Idempotency-Key: one effect and one answer, however often a request is sent (contract: README)."""

import json
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import requests

from portal.api import idempotency
from portal.api.idempotency import LASTS_MICROS
from portal.database import database
from portal.domain.accounts.tables import ClientToken
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.events.tables import Event
from portal.domain.offers.tables import Catalog
from tests.contract.caller import Caller

BODY = {"title": "T", "catalog_code": "t"}


def key(value: str) -> dict:
    return {"headers": {"Idempotency-Key": value}}


def test_a_repeat_gets_the_first_answer_and_has_no_effect(api):
    first = api.post("/catalog/", BODY, **key("k-1"))
    events = Event.select().count()
    for repeated in (api.post("/catalog/", BODY, **key("k-1")), api.post("/catalog", BODY, **key('"k-1"'))):
        assert (repeated.status, repeated.body) == (first.status, first.body)
        assert repeated.headers["Idempotent-Replayed"] == "true"
        assert repeated.headers["Content-Type"] == first.headers["Content-Type"]
    assert "Idempotent-Replayed" not in first.headers
    assert (Catalog.select().count(), Event.select().count()) == (1, events)


def test_a_created_answer_keeps_its_201(api, shop):
    body = {"url": "http://a.example", "catalog_id": shop.catalog["id"]}
    replies = [api.post("/landing/", body, **key("k")) for _ in range(2)]
    assert [reply.status for reply in replies] == [201, 201]
    assert replies[0].body == replies[1].body


def test_put_and_patch_are_covered_too(api, shop):
    address = f"/catalog/{shop.catalog['id']}/"
    for method in ("PUT", "PATCH"):
        first = api(method, address, {"title": method}, **key(method))
        api.patch(address, {"title": "Later"})
        assert api(method, address, {"title": method}, **key(method)).body == first.body
        assert api.get(address).body["title"] == "Later"


def test_another_request_with_the_key_is_a_422(api, shop):
    assert api.post("/catalog/", BODY, **key("k")).status == 200
    assert api.post("/catalog/", BODY | {"title": "Other"}, **key("k")).status == 422
    address = f"/catalog/{shop.catalog['id']}/"
    api.patch(address, {"title": "A"}, **key("m"))
    assert api.put(address, {"title": "A"}, **key("m")).status == 422
    assert api.get(address).body["title"] == "A"


BROKEN = {
    "no JSON": b"{",
    "an empty body": b"",
    "a missing field": b'{"title": "T"}',
    "a wrong type": b'{"title": 5, "catalog_code": "t"}',
    "a key twice": b'{"title": "T", "title": "T", "catalog_code": "t"}',
    "a rule broken": b'{"title": "T", "catalog_code": "t", "reward_percent": 99}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_another_request_with_the_key_is_a_422_before_its_body_is_looked_at(api, body):
    assert api.post("/catalog/", BODY, **key("k")).status == 200
    assert api.post("/catalog/", body, **key("k")).status == 422
    assert api.post("/catalog/", BODY, **key("k")).headers["Idempotent-Replayed"] == "true"
    assert api.post("/catalog/", body, **key("new")).status == 400


def test_a_body_that_cannot_be_read_takes_no_key(api):
    assert api.post("/catalog/", b"{", **key("k")).status == 400
    assert api.post("/catalog/", BODY, **key("k")).status == 200


@pytest.mark.parametrize("bad", ["", '""', "x" * 256, '"' + "x" * 256 + '"', "a\tb", " "])
def test_a_bad_key_is_a_400_and_writes_nothing(api, bad):
    assert api.post("/catalog/", BODY, **key(bad)).status == 400
    assert Catalog.select().count() == 0


def test_the_longest_key_works_bare_and_quoted(api):
    assert api.post("/catalog/", BODY, **key("x" * 255)).status == 200
    assert "Idempotent-Replayed" in api.post("/catalog/", BODY, **key('"' + "x" * 255 + '"')).headers


def test_a_400_is_not_kept_so_that_the_mended_request_may_use_the_key(api):
    assert api.post("/catalog/", {"title": "T"}, **key("k")).status == 400
    api.made("/catalog/", BODY)
    assert api.post("/catalog/", BODY, **key("k")).status == 400
    assert api.post("/catalog/", BODY | {"catalog_code": "mended"}, **key("k")).status == 200


def test_a_404_is_not_kept_so_that_what_was_made_meanwhile_is_found(api, shop):
    first = api.patch("/deal/order-1/", {"status": "Paid"}, **key("k"))
    shop.report()
    second = api.patch("/deal/order-1/", {"status": "Paid"}, **key("k"))
    assert (first.status, second.status, "Idempotent-Replayed" in second.headers) == (404, 200, False)


@pytest.mark.engine("postgresql")
def test_while_the_first_still_runs_the_second_waits_and_is_then_a_409(app, api, world, monkeypatch):
    """On SQLite all writes stand in one line, so the second's turn comes after the first, or it is a 503."""
    monkeypatch.setattr(idempotency, "_WAIT", "50ms")
    credential = f"token:{ClientToken.get(ClientToken.partner == world.acme.id).id}"
    with psycopg.connect(app.config["SETTINGS"].database_url) as first:
        first.execute(
            """INSERT INTO idempotency_record (credential, "key", request_digest, created_at) VALUES (%s, 'k', '', 0)""",
            (credential,),
        )
        second = api.post("/catalog/", BODY, **key("k"))
        assert (second.status, second.headers["Retry-After"]) == (409, "1")
        first.rollback()
    assert api.post("/catalog/", BODY, **key("k")).status == 200


def test_the_key_belongs_to_the_token(client, api, world):
    mine = api.post("/catalog/", BODY, **key("k")).body
    other = Caller(client, tokens.make(world.acme.partner, "Second", list(PERMITS))[1])
    assert other.post("/catalog/", BODY | {"catalog_code": "u"}, **key("k")).body["id"] != mine["id"]
    theirs = Caller(client, world.rival.token).post("/catalog/", BODY, **key("k"))
    assert (theirs.status, theirs.body["id"] != mine["id"]) == (200, True)


def test_a_key_is_forgotten_after_a_day(api):
    api.post("/catalog/", BODY, **key("k"))
    database.execute_sql(f"UPDATE idempotency_record SET created_at = created_at - {LASTS_MICROS + 1}")
    assert api.post("/catalog/", BODY, **key("k")).status == 400  # It runs anew: the catalog_code is in use.


def test_a_key_on_a_read_or_a_delete_is_ignored(api, shop):
    assert api.get("/catalog/", **key("")).status == 200
    assert api.delete(f"/landing/{shop.landing['id']}/", **key("")).status == 204


def test_the_record_tells_nothing_of_the_request(api):
    api.post("/catalog/", BODY | {"description": "hush"}, **key("k"))
    digest = database.execute_sql("SELECT request_digest FROM idempotency_record").fetchone()[0]
    assert (len(digest), "hush" in digest) == (64, False)


@pytest.mark.races
def test_the_same_key_at_once_has_one_effect_over_the_real_server(server):
    body = {"title": "At once", "catalog_code": "at-once"}
    headers = {"Authorization": server.world.wind.token, "Idempotency-Key": "at-once"}

    def send(_):
        return requests.post(f"{server.url}/api/catalog/", data=json.dumps(body), headers=headers, timeout=60)

    with ThreadPoolExecutor(50) as clients:
        answers = list(clients.map(send, range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    with server.connected():
        assert Catalog.select().where(Catalog.catalog_code == "at-once").count() == 1
