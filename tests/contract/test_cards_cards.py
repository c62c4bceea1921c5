"""Cards over JSON: issued, listed, read, changed, deleted (contract: cards)."""

import re

import pytest

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.templates.tables import CardField
from portal.domain.events.tables import Event
from portal.domain.verify import faults
from tests.support import loyalty

STAMPED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


@pytest.fixture
def template(world):
    return loyalty.template(world.acme)


@pytest.fixture
def mia(world):
    return loyalty.customer(world.acme, "Mia", surname="Berger", mail="mia@example.com", phone="+436601234567")


def issue(api, mia, template, **more):
    reply = api.post("/v2/cards", {"customerId": mia.uuid, "templateId": template.id, **more})
    assert reply.status == 201, reply.body
    return reply.body["data"]


def test_a_card_is_issued_with_every_key(api, world, mia, template):
    reply = api.post("/v2/cards", {"customerId": mia.uuid, "templateId": template.id})
    assert (reply.status, reply.body["code"]) == (201, 201)
    assert reply.body.keys() == {"responseId", "createdAt", "code", "data"}
    card = reply.body["data"]
    assert STAMPED.fullmatch(reply.body["createdAt"])
    assert re.fullmatch(r"\d{6}-\d{3}-\d{3}", card["id"])
    told = {name: card[name] for name in ("companyId", "templateId", "customerId", "type", "status", "balance")}
    assert told == {
        "companyId": world.acme.id,
        "templateId": template.id,
        "customerId": mia.uuid,
        "type": "stamp",
        "status": "not_installed",
        "balance": {
            "currentNumberOfUses": 0,
            "numberStampsTotal": 10,
            "numberRewardsUnused": 0,
            "balance": None,
            "bonusBalance": None,
            "discountPercentage": None,
            "discountAmount": None,
            "stampsBeforeReward": 10,
        },
    }
    assert card["customer"]["email"] == "mia@example.com"
    assert card["installLink"] == card["directInstallLink"]["universal"] != card["shareLink"]
    assert card["id"] not in card["installLink"]
    assert faults() == []


def test_ids_may_be_texts_and_what_is_left_out_may_be_empty(api, mia, template):
    card = api.made(
        "/v2/cards/", {"customerId": mia.uuid, "templateId": str(template.id), "customFields": "", "utm": 1}
    )
    assert card["data"]["templateId"] == template.id


def test_a_second_card_of_a_template_is_a_409(api, mia, template):
    first = issue(api, mia, template)
    reply = api.post("/v2/cards", {"customerId": mia.uuid, "templateId": template.id})
    assert (reply.status, reply.body["data"], reply.body["error"]["error_code"]) == (409, None, "card_taken")
    assert first["id"] in reply.body["error"]["message"]
    assert api.delete(f"/v2/cards/{first['id']}").status == 200
    assert issue(api, mia, template)["id"] != first["id"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"customerId": "x", "templateId": 1}, 404),
        ({"customerId": "mia", "templateId": 10**30}, 400),
        ({"customerId": "mia", "templateId": 999}, 404),
        ({"customerId": "mia", "templateId": 1.5}, 400),
        ({"customerId": "mia", "templateId": True}, 400),
        ({"customerId": "mia", "templateId": "theirs"}, 400),
        ({"customerId": "mia", "templateId": "its", "customFields": [{"id": 1, "value": "x"}]}, 400),
        ({"customerId": "mia", "templateId": "its", "customFields": {"id": 1}}, 400),
    ],
)
def test_what_cannot_be_issued_is_refused_and_nothing_is_written(api, world, mia, template, body, status):
    named = {"mia": mia.uuid, "its": template.id}
    reply = api.post(
        "/v2/cards",
        {name: named.get(value, value) if isinstance(value, str) else value for name, value in body.items()},
    )
    assert reply.status == status, reply.body
    assert reply.body["error"]["message"]
    assert api.get("/v2/cards").body["meta"]["totalItems"] == 0


