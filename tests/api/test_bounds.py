"""The bounds that the description tells are those that the portal keeps: what lies on one is taken, what lies outside is refused."""

from itertools import count

import pytest

from portal.domain.money import EXPONENTS
from tests.contract.promoters import promoted

pytestmark = pytest.mark.engine("sqlite")  # What is described and said is the same on both.

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="part of the development requirements")

ON = {"uri": "https://shop.example/", "date-time": "2026-01-31T10:00:00Z"}
# Of a pattern: what it just lets through, and what it just does not.
FITTING = {"^[A-Z]{3}$": ["JPY"]}
STRAY = {"^[A-Z]{3}$": ["JP", "JPYY", "XXX", "jpy"]}
DURATIONS = (
    ["0:0:0", "23:59:59", "0 00:00:00", "36499 23:59:59", "36500 00:00:00", "007 1:2:3"],
    ["36500 00:00:01", "36501 00:00:00", "100000 0:0:0", "24:00:00", "1:60:0", "1:0:60", "1 1:1", "-1 0:0:0", "30"],
)

_letters = count(ord("一"))  # No text is another's, so that names are unique.


@pytest.fixture
def schemas(client) -> dict:
    return client.get("/api/openapi.json").json["components"]["schemas"]


def parts(described: dict) -> list[dict]:
    """What is told of a field, with what is told of each kind of value that it takes."""
    return [described, *(one for given in described.get("anyOf", []) for one in parts(given))]


def told(described: dict, word: str):
    return next((part[word] for part in parts(described) if word in part), None)


def is_nullable(described: dict) -> bool:
    return any(part.get("type") == "null" for part in parts(described))


def text(length: int, described: dict) -> str:
    beginning = ON["uri"] if told(described, "format") == "uri" else ""
    return beginning + chr(next(_letters)) * (length - len(beginning))


def items(number: int, described: dict) -> list:
    """A list of so many, each as long as one may be."""
    if "$ref" in told(described, "items"):
        return [{"cost": 1, "currency": code} for code in [*EXPONENTS][:number]]
    return ["x" * (told(told(described, "items"), "maxLength") or 1)] * number


def inside(described: dict) -> list:
    """Values on each bound that is told of a field."""
    found = [told(described, word) for word in ("minimum", "maximum") if told(described, word) is not None]
    found += [value for value in told(described, "enum") or [] if value is not None]
    pattern = told(described, "pattern") if told(described, "type") == "string" else None
    if longest := told(described, "maxLength"):
        found += [text(told(described, "minLength") or 25, described), text(longest, described)]
    if pattern and "36500" in pattern:
        found += DURATIONS[0]
    if most := told(described, "maxItems"):
        found += [items(told(described, "minItems") or 0, described), items(most, described)]
    if kind := (told(described, "items") or {}).get("enum"):
        found += [[], list(kind)]
    return [*found, *FITTING.get(pattern or "", []), *([None] if is_nullable(described) else [])]


def outside(described: dict) -> list:
    """Values just outside of each."""
    found = [] if is_nullable(described) else [None]
    if (lowest := told(described, "minimum")) is not None:
        found.append(lowest - 0.01 if isinstance(lowest, float) else lowest - 1)
    if (highest := told(described, "maximum")) is not None:
        found.append(highest + 1)
    pattern = told(described, "pattern") if told(described, "type") == "string" else None
    if longest := told(described, "maxLength"):
        found.append(text(longest + 1, described))
    if pattern and "36500" in pattern:
        found += DURATIONS[1]
    if told(described, "format") or told(described, "enum"):
        found.append("no such thing")
    if most := told(described, "maxItems"):
        found.append(items(most + 1, described))
        if told(told(described, "items"), "maxLength"):
            found.append([items(1, described)[0] + "x"])
    if told(described, "minItems"):
        found.append([])
    if (told(described, "items") or {}).get("enum"):
        found.append(["no such thing"])
    return [*found, *STRAY.get(pattern or "", [])]


