"""The description tells the truth: every route is in it, every example fits, and a fuzzer finds no answer outside it."""

import json
import re

import pytest

from portal.domain.accounts.tokens.permits import PERMITS
from portal.offers_feed.feed.schemas import FeedOffer
from tests.contract.answers import Description

pytestmark = pytest.mark.engine("sqlite")  # What is described and said is the same on both.

pytest.importorskip("jsonschema_rs", reason="part of the development requirements")
# Types of coupons without an amount omit both keys, as the seed's sample does; only sellers are told why one is not valid.
WITH_AMOUNTS, OF_AMOUNTS = {"Coupon", "CouponDetails", "MadeCoupon"}, {"amount", "amount_type", "currency"}

_WHERE_ASKED_FOR = {"Validity": {"checks"}, "Offers": {"pagination_info"}, "Clicked": {"earns"}}
# What went away is told of by its id alone; of offers the feed's contract test asks for all keys.
_WHERE_ASKED_FOR["FeedOffer"] = set(FeedOffer.model_fields) - {"id"}
_WITHOUT_BODY = {"purchase_reservation", "like_member_offer", "unlike_member_offer"}
_PAGES = ("reference.docs", "oauth.consent.authorize")
_PAGE = "authorize_member_app"  # It is described, and is no JSON.
_KEEPS_NOTHING = ["oauth"]  # What is answered there is a secret, and whoever has a client token may ask.


@pytest.fixture
def document(client) -> dict:
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def operations(document: dict):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] != _PAGE:
                yield path, method, operation