def test_a_strangers_template_and_customer_are_missing_ones(api, world, mia, template):
    theirs, omar = loyalty.template(world.rival), loyalty.customer(world.rival, "Omar")
    for customer, chosen in ((mia, theirs), (omar, template)):
        reply = api.post("/v2/cards", {"customerId": customer.uuid, "templateId": chosen.id})
        assert reply.status == 404


def test_a_list_is_paged_by_number_and_tells_how_long_it_is(api, world, template):
    ids = [issue(api, loyalty.customer(world.acme, f"C{place}"), template)["id"] for place in range(5)]
    first = api.get("/v2/cards?itemsPerPage=2").body
    assert first["meta"] == {"totalItems": 5, "itemsPerPage": 2, "currentPage": 1}
    last = api.get("/v2/cards?itemsPerPage=2&page=3").body
    assert [card["id"] for card in first["data"] + last["data"]] == [ids[4], ids[3], ids[0]]
    assert first["data"][0]["countVisits"] is None
    assert api.get("/v2/cards?page=9").body["data"] == []
    assert api.get("/v2/cards?itemsPerPage=5000").body["meta"]["itemsPerPage"] == 1000
    for wrong in ("page=0", "page=x", "itemsPerPage=-1", "itemsPerPage=0"):
        assert api.get(f"/v2/cards?{wrong}").status == 400
    assert api.get("/v2/cards?page=&itemsPerPage=").body["meta"]["itemsPerPage"] == 30


def test_a_list_is_narrowed_by_template_and_customer(api, world, mia, template):
    other = loyalty.template(world.acme, 1)
    first, second = issue(api, mia, template), issue(api, mia, other)
    issue(api, loyalty.customer(world.acme, "Omar"), template)
    narrowed = {
        f"templateId={template.id}": 2,
        f"customerId={mia.uuid}": 2,
        "customerEmail=MIA@example.com": 2,
        f"customerId={mia.uuid}&templateId={other.id}": 1,
        "customerId=nobody": 0,
        "customerEmail=x@example.com": 0,
    }
    for query, total in narrowed.items():
        answer = api.get(f"/v2/cards?{query}").body
        assert (answer["meta"]["totalItems"], len(answer["data"])) == (total, total), query
    assert {first["id"], second["id"]} == {
        card["id"] for card in api.get(f"/v2/cards?customerId={mia.uuid}").body["data"]
    }


@pytest.mark.parametrize("path", ["cards", "customers", "operations"])
def test_a_filter_that_is_empty_was_not_given_and_one_that_fits_nothing_finds_nothing(api, world, mia, template, path):
    issue(api, mia, template)
    loyalty.card(world.acme)
    booking.book(
        world.acme.id, Card.select(Card.serial).where(Card.member == mia).scalar(), booking.Asked("add-stamp", 1)
    )
    names = {
        "cards": ("templateId", "customerId", "customerEmail", "customerPhone"),
        "customers": ("phone", "email"),
        "operations": ("cardId", "customerId", "templateId", "startDate", "endDate"),
    }[path]
    every = api.get(f"/v2/{path}").body["data"]
    assert every and all(api.get(f"/v2/{path}?{name}=").body["data"] == every for name in names)
    texts = [name for name in names if "template" not in name and "Date" not in name]
    assert all(api.get(f"/v2/{path}?{name}=%20").body["data"] == [] for name in texts)


def test_a_card_is_read_by_its_number_in_any_notation(api, mia, template):
    card = issue(api, mia, template)
    for typed in (
        card["id"],
        card["id"].replace("-", ""),
        card["id"].replace("-", "%20"),
        card["id"].replace("-", "%E2%80%93"),
    ):
        assert api.get(f"/v2/cards/{typed}").body["data"]["id"] == card["id"]
    assert api.get("/v2/cards/1").status == 404


def test_a_deleted_card_is_read_and_in_no_list_and_deleted_once(api, mia, template):
    card = issue(api, mia, template)
    reply = api.delete(f"/v2/cards/{card['id']}")
    assert reply.body["data"] == {"id": card["id"]}
    assert api.get(f"/v2/cards/{card['id']}").body["data"]["status"] == "deleted"
    assert api.get("/v2/cards").body["meta"]["totalItems"] == 0
    assert api.delete(f"/v2/cards/{card['id']}").status == 404
    late = api.post(f"/v2/cards/{card['id']}/set-expiration-date", {"expiresAt": None})
    assert (late.status, late.body["error"]["error_code"]) == (422, "card_deleted")
    assert faults() == []


