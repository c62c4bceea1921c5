"""Customers over JSON: every key, both filters, what is one customer's, and what is left of who was erased (contract: cards)."""

import re

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.tables import IdempotencyRecord, Partner
from portal.domain.cards.cards.tables import CardFieldValue
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.segments import segments
from portal.domain.cards.templates.tables import CardField
from portal.domain.identifiers import new_uuid
from portal.domain.members import members
from portal.domain.members.tables import Member
from tests.affiliate.counting import queries
from tests.support import loyalty

STAMPED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MIA = {
    "firstName": "Mia",
    "surname": "Berger",
    "phone": "+49 (0)151 23456789",
    "email": "Mia@Example.com",
    "gender": 2,
    "dateOfBirth": "1992-02-29",
    "externalUserId": "shop-77",
}
SAID = {**MIA, "email": "mia@example.com", "segments": []}


def created(api, **said):
    return api.made("/v2/customers", {"firstName": "Anna", **said})["data"]


def refusal(reply):
    return (
        reply.status,
        reply.body["data"],
        reply.body["error"]["error_code"],
        reply.body["error"]["details"][0]["field"],
    )


def test_a_customer_is_created_with_every_key(api):
    reply = api.post("/v2/customers/", MIA)
    assert (reply.status, reply.body["code"]) == (201, 201)
    assert reply.body.keys() == {"responseId", "createdAt", "code", "data"}
    mia = reply.body["data"]
    assert UUID.fullmatch(mia["id"]) and STAMPED.fullmatch(mia["createdAt"]) and STAMPED.fullmatch(mia["updatedAt"])
    assert mia == SAID | {name: mia[name] for name in ("id", "createdAt", "updatedAt")}
    assert api.get(f"/v2/customers/{mia['id']}").body["data"] == mia
    assert api.get(f"/v2/customers/{mia['id'].upper()}/").body["data"] == mia


def test_what_an_automation_leaves_out_may_be_empty_and_numbers_may_be_texts(api):
    anna = created(api, surname="", phone="", email="", gender="1", dateOfBirth="", externalUserId=7, more={"x": 1})
    assert anna == anna | {
        "surname": None, "phone": None, "email": None, "gender": 1, "dateOfBirth": None, "externalUserId": "7",
    }  # fmt: skip
    assert created(api, phone=4915123456789)["phone"] == "4915123456789"
    assert api.get("/v2/customers?phone=&email=&page=&itemsPerPage=").body["meta"]["totalItems"] == 2


def test_lists_tell_how_long_they_are(api, stranger):
    created(stranger)
    ids = [created(api, firstName=f"Anna {number}")["id"] for number in range(3)]
    reply = api.get("/v2/customers?itemsPerPage=2")
    assert reply.body.keys() == {"responseId", "createdAt", "code", "meta", "data"}
    assert reply.body["meta"] == {"totalItems": 3, "itemsPerPage": 2, "currentPage": 1}
    assert [one["id"] for one in reply.body["data"]] == [ids[2], ids[1]]
    assert [one["id"] for one in api.get("/v2/customers?itemsPerPage=2&page=2").body["data"]] == [ids[0]]
    assert api.get("/v2/customers?page=9").body["data"] == []
    api.delete(f"/v2/customers/{ids[1]}")
    reply = api.get("/v2/customers")
    assert reply.body["meta"]["totalItems"] == 2 and [one["id"] for one in reply.body["data"]] == [ids[2], ids[0]]


@pytest.mark.parametrize(
    "asked",
    [
        "phone=004915123456789", "phone=+4915123456789", "phone=%2B49%20151/234567-89", "email=MIA%40example.com",
        "phone=4915123456789&email=mia@example.com",
    ],
)  # fmt: skip
def test_a_phone_in_any_notation_and_a_mail_in_any_case_find_the_customer(api, stranger, asked):
    mia = created(api, **MIA)
    created(api)
    reply = api.get(f"/v2/customers?{asked}")
    assert reply.body["meta"]["totalItems"] == 1 and reply.body["data"] == [mia]
    assert api.get(f"/v2/customers?{asked}&page=2").body["data"] == []
    assert stranger.get(f"/v2/customers?{asked}").body["data"] == []


