"""Companies and tariffs over JSON: a parent's own, every key, nothing twice (contract: cards)."""

import pytest

from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.verify import faults
from tests.contract.caller import Caller
from tests.support import loyalty

CREATE = {
    "country": "Austria", "email": "bea@branch.example", "name": "Branch Vienna", "password": "correct horse battery",
    "phone": "+43 660 1234567", "tariffPeriod": "year", "userName": "Bea", "userSurname": "Berger",
}  # fmt: skip
EXTRA = {
    "country": "Austria", "countryCode": "AT", "city": None, "state": None, "stateCode": None, "street": None,
    "postalCode": None, "fullAddress": "Austria", "timezone": "UTC", "website": None,
}  # fmt: skip


@pytest.fixture
def parent(client, world):
    """Northwind's integrator."""
    yield Caller(client, world.northwind.token)
    assert faults() == []


@pytest.fixture
def tariff(world):
    return loyalty.tariff(world.northwind, white_label=False, year_price=loyalty.Decimal("290.5"))


def made(parent, tariff, **more):
    return parent.made("/v2/companies", {**CREATE, "tariffId": tariff.id, **more})["data"]


def test_a_company_is_made_with_every_key_and_its_token_works(parent, client, tariff, world):
    reply = parent.post("/v2/companies", {**CREATE, "tariffId": str(tariff.id), "language": "", "more": 1})
    assert (reply.status, reply.body["code"]) == (201, 201)
    company = reply.body["data"]
    key, passing = company["apiKey"], ("id", "userId", "apiKey", "expiresAt", "createdAt", "updatedAt")
    assert {name: value for name, value in company.items() if name not in passing} == {
        "tariffId": tariff.id, "status": "active", "name": "Branch Vienna", "email": "bea@branch.example",
        "phone": "+43 660 1234567", "note": None, "extra": EXTRA,
    }  # fmt: skip
    assert company["createdAt"].endswith("+00:00") and company["expiresAt"][:4] > company["createdAt"][:4]
    assert Caller(client, key).get("/v2/customers").status == 200
    assert parent.get(f"/v2/companies/{company['id']}").body["data"] == {**company, "apiKey": None}
    listed = parent.get("/v2/companies").body
    assert (listed["meta"]["totalItems"], listed["data"][0]["apiKey"]) == (1, None)


def test_a_repeat_under_its_key_makes_nothing_and_holds_no_secret(parent, tariff):
    body, key = {**CREATE, "tariffId": tariff.id}, {"Idempotency-Key": "branch"}
    first, again = (parent.post("/v2/companies", body, headers=key) for _ in range(2))
    assert (again.status, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.body["data"] == {**first.body["data"], "apiKey": None}
    assert parent.get("/v2/companies").body["meta"]["totalItems"] == 1


def test_a_mail_that_is_taken_is_a_409_whoever_has_it(parent, tariff, world):
    made(parent, tariff)
    for mail in ("BEA@branch.example", world.rival.users["owner"].mail):
        reply = parent.post("/v2/companies", {**CREATE, "email": mail, "tariffId": tariff.id})
        assert (reply.status, reply.body["error"]["error_code"]) == (409, "company_taken")


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"country": "Atlantis"}, 400, "country"),
        ({"email": "bea"}, 400, "email"),
        ({"password": "12345678"}, 400, "password"),
        ({"phone": "12"}, 400, "phone"),
        ({"tariffPeriod": "week"}, 400, "tariffPeriod"),
        ({"userSurname": ""}, 400, "userSurname"),
        ({"tariffId": "x"}, 400, "tariffId"),
        ({"tariffId": 999_999}, 404, None),
        ({"tariffId": "foreign"}, 404, None),
    ],
)
def test_what_makes_no_company_says_what_is_wrong(parent, tariff, world, wrong, status, field):
    if wrong.get("tariffId") == "foreign":
        wrong = {"tariffId": loyalty.tariff(world.acme).id}
    reply = parent.post("/v2/companies", {**CREATE, "tariffId": tariff.id, **wrong})
    assert reply.status == status, reply.body
    assert [detail["field"] for detail in reply.body["error"]["details"]] == ([field] if field else [])
    assert parent.get("/v2/companies").body["meta"]["totalItems"] == 0