def test_the_end_of_a_card_is_set_and_taken_away(api, mia, template):
    path = f"/v2/cards/{issue(api, mia, template)['id']}/set-expiration-date"
    assert (
        api.post(path, {"expiresAt": "2027-12-31T23:59:59+02:00"}).body["data"]["expiresAt"]
        == "2027-12-31T21:59:59+00:00"
    )
    assert api.post(path, {"expiresAt": None}).body["data"]["expiresAt"] is None
    for wrong in ("tomorrow", "2027-W01-1T10:00:00+00:00", "20271231T100000+00:00", "0001-01-01T00:00:00+00:00"):
        assert api.post(path, {"expiresAt": wrong}).status == 400, wrong
    assert api.post(path, {"expiresAt": "9999-12-31T23:59:59+00:00"}).status == 400


def test_a_field_is_answered_changed_and_cleared(api, world, mia, template):
    town = CardField.create(template=template, name="Town", kind="text", place=1, is_required=True)
    club = CardField.create(template=template, name="Number", kind="number", place=2, is_unique=True)
    lacking = api.post("/v2/cards", {"customerId": mia.uuid, "templateId": template.id})
    assert (lacking.status, lacking.body["error"]["details"][0]["field"]) == (400, "customFields")
    given = [{"id": town.id, "value": "Vienna"}, {"id": str(club.id), "value": 7}]
    card = issue(api, mia, template, customFields=given)
    assert [(field["name"], field["value"]) for field in card["customFields"]] == [("Town", "Vienna"), ("Number", "7")]
    path = f"/v2/cards/{card['id']}"
    changed = api.patch(path, {"customFields": [{"id": club.id, "value": None}]}).body["data"]
    assert [field["value"] for field in changed["customFields"]] == ["Vienna", None]
    for wrong in ([{"id": town.id, "value": None}], [{"id": club.id, "value": "x"}], [{"id": 999, "value": "x"}]):
        assert api.patch(path, {"customFields": wrong}).status == 400
    omar = loyalty.customer(world.acme, "Omar")
    issue(api, omar, template, customFields=[{"id": town.id, "value": "Linz"}, {"id": club.id, "value": "8"}])
    taken = api.patch(path, {"customFields": [{"id": club.id, "value": "8"}]})
    assert (taken.status, "Each may be given once" in taken.body["error"]["message"]) == (400, True)


STANDARD = ("FName", "SName", "phone", "email", "DateOfBirth")


def asking(template, *kinds, **more) -> list[CardField]:
    return [
        CardField.create(template=template, name=kind, kind=kind, place=place, **{"is_required": True} | more)
        for place, kind in enumerate(kinds, 1)
    ]


def values_of(card) -> list:
    return [field["value"] for field in card["customFields"]]


def test_what_the_customer_has_answers_what_is_not_given(api, world, mia, template):
    fields = asking(template, *STANDARD)
    lacking = api.post("/v2/cards", {"customerId": mia.uuid, "templateId": template.id})
    assert (lacking.status, "DateOfBirth" in lacking.body["error"]["message"]) == (400, True)
    card = issue(api, mia, template, customFields=[{"id": fields[-1].id, "value": "1990-09-24"}])
    assert values_of(card) == ["Mia", "Berger", "+436601234567", "mia@example.com", "1990-09-24"]
    assert api.patch(f"/v2/customers/{mia.uuid}", {"email": "new@example.com"}).status == 200
    assert values_of(api.get(f"/v2/cards/{card['id']}").body["data"])[3] == "new@example.com"
    assert api.patch(f"/v2/cards/{card['id']}", {"customFields": [{"id": fields[0].id, "value": None}]}).status == 200
    bare = loyalty.customer(world.acme, "Omar")
    assert api.post("/v2/cards", {"customerId": bare.uuid, "templateId": template.id}).status == 400


