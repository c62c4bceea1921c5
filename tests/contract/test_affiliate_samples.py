"""The requests of the seed's samples, made with the library that they use, against the running server."""

import re

import pytest
import requests

from portal.domain.accounts.partners import partners
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.offers.tables import Category
from tests.contract.promoters import promoted

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CATALOG_CODE, LANDING_CODE = re.compile(r"[A-HJ-NP-Z2-9]{5}"), re.compile(r"[A-HJ-NP-Z2-9]{6}")
BARE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")
ZULU_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

CATALOG = {
    "title": "SuperCatalog",
    "catalog_code": "super_catalog",
    "description": "some_text",
    "moderation_type": "FREE_ENTRY",
    "hold_duration": "30 00:00:00",
    "canceled_duration": "14 00:00:00",
    "is_promocode_allowed": True,
    "is_published": True,
}
OFFER = {
    "name": "Offer name",
    "catalog_id": "ea862999-ae2b-4cb0-bc0a-c71fc9748493",
    "is_promocode_allowed": False,
    "is_active": True,
    "prices": [{"cost": 100, "currency": "USD"}],
    "description": "Offer description",
    "reward_percent": 5,
}
DEAL = {
    "status": "Created",
    "offer": "Offer name",
    "cost": 100.0,
    "currency": "USD",
    "is_returned": False,
    "promo_code": "Promo",
    "another_data": "myshare=BDGSYEHVX",
    "deal_id": "Custom Deal ID",
    "catalog_code": "super_catalog",
}
LANDING = {
    "url": "http://example.com",
    "adaptability": "All",
    "title": "Landing title",
    "catalog_id": "310b9e84-b157-4ad2-ae6a-391746bb6bc4",
    "image_url": "http://example.com/image.png",
}


class Sample:
    """The seed's client: its base URL and its token, nothing else."""

    def __init__(self, url: str, token: str):
        self.base, self.headers = f"{url}/api", {"Accept": "application/json", "Authorization": token}

    def __call__(self, method: str, path: str, status: int, **more):
        answer = requests.request(
            method, self.base + path, headers=self.headers, timeout=60, allow_redirects=False, **more
        )
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
def merchant(server):
    """A partner that has nothing yet."""
    with server.connected():
        return partners.found("Samples", server.world.acme.users["owner"], confirmed=True)


@pytest.fixture
def sample(server, merchant):
    with server.connected():
        return Sample(server.url, tokens.make(merchant, "Samples", list(PERMITS), rate_limit=100_000)[1])


def assert_is(answer, expected) -> None:
    """Key by key, values and types; a pattern stands for what is made here."""
    if isinstance(expected, re.Pattern):
        assert isinstance(answer, str) and expected.fullmatch(answer), (answer, expected.pattern)
    elif isinstance(expected, dict):
        assert answer.keys() == expected.keys()
        for key in expected:
            assert_is(answer[key], expected[key])
    elif isinstance(expected, list):
        assert len(answer) == len(expected), (answer, expected)
        for item, wanted in zip(answer, expected, strict=True):
            assert_is(item, wanted)
    else:
        assert (type(answer), answer) == (type(expected), expected)


def created_catalog(merchant, **differing) -> dict:
    return {
        "id": UUID,
        "title": "SuperCatalog",
        "catalog_code": "super_catalog",
        "offers": [],
        "icon": None,
        "hold_duration": "30 00:00:00",
        "canceled_duration": "14 00:00:00",
        "is_promocode_allowed": True,
        "category": None,
        "business_partner_id": merchant.uuid,
        "offer_geo": ["WW"],
        "catalog_id": CATALOG_CODE,
        "description": "some_text",
        "reward_type": "RevShare",
        "localizations": [],
        "devices": "All",
        "cookies_storage_days": 30,
        "moderation_type": "FREE_ENTRY",
        "max_promo_code_percent": None,
        "min_promo_code_percent": None,
        "is_published": True,
        "created_at": BARE_TIME,
    } | differing


def shown_catalog(merchant, **differing) -> dict:
    created = created_catalog(merchant)
    del created["business_partner_id"], created["created_at"]
    return (
        created
        | {
            "approval_rate": "b/d",
            "reward_percent": None,
            "company_logo": None,
            "company_name": "Samples",
            "is_confirmed": True,
            "modified_at": BARE_TIME,
            "promo_materials": [],
            "reward": {"from": None, "to": None, "type": None},
            "rules": [],
            "text_rule": [],
            "preview_image": None,
            "landings": [],
        }
        | differing
    )