@pytest.mark.parametrize("asked", ["phone=none", "email=none", "phone=%2B4915123456789&email=anna@example.com"])
def test_what_nobody_has_finds_nobody(api, asked):
    created(api, **MIA)
    created(api, email="anna@example.com")
    reply = api.get(f"/v2/customers?{asked}")
    assert reply.body["meta"]["totalItems"] == 0 and reply.body["data"] == []


@pytest.mark.parametrize(
    ("field", "said"),
    [("phone", "0049 151 23456789"), ("email", "mia@EXAMPLE.com"), ("externalUserId", "shop-77")],
)
def test_a_duplicate_is_a_409_that_names_who_has_it(api, field, said):
    mia, anna = created(api, **MIA), created(api)
    reply = api.post("/v2/customers", {"firstName": "Again", field: said})
    assert refusal(reply) == (409, None, "customer_taken", field)
    assert mia["id"] in reply.body["error"]["message"]
    if field != "phone":
        assert refusal(api.patch(f"/v2/customers/{anna['id']}", {field: said})) == (409, None, "customer_taken", field)
    assert api.get("/v2/customers").body["meta"]["totalItems"] == 2


@pytest.mark.parametrize(
    "said",
    [
        {"firstName": None}, {"firstName": ""}, {"firstName": "a" * 121}, {"firstName": 7}, {"surname": "a" * 121}, {"phone": "0123"},
        {"phone": "4.41E+11"}, {"phone": "4915123456789.0"}, {"phone": "CALL-ME"}, {"phone": "+49 151 2345678 ext 9"}, {"email": "mia"}, {"gender": 3}, {"gender": "x"},
        {"gender": True}, {"dateOfBirth": "2023-02-29"}, {"dateOfBirth": "29.02.1992"}, {"dateOfBirth": "2999-01-01"},
        {"dateOfBirth": "1899-12-31"}, {"dateOfBirth": 19920229}, {"externalUserId": "x" * 256}, {"externalUserId": ["x"]},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_a_400_that_names_it(api, said):
    reply = api.post("/v2/customers", {**MIA, **said})
    assert reply.status == 400 and reply.body["data"] is None and reply.body["code"] == 400
    assert [wrong["field"] for wrong in reply.body["error"]["details"]] == list(said)
    assert api.get("/v2/customers").body["meta"]["totalItems"] == 0


def test_a_local_number_is_read_as_in_the_companys_time_zone(api, world):
    Partner.update(time_zone="Europe/Berlin").where(Partner.id == world.acme.id).execute()
    mia = created(api, phone="0151 23456789")
    assert mia["phone"] == "0151 23456789"
    assert api.get("/v2/customers?phone=%2B4915123456789").body["data"] == [mia]


def test_digits_of_any_script_are_kept_as_those_that_are_dialled(api):
    written = created(api, phone="\uff0b\uff14\uff19 \uff11\uff15\uff11 23456789")
    assert written["phone"] == "+49 151 23456789"
    assert created(api, phone="+49 \u0661\u0665\u0661 23456780")["phone"] == "+49 151 23456780"


@pytest.mark.parametrize("sent", [4915123456789, 4915123456789.0, 4.915123456789e12])
def test_a_phone_or_an_id_that_is_sent_as_a_number_has_no_digit_more(api, sent):
    mia = created(api, phone=sent, externalUserId=sent)
    assert (mia["phone"], mia["externalUserId"]) == ("4915123456789", "4915123456789")
    assert api.get("/v2/customers?phone=%2B4915123456789").body["data"] == [mia]


@pytest.mark.parametrize("said", [1, 1.0, "1", " 1 "])
def test_a_whole_number_is_one_however_it_is_written(api, said):
    assert created(api, gender=said)["gender"] == 1


def test_a_change_sets_what_is_sent_but_never_the_phone(api):
    mia = created(api, **MIA)
    address = f"/v2/customers/{mia['id']}"
    reply = api.patch(
        address, {"id": mia["id"].upper(), "surname": None, "gender": "1", "email": "", "phone": "+4915123456780"}
    )
    assert reply.status == 200
    assert reply.body["data"] == mia | {"surname": None, "gender": 1, "updatedAt": reply.body["data"]["updatedAt"]}
    assert api.patch(address, {"body_id": mia["id"], "gender": None}).body["data"]["gender"] is None
    assert api.patch(address, {"email": MIA["email"], "externalUserId": MIA["externalUserId"]}).status == 200
    for wrong in ({"id": new_uuid()}, {"body_id": "7"}, {"firstName": None}, {"email": "x"}):
        reply = api.patch(address, {"gender": 2, **wrong})
        assert (reply.status, [one["field"] for one in reply.body["error"]["details"]]) == (400, list(wrong))
    assert api.get(address).body["data"]["gender"] is None


def test_of_who_is_erased_nobody_hears_again(api, stranger):
    mia = created(api, **MIA)
    address = f"/v2/customers/{mia['id']}"
    assert stranger.delete(address).status == stranger.get(address).status == 404
    reply = api.delete(address)
    assert (reply.status, reply.body["data"]) == (200, {"id": mia["id"]})
    for method in ("GET", "PATCH", "DELETE"):
        body = {"gender": 1} if method == "PATCH" else None
        assert api(method, address, body).status == 404
    assert created(api, **MIA)["id"] != mia["id"]


def test_the_cards_of_who_is_erased_are_deleted_and_their_operations_tell_nothing_of_the_person(api, world):
    card = loyalty.card(world.acme)
    member = card.member
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1, comment="Mia's birthday"))
    field = CardField.create(template=card.template_id, name="Town", kind="text", place=1)
    CardFieldValue.create(card=card, field=field, value="Vienna")
    api.delete(f"/v2/customers/{member.uuid}")
    shown = api.get(f"/v2/cards/{card.serial}").body["data"]
    assert shown["status"] == "deleted" and shown["customFields"][0]["value"] is None
    left = {name: value for name, value in shown["customer"].items() if value}
    assert left.keys() == {"id", "createdAt", "updatedAt"}
    assert CardOperation.get().comment is None
    assert verify.faults() == []