def test_a_name_and_an_end_are_changed_and_null_is_without_end(parent, tariff):
    address = f"/v2/companies/{made(parent, tariff)['id']}"
    ends = "2031-12-31T23:59:59+00:00"
    changed = parent.patch(address, {"name": "Corner", "expiresAt": ends}).body["data"]
    assert (changed["name"], changed["expiresAt"]) == ("Corner", ends)
    assert parent.patch(address, {"name": "", "expiresAt": ""}).body["data"]["expiresAt"] == ends
    assert parent.patch(address, {"expiresAt": None}).body["data"]["expiresAt"] is None
    for wrong in ({"name": None}, {"expiresAt": "soon"}, {"expiresAt": "2001-01-01T00:00:00+00:00"}):
        assert parent.patch(address, wrong).status == 400


def test_an_ended_tariff_says_so_and_reads(parent, client, tariff):
    company = made(parent, tariff)
    address = f"/v2/companies/{company['id']}"
    # A second after it was made, which may lie ahead still: that is as good as any moment that will pass.
    parent.patch(address, {"expiresAt": None})
    api, own = Caller(client, company["apiKey"]), parent.get(address).body["data"]
    loyalty.Company.update(expires_at=1).where(loyalty.Company.partner == company["id"]).execute()
    assert (own["status"], parent.get(address).body["data"]["status"]) == ("active", "expired")
    assert api.get("/v2/cards").status == api.get("/v2/templates").status == 200


def test_a_tariff_is_changed_and_a_smaller_one_than_what_is_used_is_not(parent, tariff, world):
    company, small = made(parent, tariff), loyalty.tariff(world.northwind, name="Small", integrations=0)
    address = f"/v2/companies/{company['id']}/change-tariff"
    reply = parent.post(address, {"tariffId": small.id, "tariffPeriod": "month"})
    assert (reply.status, reply.body["error"]["error_code"]) == (422, "limit_reached")
    assert "API token" in reply.body["error"]["message"]
    large = loyalty.tariff(world.northwind, name="Large")
    changed = parent.post(address, {"tariffId": large.id, "tariffPeriod": "trial"}).body["data"]
    assert changed["tariffId"] == large.id and changed["expiresAt"] < company["expiresAt"]
    for wrong, status in (
        ({"tariffId": large.id, "tariffPeriod": "ever"}, 400),
        ({"tariffId": 1, "tariffPeriod": "year"}, 404),
    ):
        if status == 404:
            wrong["tariffId"] = loyalty.tariff(world.acme).id
        assert parent.post(address, wrong).status == status


def test_a_company_without_cards_is_deleted_once_and_its_token_ends(parent, client, tariff):
    company = made(parent, tariff)
    address = f"/v2/companies/{company['id']}"
    assert parent.delete(address).body["data"] == {"id": company["id"]}
    assert parent.delete(address).status == parent.get(address).status == parent.patch(address, {}).status == 404
    assert Caller(client, company["apiKey"]).get("/v2/cards").status in (401, 403)


def test_a_tariff_has_every_key(parent, tariff):
    reply = parent.get(f"/v2/tariffs/{tariff.id}").body["data"]
    assert {name: value for name, value in reply.items() if name not in ("id", "createdAt", "updatedAt")} == {
        "name": "Standard", "type": "paid", "country": None, "currency": "EUR",
        "prices": {"month": 29, "quarter": None, "year": 290.5},
        "limits": {"templates": 5, "managers": 5, "locations": 5, "integrations": 5},
        "options": {
            "push": True, "autoPush": True, "customAutoPush": True, "customFields": True, "duplicatesCheck": True,
            "phoneCheck": True, "integrations": True, "referralProgram": True, "reports": True, "whiteLabel": False,
        },
    }  # fmt: skip
    assert parent.get("/v2/tariffs").body["data"] == [reply]


def test_a_company_and_a_token_of_its_own_partner_alone_get_a_403(client, world, tariff):
    _, alone = tokens.make(world.northwind.partner, "Alone", list(PERMITS))
    for token in (world.north.token, alone):
        api = Caller(client, token)
        for path in ("/v2/companies", "/v2/tariffs", f"/v2/tariffs/{tariff.id}", "/v2/companies/1"):
            assert api.get(path).status == 403
        assert api.post("/v2/companies", {**CREATE, "tariffId": tariff.id}).status == 403