def shown_offer(catalog: dict, **differing) -> dict:
    return {
        "id": UUID,
        "name": "Offer name",
        "is_promocode_allowed": False,
        "catalog_id": catalog["id"],
        "is_active": True,
        "fix_remuneration": None,
        "reward_percent": 5.0,
        "prices": [{"cost": 100.0, "currency": "USD"}],
        "description": "Offer description",
    } | differing


def shown_landing(catalog: dict, **differing) -> dict:
    return {
        "id": LANDING_CODE,
        "url": "http://example.com",
        "modified_at": ZULU_TIME,
        "adaptability": "All",
        "title": "Landing title",
        "catalog_id": catalog["id"],
        "image_url": "http://example.com/image.png",
    } | differing


def shown_deal(**differing) -> dict:
    return {
        "offer": {"name": "Offer name", "catalog": {"title": "SuperCatalog", "catalog_code": "super_catalog"}},
        "cost": 100.0,
        "payment_sum": 0.0,
        "is_returned": False,
        "conversion_time": ZULU_TIME,
        "promo": {"code": "Promo", "percent_discounts": 5.0},
        "currency": "USD",
        "status": "Created",
        "id": UUID,
        "deal_id": "Custom Deal ID",
        "modified_at": ZULU_TIME,
        "paid_at": None,
        "approved_at": None,
        "canceled_at": None,
    } | differing


def test_a_catalog_is_made_read_listed_and_changed(sample, merchant):
    assert sample("GET", "/catalog/", 200) == []
    made = sample("POST", "/catalog/", 200, json=CATALOG)
    assert_is(made, created_catalog(merchant))
    assert_is(sample("GET", f"/catalog/{made['id']}/", 200), shown_catalog(merchant))
    assert_is(sample("GET", "/catalog/", 200), [shown_catalog(merchant)])
    renamed = {"title": "Catalog Different Name", "id": made["id"], "catalog_id": made["catalog_id"]}
    for method in ("PATCH", "PUT"):
        changed = sample(method, f"/catalog/{made['id']}/", 200, json={"title": "Catalog Different Name"})
        assert_is(changed, created_catalog(merchant, **renamed, created_at=made["created_at"]))
    assert_is(sample("GET", f"/catalog/{made['id']}/", 200), shown_catalog(merchant, **renamed))


def test_a_category_is_answered_as_uuid_when_made_and_as_name_when_read(sample, server):
    with server.connected():
        education = Category.get(Category.name == "Education").uuid
    made = sample("POST", "/catalog/", 200, json=CATALOG | {"category": "Education"})
    assert made["category"] == education
    assert sample("PATCH", f"/catalog/{made['id']}/", 200, json={"category": education})["category"] == education
    assert sample("GET", f"/catalog/{made['id']}/", 200)["category"] == "Education"


def test_an_offer_is_made_read_and_changed(sample, merchant):
    catalog = sample("POST", "/catalog/", 200, json=CATALOG)
    assert sample("POST", "/offer/", 400, json=OFFER)["errors"][0]["field"] == "catalog_id"
    offer = sample("POST", "/offer/", 201, json=OFFER | {"catalog_id": catalog["id"]})
    assert_is(offer, shown_offer(catalog))
    assert sample("GET", f"/offer/{offer['id']}/", 200) == offer
    for method in ("PATCH", "PUT"):
        changed = sample(method, f"/offer/{offer['id']}/", 200, json={"name": "Another offer name"})
        assert_is(changed, shown_offer(catalog, id=offer["id"], name="Another offer name"))
    reward = {"from": 5.0, "to": 5.0, "type": "RevShare"}
    assert_is(
        sample("GET", f"/catalog/{catalog['id']}/", 200), shown_catalog(merchant, offers=[changed], reward=reward)
    )