def test_customers_tell_their_segments_wherever_they_are_shown(api, world):
    card = loyalty.card(world.acme)
    put, fits = segments.make(world.acme.id, "Regulars"), segments.make(world.acme.id, "Born", "birthday")
    segments.put(put, card.member)
    members.change(card.member, {"date_of_birth": f"1990-{clock.now():%m}-01"})
    told = [{"id": put.id, "type": "manual", "name": "Regulars"}, {"id": fits.id, "type": "rule", "name": "Born"}]
    assert api.get(f"/v2/customers/{card.member.uuid}").body["data"]["segments"] == told
    assert api.get("/v2/customers").body["data"][0]["segments"] == told
    assert api.get(f"/v2/cards/{card.serial}").body["data"]["customer"]["segments"] == told
    assert created(api)["segments"] == []


def test_a_repeat_with_a_key_makes_one_customer(api):
    replies = [api.post("/v2/customers", MIA, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert replies[0].body["data"]["id"] == replies[1].body["data"]["id"]
    assert replies[1].headers["Idempotent-Replayed"] == "true"


def test_customers_cost_the_same_however_many_there_are(api, world):
    for number in range(3):
        members.create(world.acme.id, {"first_name": f"Anna {number}"})
    api.get("/v2/customers?itemsPerPage=1")
    few = queries(lambda: api.get("/v2/customers?itemsPerPage=1"))
    assert queries(lambda: api.get("/v2/customers?itemsPerPage=3")) == few


def test_a_kept_answer_tells_nothing_of_somebody_who_was_erased_and_makes_nobody_anew(api):
    keys = [{"headers": {"Idempotency-Key": key}} for key in ("made", "other")]
    mia = api.post("/v2/customers", MIA, **keys[0]).body["data"]["id"]
    api.post("/v2/customers", {"firstName": "Noah"}, **keys[1])
    api.delete(f"/v2/customers/{mia}")
    bodies = [row.body or "" for row in IdempotencyRecord.select()]
    assert not any(mia in body or MIA["email"] in body for body in bodies)
    repeated = api.post("/v2/customers", MIA, **keys[0])
    assert (repeated.status, repeated.body["error"]["error_code"]) == (422, "idempotency_answer_erased")
    assert api.post("/v2/customers", {"firstName": "Noah"}, **keys[1]).headers["Idempotent-Replayed"] == "true"
    assert Member.select().where(Member.erased_at.is_null()).count() == 1
