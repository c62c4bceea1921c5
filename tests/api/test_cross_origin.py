"""Scripts of a partner's registered websites may ask the open parts of the API, and no others (contract: README, "CORS")."""

import pytest

from portal.domain.accounts.origins import origins
from portal.domain.errors import Invalid

SHOP = "https://shop.example"
VALIDATION, USAGE = "/api/coupon-validation?code=ABCD&eventId=1&listingId=1", "/api/reservations/1/coupon-usage"


def preflight(client, path, origin=SHOP):
    return client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


def test_an_origin_is_kept_as_browsers_send_it(world):
    origins.put(
        world.acme.partner, ["HTTPS://Shop.Example:443/", " http://localhost:8080", SHOP, "https://bücher.example"]
    )
    assert origins.of_partner(world.acme.id) == [SHOP, "http://localhost:8080", "https://xn--bcher-kva.example"]
    for wrong in ("shop.example", "ftp://shop.example", f"{SHOP}/path", f"{SHOP}?a", "https://a@shop.example", "https://", "*",
                  "null", "https://shop.example:x", "https://shop example"):  # fmt: skip
        with pytest.raises(Invalid):
            origins.put(world.acme.partner, [SHOP, wrong])
    with pytest.raises(Invalid):
        origins.put(world.acme.partner, [f"https://shop{number}.example" for number in range(21)])
    assert len(origins.of_partner(world.acme.id)) == 3
    origins.put(world.acme.partner, [])
    assert not origins.is_registered(SHOP)


@pytest.mark.parametrize("path", [VALIDATION, USAGE])
def test_a_registered_website_may_ask_and_read(client, world, path):
    origins.put(world.acme.partner, [SHOP])
    asked = preflight(client, path)
    assert asked.headers["Access-Control-Allow-Origin"] == SHOP
    allowed = asked.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"Reservation-Secret", "Idempotency-Key", "Content-Type", "X-API-Token", "X-Product-Name"} <= set(allowed)
    assert "Access-Control-Allow-Credentials" not in asked.headers
    answer = client.open(path, method="GET" if path is VALIDATION else "POST", headers={"Origin": SHOP})
    assert answer.headers["Access-Control-Allow-Origin"] == SHOP
    assert {"Retry-After", "Reservation-Secret"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert "Origin" in answer.headers.getlist("Vary")


def test_nobody_elses_page_may_and_nothing_else_is_open(client, world):
    origins.put(world.acme.partner, [SHOP])
    for answer in (
        preflight(client, VALIDATION, "https://evil.example"),
        client.get(VALIDATION, headers={"Origin": "https://evil.example"}),
        client.get(VALIDATION),
        preflight(client, "/api/coupons"),
        client.get("/api/coupons", headers={"Origin": SHOP, **world.acme.bearer}),
        preflight(client, "/api/nothing"),
    ):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.engine("sqlite")
def test_an_owner_registers_them(world):
    visitor = world.as_("acme")
    assert "Websites" in visitor.get("/developers/tokens").text
    refused = visitor.post("/developers/websites", {"origins": "https://shop.example\nshop"})
    assert "Line 2:" in refused.text and origins.of_partner(world.acme.id) == []
    visitor.post("/developers/websites", {"origins": "https://shop.example\r\n"})
    assert origins.of_partner(world.acme.id) == [SHOP]
    assert SHOP in visitor.get("/developers/websites").text