def test_a_landing_is_made_changed_and_deleted(sample, merchant):
    catalog = sample("POST", "/catalog/", 200, json=CATALOG)
    landing = sample("POST", "/landing/", 201, json=LANDING | {"catalog_id": catalog["id"]})
    assert_is(landing, shown_landing(catalog))
    for method in ("PATCH", "PUT"):
        changed = sample(method, f"/landing/{landing['id']}/", 200, json={"url": "http://example.com"})
        assert_is(changed, shown_landing(catalog, id=landing["id"]))
    assert_is(sample("GET", f"/catalog/{catalog['id']}/", 200), shown_catalog(merchant, landings=[changed]))
    assert sample("DELETE", f"/landing/{landing['id']}/", 204) is None
    assert_is(sample("GET", f"/catalog/{catalog['id']}/", 200), shown_catalog(merchant))
    sample("DELETE", f"/landing/{landing['id']}/", 404)


def test_the_guide_is_walked_from_a_catalog_to_a_returned_deal(sample, server, merchant):
    catalog = sample("POST", "/catalog/", 200, json=CATALOG | {"is_published": False})
    offer = sample("POST", "/offer/", 201, json=OFFER | {"catalog_id": catalog["id"], "is_promocode_allowed": True})
    landing = sample("POST", "/landing/", 201, json=LANDING | {"catalog_id": catalog["id"]})
    sample("PATCH", f"/catalog/{catalog['id']}/", 200, json={"is_published": True})
    with server.connected():
        promoted(catalog["id"], server.world.northwind)
    reward = {"from": 5.0, "to": 5.0, "type": "RevShare"}
    assert_is(
        sample("GET", f"/catalog/{catalog['id']}/", 200),
        shown_catalog(merchant, offers=[offer], landings=[landing], reward=reward),
    )
    assert_is(sample("GET", "/promo/check_promo/?code=promo", 200), {"percent_discounts": 5.0})
    assert_is(
        sample("GET", f"/promo/check_promo/?code=promo&catalog_id={catalog['catalog_id']}", 200),
        {"percent_discounts": 5.0},
    )
    assert_is(sample("GET", "/promo/check_uuid/?code=BDGSYEHVX", 200), {"percent_discounts": 0.0})

    reported = {
        name: DEAL[name]
        for name in ("another_data", "cost", "is_returned", "promo_code", "currency", "status", "offer", "deal_id")
    }
    assert_is(sample("POST", "/deal/", 200, json=DEAL), reported)
    assert_is(sample("GET", "/deal/Custom Deal ID/", 200), shown_deal())
    assert_is(sample("POST", "/deal/", 200, json=DEAL | {"status": "Paid"}), reported | {"status": "Paid"})
    paid = shown_deal(status="Paid", payment_sum=5.0, paid_at=ZULU_TIME)
    assert_is(sample("GET", "/deal/Custom Deal ID/", 200), paid)

    changed = sample(
        "PATCH",
        "/deal/Custom Deal ID/",
        200,
        json={"status": "Paid", "cost": 50.0, "is_returned": True, "comment": "Some comment"},
    )
    assert_is(changed, {"status": "Paid", "cost": 50.0, "is_returned": False, "comment": "Some comment"})
    paid |= {"cost": 50.0, "payment_sum": 2.5}
    assert_is(sample("GET", "/deal/Custom Deal ID/", 200), paid)

    canceled = sample("PATCH", "/deal/Custom Deal ID/", 200, json={"status": "Canceled", "is_returned": True})
    assert_is(canceled, {"status": "Canceled", "cost": 50.0, "is_returned": True, "comment": "Some comment"})
    ended = paid | {"status": "Canceled", "payment_sum": 0.0, "is_returned": True, "canceled_at": ZULU_TIME}
    assert_is(sample("GET", "/deal/Custom Deal ID/", 200), ended)
    assert_is(sample("GET", "/deal/?status=Canceled", 200), [ended])
    assert sample("PATCH", "/deal/Custom Deal ID/", 400, json={"status": "Paid"})["title"] == "Bad request"
    assert sample("GET", f"/catalog/{catalog['id']}/", 200)["approval_rate"] == "0.0"


def test_a_sample_without_a_token_is_told_how_to_mend_it(server):
    answer = requests.get(f"{server.url}/api/catalog/", headers={"Accept": "application/json"}, timeout=60)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert_is(
        answer.json(),
        {
            "type": "about:blank",
            "title": "Unauthorized",
            "status": 401,
            "detail": re.compile("Send a client token .*"),
            "error_code": "token_missing",
        },
    )