@pytest.fixture
def tried(api, world):
    """For each schema: a request in which a field of it can be any that is described. Sums are in a currency without
    decimals, which goes furthest."""
    prices = [{"cost": 1, "currency": "JPY"}]
    catalog = api.made("/catalog/", {"title": "Bounds", "catalog_code": "bounds", "reward_percent": 5})
    offer = {"name": "Plan", "catalog_id": catalog["id"], "prices": prices}
    changed = api.made("/offer/", offer)["id"]
    api.made("/offer/", offer | {"name": "Sold"})
    alone = api.made("/catalog/", {"title": "Alone", "catalog_code": "alone"})
    landing = {"url": ON["uri"], "catalog_id": catalog["id"]}
    landing_id = api.made("/landing/", landing)["id"]
    promoted(catalog["id"], world.northwind)
    deal = {
        "status": "Created",
        "offer": "Sold",
        "cost": 1,
        "currency": "JPY",
        "deal_id": "0",
        "catalog_code": "bounds",
    }
    api.made("/deal/", deal)

    def anew(path, body, *unique):
        """One of its own for each try, so that none is what another one made it."""

        def send(number, field, value):
            return api.post(path, {**body, **{name: f"{name}-{number}" for name in unique}, field: value})

        return send

    def patched(path, **beside):
        return lambda number, field, value: api.patch(path, {field: value, **beside.get(field, {})})

    return {
        "CatalogCreate": anew("/catalog/", {"title": "New"}, "catalog_code"),
        "CatalogChange": patched(f"/catalog/{alone['id']}/", min_promo_code_percent={"max_promo_code_percent": None}),
        "OfferCreate": anew("/offer/", offer, "name"),
        "OfferChange": patched(f"/offer/{changed}/", fix_remuneration={"prices": prices}),
        "LandingCreate": anew("/landing/", landing),
        "LandingChange": patched(f"/landing/{landing_id}/"),
        "DealCreate": anew("/deal/", deal, "deal_id"),
        "DealUpdate": patched("/deal/0/"),
    }


# What a rule decides that no schema tells: a status moves one way, and a deal's currency is one of the offer's.
BY_RULE = {("DealCreate", "status"), ("DealUpdate", "status"), ("DealCreate", "currency")}


def test_what_lies_on_a_described_bound_is_taken_and_what_lies_outside_is_refused_by_its_name(tried, schemas):
    taken = refused = number = 0
    for schema, send in tried.items():
        for field, described in schemas[schema]["properties"].items():
            if (schema, field) in BY_RULE:
                continue
            for value in outside(described):
                number += 1
                reply = send(number, field, value)
                assert (reply.status, reply.fields) == (400, [field]), (schema, field, value, reply.body)
                refused += 1
            for value in inside(described):
                number += 1
                reply = send(number, field, value)
                assert reply.status in (200, 201), (schema, field, value, reply.body)
                taken += 1
    assert min(taken, refused) >= 140, (taken, refused)


def test_a_price_is_described_as_it_is_taken(api, shop, schemas):
    path, described = f"/offer/{shop.offer['id']}/", schemas["PriceGiven"]["properties"]
    for cost in inside(described["cost"]):
        assert api.patch(path, {"prices": [{"cost": cost, "currency": "JPY"}]}).status == 200, cost
    for field in ("cost", "currency"):
        for value in outside(described[field]):
            price = {"cost": 1, "currency": "JPY", field: value}
            assert api.refused("PATCH", path, {"prices": [price]}) == [f"prices.0.{field}"], price


def test_every_answer_that_may_be_null_is_once(api, world, schemas):
    """And nothing else is: that every answer fits its schema is asked of each by the caller."""
    catalog = api.made("/catalog/", {"title": "Bare", "catalog_code": "bare"})
    offer = {"name": "Fixed", "catalog_id": catalog["id"], "fix_remuneration": 1}
    prices = [{"cost": 1, "currency": "USD"}]
    answers = {"OfferResponse": [api.made("/offer/", {**offer, "prices": prices})]}
    answers["OfferResponse"] += [api.made("/offer/", {**offer, "name": "N", "prices": prices, "fix_remuneration": None, "reward_percent": 5})]  # fmt: skip
    answers["CatalogCreateResponse"], answers["LandingResponse"] = [catalog], [api.made("/landing/", {"url": ON["uri"], "catalog_id": catalog["id"]})]  # fmt: skip
    deal = {"status": "Created", "offer": "Fixed", "cost": 1, "currency": "USD", "deal_id": "0", "catalog_code": "bare"}
    answers["DealCreateResponse"] = [api.made("/deal/", deal)]
    api.made("/deal/", deal | {"deal_id": "1", "promo_code": "nobodys"})
    answers["DealResponse"] = [api.get("/deal/0/").body]
    answers["PromoCodeForDeal"] = [api.get("/deal/1/").body["promo"]]
    answers["DealUpdateResponse"] = [api.patch("/deal/0/", {}).body]
    empty = api.made("/catalog/", {"title": "Empty", "catalog_code": "empty"})
    answers["CatalogResponse"] = [api.get(f"/catalog/{empty['id']}/").body]
    answers["Reward"] = [answers["CatalogResponse"][0]["reward"]]
    for name, shown in answers.items():
        told_null = {field for field, described in schemas[name]["properties"].items() if is_nullable(described) or None in (told(described, "enum") or [])}  # fmt: skip
        assert {field for one in shown for field, value in one.items() if value is None} == told_null, name


def test_a_number_in_a_string_is_described_from_its_beginning_to_its_end(schemas):
    cost = jsonschema_rs.validator_for(schemas["DealCreate"]["properties"]["cost"])
    assert all(cost.is_valid(value) for value in (0, 12.5, "12.50"))
    assert not any(cost.is_valid(value) for value in (-1, "12.50 USD", "about 12", None, True))


def test_every_schema_is_one(schemas):
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)
