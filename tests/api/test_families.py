"""A family added to the list of families alone is served, guarded, refused, described and tried like all others."""

import functools
from dataclasses import replace

import pytest

import portal
from portal import families
from tests import test_route_matrix as matrix
from tests.api.small import family as small
from tests.contract.answers import Description
from tests.support import things

STAMPS = "/api/small/stamps/"


@pytest.fixture(scope="module")
def app_pool():
    """Apps that have the small family beside all others."""
    return functools.cache(lambda settings: portal.create_app(settings, (*families.AREAS, small.AREA)))


@pytest.fixture
def ask(client, world):
    """Send something of acme's, its token in the family's own header."""

    def send(method, path, headers=None, **sent):
        return client.open(path, method=method, headers={"X-API-Key": world.acme.token} | (headers or {}), **sent)

    return send


def test_its_answers_come_in_its_envelope(ask, world):
    shelf = things.of(world.acme).names["catalog_id"]
    for path in (f"/api/small/shelf/{shelf}", f"/api/small/shelf/{shelf}/"):
        assert ask("GET", path).json == {"code": 200, "data": {"title": "Things"}}


def test_a_broken_rule_has_its_status_in_its_shape(ask):
    answer = ask("POST", STAMPS, json={"stamps": 6})
    sentence = "A card takes at most 5 stamps at once. Send fewer."
    details = [{"field": "stamps", "message": sentence, "error_code": "refused"}]
    assert (answer.status_code, answer.mimetype) == (422, "application/json")
    assert answer.json == {
        "code": 422,
        "data": None,
        "error": {"message": sentence, "error_code": "refused", "details": details},
    }


def test_a_route_may_have_a_shape_of_its_own(ask):
    answer = ask("POST", "/api/small/plain-stamps", json={"stamps": 6})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["errors"][0]["field"] == "stamps"


@pytest.mark.parametrize(("sent", "status"), [("{", 400), ('{"stamps": "many"}', 400), ("{}", 400)])
def test_what_the_gate_refuses_comes_in_its_shape(ask, sent, status):
    answer = ask("POST", STAMPS, data=sent)
    assert (answer.status_code, answer.json["code"], answer.json["data"]) == (status, status, None)


def test_a_header_that_is_not_its_own_is_nobodys_token(client, world):
    answer = client.post(STAMPS, json={"stamps": 1}, headers=world.acme.bearer)
    assert (answer.status_code, answer.json["code"], "WWW-Authenticate" in answer.headers) == (401, 401, True)
    assert answer.headers["Vary"] == "X-API-Key"


def test_a_repeat_gets_the_first_answer_envelope_included(ask):
    key = {"Idempotency-Key": "once"}
    first, second = (ask("POST", STAMPS, headers=key, json={"stamps": 6}) for _ in range(2))
    assert (second.headers["Idempotent-Replayed"], second.json) == ("true", first.json)
    assert (first.status_code, second.status_code) == (422, 422)


def test_its_own_kind_of_access_admits_whom_it_names(client):
    opened = client.get("/api/small/reservation", headers={"Reservation-Secret": small.SECRET})
    assert opened.json == {"code": 200, "data": {"reservation": "reservation:7"}}
    assert client.get("/api/small/reservation").json["error"]["message"] == "Send the reservation's secret."


def test_its_own_guard_stands_before_its_page(client):
    assert client.get("/small/shelf?card=1").text == "The shelf"
    assert client.get("/small/shelf").status_code == 404


def test_it_is_described_as_it_speaks(client, ask, world):
    document = client.get("/api/openapi.json").json
    stamps = document["paths"][STAMPS]["post"]
    assert (stamps["tags"], stamps["security"]) == (["small"], [{"X-API-Key": []}])
    assert "application/json" in stamps["responses"]["422"]["content"]
    plain = document["paths"]["/api/small/plain-stamps/"]["post"]["responses"]["422"]["content"]
    assert list(plain) == ["application/problem+json"]
    assert "security" not in document["paths"]["/api/small/reservation/"]["get"]
    description = Description(document)
    for sent in ({"stamps": 1}, {"stamps": 6}):
        answer = ask("POST", STAMPS, json=sent)
        description.check("POST", STAMPS, answer.status_code, answer.mimetype, answer.json)


def test_json_outside_its_familys_prefix_stops_the_start(settings):
    astray = replace(small.AREA, wire=replace(small.WIRE, prefix="/api/v9"))
    with pytest.raises(ValueError, match="is not under /api/v9"):
        portal.create_app(settings, (*families.AREAS, astray))


def test_the_matrix_tries_it(app, client, world):
    tried = {route.path for route in matrix.routes_of(app, is_api=True)}
    assert {"/api/small/shelf/<catalog_id>", "/api/small/stamps"} <= tried
    matrix.test_a_strangers_thing_looks_like_a_missing_one_over_json_and_stays_as_it_was(app, client, world)
    matrix.test_json_routes_ask_for_a_token_and_name_the_permit_that_is_missing(app, client, world)
    matrix.test_a_sign_in_is_no_key_to_the_api(app, world)