def defaults(part):
    """Every schema of the document that has a default."""
    if isinstance(part, dict):
        if "default" in part:
            yield part
        for inside in part.values():
            yield from defaults(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from defaults(inside)


def test_it_is_a_valid_openapi_document(document):
    from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

    OPENAPI_31_VALIDATOR.validate(document)
    described = Description(document)
    for schema in defaults(document):
        described.valid(schema, schema["default"])
    used = set(re.findall(r'"\$ref": ?"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert used <= document["components"]["schemas"].keys()
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z]+(_[a-z]+)+", name) for name in names), names
    assert {"list_catalogs", "create_deal", "update_offer", "update_offer_by_put", "check_promo"} <= set(names)


def test_schemas_have_names_that_people_would_choose(document):
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if not re.fullmatch("([A-Z][a-z]+)+", name)] == []
    titles = [schema["title"] for schema in schemas.values() if "title" in schema]
    assert len(titles) == len(set(titles))


def test_the_members_token_goes_beside_the_clients_where_a_member_speaks(document):
    assert document["components"]["securitySchemes"]["MemberToken"]["scheme"] == "bearer"
    ways = {operation["operationId"]: operation.get("security", []) for _, _, operation in operations(document)}
    client = "X-Client-Authorization"
    me, without = {client: [], "MemberToken": []}, {client: []}
    for name, first in (
        ("list_member_offers", me), ("get_member_token_info", me), ("note_seen_member_offers", me), ("grant_member_offer", without),
        ("draw_member_tokens", without), ("list_deals", {"Authorization": []}),
    ):  # fmt: skip
        assert ways[name][0] == first, name
    assert without in ways["list_member_offers"] and without not in ways["get_member_token_info"]
    assert me not in ways["grant_member_offer"] and without not in ways["note_seen_member_offers"]
    assert all("Authorization" not in way for _, way in ways.items() if way and client in way[0] for way in way)


def test_the_page_that_signs_members_in_is_described_and_is_there(app, client, document):
    path = "/api/v3/{club_slug}/members/oauth/authorize"
    page = document["paths"][path]["get"]
    assert page["operationId"] == _PAGE and {"303", "400"} <= set(page["responses"])
    assert {one["name"] for one in page["parameters"]} == {
        "club_slug", "response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method",
    }  # fmt: skip
    assert path in {re.sub(r"<(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    answer = client.get("/api/v3/nobody/members/oauth/authorize")
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


def test_the_introduction_is_true_of_each_family(document):
    told = " ".join(document["info"]["description"].split())
    sizes = {"list_deals": 100, "list_campaign_offers": 200, "list_customers": 30, "list_member_offers": 100}
    for _, _, operation in operations(document):
        if most := sizes.get(operation["operationId"]):
            size = next(one for one in operation["parameters"] if one["schema"].get("default") == most)
            assert f"`{size['name']}`" in told and str(most) in told
    for header in document["components"]["securitySchemes"].keys() - {"MemberToken"}:
        assert f"`{header}`" in told


def test_every_answer_tells_its_headers(document):
    """That no answer has others, and has those that are required, is asked of each by the caller."""
    of_status = {
        "401": "WWW-Authenticate",
        "405": "Allow",
        "409": "Retry-After",
        "429": "Retry-After",
        "503": "Retry-After",
    }
    for path, method, operation in operations(document):
        assert {"405", "500", "503"} <= operation["responses"].keys()
        for status, answer in operation["responses"].items():
            told = answer["headers"].keys()
            assert {"X-Request-Id", "RateLimit", "RateLimit-Policy"} <= told
            assert of_status.get(status, "X-Request-Id") in told
            is_kept = status[0] == "2" or status in ("409", "422")
            is_kept &= method in ("post", "put", "patch") and operation["tags"] != _KEEPS_NOTHING
            assert ("Idempotent-Replayed" in told) == is_kept, (path, status)


def test_every_success_but_a_204_or_304_tells_its_body(document):
    """Without it a generated client returns nothing of what was answered."""
    for path, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            assert ("content" in answer) == (status not in ("204", "304")), (path, status)


def test_every_address_under_api_is_described_with_its_methods(app, document):
    served = set()
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and rule.endpoint not in _PAGES:
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            path = path if path.endswith((".json", "/")) else path + "/"
            served |= {(path, method.lower()) for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert {(path, method) for path, method, _ in operations(document)} == served


def test_every_operation_says_what_it_is_takes_and_needs(document):
    for path, method, operation in operations(document):
        assert operation["summary"]
        assert operation["description"], (path, method)
        assert {"400", "429"} <= operation["responses"].keys()
        if "security" in operation:
            assert operation["tags"] == _KEEPS_NOTHING or set(operation["x-permit"].split(" or ")) <= PERMITS.keys()
            assert {"401", "403"} <= operation["responses"].keys()
        assert {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"} == set(
            re.findall(r"\{(\w+)\}", path)
        )
        has_effect = method in ("post", "put", "patch")
        assert ("requestBody" in operation) == (has_effect and operation["operationId"] not in _WITHOUT_BODY)
        named = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"}
        takes_key = has_effect and operation["tags"] != _KEEPS_NOTHING
        assert named - {"Reservation-Secret"} == ({"Idempotency-Key"} if takes_key else set())


def test_every_field_and_parameter_says_what_it_means(document):
    for name, schema in document["components"]["schemas"].items():
        assert schema["description"], name
        for field, described in schema["properties"].items():
            assert described.get("description", "").endswith("."), (name, field)
    for path, method, operation in operations(document):
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, method, parameter["name"])
    for tag in document["tags"]:
        assert tag["description"]


def test_a_field_names_every_older_name_that_it_is_taken_under(app, document):
    schemas = document["components"]["schemas"]
    bodies = {route.body for route in app.extensions["routes"] if route.body}
    for body in bodies:
        for name, field in body.model_fields.items():
            for older in field.validation_alias.choices[1:] if field.validation_alias else ():
                assert f"`{older}`" in schemas[body.__name__]["properties"][name]["description"], (body, name)


def test_every_documented_example_fits_its_schema(document):
    description = Description(document)
    seen = 0
    for _, _, operation in operations(document):
        contents = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (media for part in contents for media in part.get("content", {}).values()):
            if "example" in content:
                description.valid(content["schema"], content["example"])
                seen += 1
    assert seen >= 30


def test_every_endpoint_of_the_family_shows_an_example(document):
    for path, method, operation in operations(document):
        if "security" in operation and method != "delete":
            success = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
            assert all("example" in content for content in success["content"].values()), (path, method)
            if "requestBody" in operation:
                assert "example" in operation["requestBody"]["content"]["application/json"]


def test_answers_have_every_key_always(document):
    """Optional means null, not absent (contract: README); so an answer's schema requires all its properties."""
    schemas = document["components"]["schemas"]
    answers = {name for _, _, operation in operations(document) for name in _answered(operation)}
    assert len(answers) >= 8
    for name in answers:
        omitted = OF_AMOUNTS if name in WITH_AMOUNTS else _WHERE_ASKED_FOR.get(name, set())
        required, properties = (set(schemas[name].get(key, ())) for key in ("required", "properties"))
        assert required == properties - omitted, name


def _answered(operation) -> set[str]:
    found = set()
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            found |= set(re.findall(r"#/components/schemas/(\w+)", str(answer)))
    return found - {"Problem"}
