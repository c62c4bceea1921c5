"""Assigning coupons over JSON: the documented answers, flat and under attributes, all or none (contract: coupons, "Assignment")."""

import json

import pytest

from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP
from portal.domain.verify import faults
from tests.contract.answers import Description
from tests.contract.caller import Caller
from tests.support import desk

PATHS = ("/coupons-assignment", "/coupon-assignment")
JSON_API = "application/vnd.api+json"
SENT = {"offer_type": "individual", "start_date": "2026-06-01", "end_date": "2026-06-30", "limit": 10, "global": True}


@pytest.fixture
def api(client, world):
    yield Caller(client, world.acme.token)
    assert faults() == []


@pytest.fixture
def coupon(world):
    return desk.coupon(world.acme)


def refused(reply, status: int, said: str) -> str:
    """The documented shape: an id of its own, the status as a number, one sentence. Its id."""
    (error,) = reply.body["errors"]
    assert (reply.status, error["status"], reply.headers["Content-Type"]) == (status, status, JSON_API)
    assert set(error) == {"id", "status", "detail"} and said in error["detail"], error
    return error["id"]


@pytest.mark.parametrize("path", [*PATHS, f"{PATHS[0]}/"])
def test_the_sample_answers_success(api, coupon, path):
    reply = api.post(path, SENT | {"coupon_ids": [coupon.id]}, headers={"Accept": JSON_API})
    assert (reply.status, reply.body, reply.headers["Content-Type"]) == (200, {"success": True}, JSON_API)
    assert [offer.coupon_id for offer in CouponOffer.select()] == [coupon.id]


def test_a_body_stands_flat_or_under_attributes(api, coupon):
    inner = SENT | {"coupon_ids": [str(coupon.id)], "limit": "10", "ticket_limit": "", "more": 1}
    assert api.post(PATHS[0], {"data": {"type": "assignment", "attributes": inner}}).body == {"success": True}
    assert CouponAssignment.get().ticket_limit is None


def test_the_documented_refusals_are_said_in_its_words(api, coupon, world):
    level = desk.level(desk.event(world.acme))
    bundled = SENT | {"global": False, "bundle_ids": [desk.bundle(level).id], "price_level_ids": [level.id]}
    one = refused(
        api.post(PATHS[0], bundled | {"coupon_ids": [coupon.id, desk.coupon(world.acme, AUTO).id]}), 400,
        "Only discount and comp coupons can be applied to bundles",
    )  # fmt: skip
    others = [
        refused(
            api.post(PATHS[0], SENT | {"coupon_ids": [coupon.id, number]}), 403, "The user does not have permission to edit the offer"
        )
        for number in (desk.coupon(world.rival).id, 10**9, 2**63 - 1)
    ]  # fmt: skip
    assert len({one, *others}) == 4 and all(name.isalnum() and len(name) == 15 for name in (one, *others))
    assert not CouponAssignment.select().exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"coupon_ids": ...}, "coupon_ids"),
        ({"coupon_ids": []}, "1 to 500"),
        ({"coupon_ids": list(range(1, 502))}, "1 to 500"),
        ({"coupon_ids": "1"}, "coupon_ids"),
        ({"coupon_ids": ["x"]}, "coupon_ids"),
        ({"offer_type": "some"}, "offer"),
        ({"offer_type": ..., "global": False, "event_ids": [1]}, "individual"),
        ({"start_date": ...}, "start_date"),
        ({"start_date": "2026-07-01"}, "before the start"),
        ({"start_date": "01.06.2026"}, "YYYY-MM-DD"),
        ({"end_date": "2026-06-31"}, "YYYY-MM-DD"),
        ({"limit": ...}, "limit"),
        ({"limit": 0}, "limit"),
        ({"limit": -5}, "limit"),
        ({"limit": 1.5}, "limit"),
        ({"limit": 2**31}, "limit"),
        ({"limit": True}, "limit"),
        ({"ticket_limit": -1}, "whole number"),
        ({"global": "yes"}, "global"),
        ({"global": False}, "what it is for"),
        ({"event_ids": [1]}, "global"),
        ({"price_level_ids": [1]}, "global"),
        ({"global": False, "event_ids": [10**9]}, "There is nothing"),
        ({"global": False, "price_level_ids": [10**9]}, "There is nothing"),
        ({"global": False, "bundle_ids": [10**9]}, "There is nothing"),
        ({"timezone": "Mars/Olympus"}, "time zone"),
        ({"date_filter": "soon"}, "JSON"),
        ({"date_filter": {"start": "2026-06-02", "end": "2026-06-01"}}, "before it starts"),
        ({"date_filter": {"start": "2026-06-01", "end": "2026-06-02", "days": [{"day": 1, "start_time": "10:00", "end_time": "10:00"}]}}, "not after"),
    ],
)  # fmt: skip
def test_wrong_terms_are_a_400_and_nothing_is_written(api, coupon, wrong, said):
    sent = SENT | {"coupon_ids": [coupon.id]} | wrong
    refused(api.post(PATHS[0], {name: value for name, value in sent.items() if value is not ...}), 400, said)
    assert not CouponAssignment.select().exists()