@pytest.mark.parametrize(
    ("kind", "value"),
    [("text", "x" * 1001), ("phone", "1"), ("phone", "+4366012345x"), ("email", "mia"), ("DateOfBirth", "2999-01-01"),
     ("FName", "x" * 121), ("boolean", "perhaps"), ("date", "soon"), ("date", "2026-W01-1"), ("date", "20260101"),
     ("date", "0001-01-01"), ("text", {})],
)  # fmt: skip
def test_an_answer_that_cannot_be_one_is_a_400_that_names_it(api, mia, template, kind, value):
    (field,) = asking(template, kind, is_required=False)
    given = {"customFields": [{"id": field.id, "value": value}]}
    card = issue(api, mia, template)
    omar = {"customerId": mia.uuid, "templateId": template.id}
    assert api.delete(f"/v2/cards/{card['id']}").status == 200
    issued = api.post("/v2/cards", omar | given)
    changed = api.patch(f"/v2/cards/{issue(api, mia, template)['id']}", given)
    for reply in (issued, changed):
        assert (reply.status, reply.body["error"]["details"][0]["field"]) == (400, "customFields.0.value"), reply.body


def test_what_may_be_given_once_is_compared_as_customers_are(api, world, mia, template):
    phone, mail = asking(template, "phone", "email", is_required=False, is_unique=True)
    issue(api, mia, template)
    other = issue(api, loyalty.customer(world.acme, "Omar", mail="omar@example.com"), template)
    for field, same in ((phone, "0043 660 / 123 45 67"), (mail, "MIA@Example.com")):
        reply = api.patch(f"/v2/cards/{other['id']}", {"customFields": [{"id": field.id, "value": same}]})
        assert (reply.status, "given once" in reply.body["error"]["message"]) == (400, True)
    assert values_of(api.get(f"/v2/cards/{other['id']}").body["data"]) == [None, "omar@example.com"]


def test_a_change_leaves_what_is_absent_or_empty_and_clears_null(api, mia, template):
    town, club = asking(template, "text", "number", is_required=False)
    card = issue(api, mia, template, customFields=[{"id": town.id, "value": "Linz"}, {"id": club.id, "value": 7}])
    path = f"/v2/cards/{card['id']}"
    leaving = [
        {"customFields": None},
        {},
        {"customFields": ""},
        {"customFields": [{"id": town.id}, {"id": club.id, "value": ""}]},
    ]
    for body in [*leaving, {"customFields": [{"id": town.id, "value": " "}]}]:
        assert values_of(api.patch(path, body).body["data"]) == ["Linz", "7"], body
    assert values_of(api.patch(path, {"customFields": [{"id": town.id, "value": None}]}).body["data"]) == [None, "7"]


def test_yes_and_no_may_be_themselves(api, mia, template):
    (field,) = asking(template, "boolean")
    assert values_of(issue(api, mia, template, customFields=[{"id": field.id, "value": True}])) == ["true"]


def test_what_happened_to_a_card_is_told(api, world, mia, template):
    card = issue(api, mia, template)
    api.delete(f"/v2/cards/{card['id']}")
    told = [event.type for event in Event.select().where(Event.thing == "card").order_by(Event.id)]
    assert told == ["card.issued", "card.deleted"]


@pytest.mark.parametrize(
    ("verb", "path", "status"), [("get", "nothing", 404), ("get", "cards/1/2/3", 404), ("put", "cards", 405)]
)
def test_an_address_or_a_verb_that_the_family_lacks_is_refused_in_its_envelope(api, verb, path, status):
    reply = getattr(api, verb)(f"/v2/{path}")
    assert (reply.status, reply.body["code"], reply.body["data"]) == (status, status, None)
    assert reply.body["error"]["message"].startswith(("There is no such address.", "This address does not take PUT."))


def test_an_address_that_only_begins_like_the_family_is_not_its_own(api):
    assert api.get("/v2x/cards").body["error_code"] == "address_unknown"
