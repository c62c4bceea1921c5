"""The bounds that the description tells are those that the portal keeps."""

import pytest

pytestmark = pytest.mark.engine("sqlite")  # What is described and said is the same on both.

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="part of the development requirements")


@pytest.fixture
def schemas(client) -> dict:
    return client.get("/api/openapi.json").json["components"]["schemas"]


def outside(described: dict):
    """Values just outside the bounds of a property."""
    if "minimum" in described:
        yield described["minimum"] - 0.01 if isinstance(described["minimum"], float) else described["minimum"] - 1
    if "maximum" in described:
        yield described["maximum"] + 1
    if "maxLength" in described:
        yield "x" * (described["maxLength"] + 1)
    if "maxItems" in described:
        yield ["x"] * (described["maxItems"] + 1)
    if described.get("minItems"):
        yield []
    if "pattern" in described or "format" in described or "enum" in described:
        yield "no such thing"


def test_what_is_outside_the_described_bounds_is_refused_by_its_name(api, shop, schemas):
    shop.report()
    tried = 0
    for method, path, name, body in (
        ("PATCH", f"/catalog/{shop.catalog['id']}/", "CatalogChange", {}),
        ("PATCH", f"/offer/{shop.offer['id']}/", "OfferChange", {}),
        ("PATCH", f"/landing/{shop.landing['id']}/", "LandingChange", {}),
        ("PATCH", "/deal/order-1/", "DealUpdate", {}),
        ("POST", "/deal/", "DealCreate", shop.said(deal_id="order-2")),
    ):
        for field, described in schemas[name]["properties"].items():
            for value in outside(described):
                assert api.refused(method, path, {**body, field: value}) == [field], (name, value)
                tried += 1
    assert tried >= 35


def test_a_number_in_a_string_is_described_from_its_beginning_to_its_end(schemas):
    cost = jsonschema_rs.validator_for(schemas["DealCreate"]["properties"]["cost"])
    assert all(cost.is_valid(value) for value in (0, 12.5, "12.50"))
    assert not any(cost.is_valid(value) for value in (-1, "12.50 USD", "about 12", None, True))


def test_every_schema_is_one(schemas):
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)