def test_foreign_events_levels_and_bundles_are_unknown_ones(api, coupon, world):
    level = desk.level(desk.event(world.rival))
    for name, number in (
        ("event_ids", level.event_id),
        ("price_level_ids", level.id),
        ("bundle_ids", desk.bundle(level).id),
    ):
        reply = api.post(PATHS[0], SENT | {"global": False, "coupon_ids": [coupon.id], name: [number]})
        missing = api.post(PATHS[0], SENT | {"global": False, "coupon_ids": [coupon.id], name: [10**9]})
        refused(reply, 400, f"There is nothing with the id {number}")
        refused(missing, 400, f"There is nothing with the id {10**9}")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start_date": "2026-13-01"}, "start_date"),
        ({"end_date": "2026-06-31"}, "end_date"),
        ({"end_date": "2026-05-31"}, "end_date"),
        ({"global": False, "event_ids": [10**9]}, "event_ids"),
        ({"limit": 0}, "limit"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"date_filter": "soon"}, "date_filter"),
        ({"coupon_ids": []}, "coupon_ids"),
    ],
)
def test_a_wrong_value_is_told_with_the_name_of_its_field(api, coupon, wrong, field):
    (error,) = api.post(PATHS[0], SENT | {"coupon_ids": [coupon.id]} | wrong).body["errors"]
    assert error["detail"].startswith(f"{field}: ") and error["detail"].count(f"{field}: ") == 1


def test_a_time_zone_is_known_whatever_its_case(api, coupon):
    assert api.post(PATHS[0], SENT | {"coupon_ids": [coupon.id], "timezone": "europe/VIENNA"}).status == 200
    assert CouponAssignment.get().timezone == "Europe/Vienna"


def test_both_forms_of_the_body_and_both_types_of_it_are_described(api, client, coupon):
    described = Description(client.get("/api/openapi.json").json)
    content = described.document["paths"]["/api/coupons-assignment/"]["post"]["requestBody"]["content"]
    sent = SENT | {"coupon_ids": [coupon.id]}
    for kind in (JSON_API, "application/json"):
        for body in (sent, {"data": {"type": "assignment", "attributes": sent}}):
            described.valid(content[kind]["schema"], body)
            assert api.post(PATHS[0], body, headers={"Content-Type": kind}).status == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"data": [1]}', b'{"data": {"attributes": 5}}', b'{"limit": 1, "limit": 2}']
)
def test_a_malformed_body_is_a_400_in_this_shape(api, body):
    refused(api.post(PATHS[0], body), 400, "")


def test_without_a_token_or_its_permit_it_is_this_shape_too(client, coupon, world):
    refused(Caller(client, None).post(PATHS[0], SENT), 401, "")
    refused(Caller(client, world.acme.token).post(PATHS[0], b" " * ((1 << 20) + 1)), 413, "")


def test_a_type_that_opens_levels_needs_them_and_a_global_one_may_leave_out_the_offer_type(api, world):
    level = desk.level(desk.event(world.acme))
    access = desk.coupon(world.acme, ACCESS)
    sent = {name: value for name, value in SENT.items() if name != "offer_type"} | {"coupon_ids": [access.id]}
    refused(api.post(PATHS[0], sent), 400, "Name those that it opens")
    assert api.post(PATHS[0], sent | {"price_level_ids": [level.id]}).status == 200
    assert CouponAssignment.get().is_shared is False


def test_terms_are_kept_and_answered_as_they_were_sent(api, world):
    coupons = [desk.coupon(world.acme, COMP) for _ in range(2)]
    blackout = {
        "start": "2026-06-02",
        "end": "2026-06-03",
        "days": [{"day": "1", "start_time": "10:00", "end_time": "12:00"}],
    }
    sent = {
        "coupon_ids": [each.id for each in coupons], "offer_type": "GROUP", "start_date": "2026-06-01 08:30:00",
        "end_date": "2026-06-30", "limit": 5, "ticket_limit": 2, "event_ids": [desk.event(world.acme).id],
        "timezone": "America/New_York", "taggable": True, "date_filter": json.dumps(blackout),
    }  # fmt: skip
    assert api.post(PATHS[1], sent).status == 200
    for coupon in coupons:
        (offer,) = api.get(f"/coupons/{coupon.id}").body["offers"]
        for name in ("start_date", "end_date", "limit", "ticket_limit", "timezone", "taggable"):
            assert offer[name] == sent[name]
        assert (offer["global"], offer["assignments"][0]["events"]) == (False, sent["event_ids"])
    kept = CouponAssignment.get()
    assert kept.is_shared and kept.blackout[0]["days"] == [{"day": 1, "start_time": "10:00", "end_time": "12:00"}]


def test_a_parents_token_assigns_coupons_of_its_companies_each_by_themselves(client, world):
    parent = Caller(client, world.northwind.token)
    north, wind = desk.coupon(world.north), desk.coupon(world.wind)
    assert parent.post(PATHS[0], SENT | {"coupon_ids": [north.id]}).status == 200
    refused(parent.post(PATHS[0], SENT | {"coupon_ids": [north.id, wind.id]}), 400, "several sellers")
    refused(Caller(client, world.north.token).post(PATHS[0], SENT | {"coupon_ids": [wind.id]}), 403, "permission")


def test_the_modified_time_of_a_coupon_moves_when_it_is_assigned(api, coupon):
    type(coupon).update(modified_at=1_000_000).execute()
    assert api.post(PATHS[0], SENT | {"coupon_ids": [coupon.id]}).status == 200
    assert api.get(f"/coupons/{coupon.id}").body["modified_time"] > 1


@pytest.mark.settings(TIME_ZONE="Asia/Tokyo")
def test_without_a_time_zone_it_is_this_servers(api, coupon):
    assert api.post(PATHS[0], SENT | {"coupon_ids": [coupon.id]}).status == 200
    assert CouponAssignment.get().timezone == "Asia/Tokyo"
