"""What the contract settles of catalogs, offers and landings: names, types, defaults, ranges, references."""

import json

import pytest

from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.offers.tables import Catalog, Category, Offer, OfferPrice

NEW_OFFER = {"name": "Plan", "prices": [{"cost": 100, "currency": "USD"}], "reward_percent": 5}


@pytest.fixture
def catalog(api):
    return api.made("/catalog/", {"title": "Shop", "catalog_code": "shop"})


def offer(api, catalog, **given) -> dict:
    body = {**NEW_OFFER, "catalog_id": catalog["id"], **given}
    return api.made("/offer/", {name: value for name, value in body.items() if value is not ...})


def offer_refused(api, catalog, **given) -> list[str]:
    body = {**NEW_OFFER, "catalog_id": catalog["id"], **given}
    return api.refused("POST", "/offer/", {name: value for name, value in body.items() if value is not ...})


def some(answer: dict, *names: str) -> tuple:
    return tuple(answer[name] for name in names)


def test_older_names_are_accepted_and_the_present_ones_answered(api, catalog):
    older = {
        "is_promo": True,
        "remuneration_percent": "7.5",
        "max_size_promo_code": "10.00",
        "min_size_promo_code": 5,
        "localization": ["EN", "RU"],
    }
    made = api.made("/catalog/", {"title": "Old", "catalog_code": "old", **older})
    assert some(made, "is_promocode_allowed", "min_promo_code_percent", "max_promo_code_percent") == (True, 5.0, 10.0)
    assert made["localizations"] == ["EN", "RU"]
    assert api.get(f"/catalog/{made['id']}/").body["reward_percent"] == 7.5
    made = offer(api, catalog, reward_percent=..., remuneration_percent="12.25", is_promo=True, disable=True)
    assert some(made, "reward_percent", "is_promocode_allowed", "is_active") == (12.25, True, False)
    changed = api.patch(f"/offer/{made['id']}/", {"disable": False, "remuneration_percent": 3}).body
    assert some(changed, "reward_percent", "is_active") == (3.0, True)
    landing = api.made(
        "/landing/", {"url": "http://a.example", "catalog_id": catalog["id"], "image": "http://a.example/i.png"}
    )
    assert landing["image_url"] == "http://a.example/i.png"
    assert "image" not in landing


@pytest.mark.parametrize("wrong", ["no", 1, {"a": 1}])
def test_disable_of_another_type_is_named(api, catalog, wrong):
    assert offer_refused(api, catalog, disable=wrong) == ["disable"]


def test_a_catalog_has_the_documented_defaults(api):
    made = api.made("/catalog/", {"title": "Bare", "catalog_code": "bare"})
    for fixed in ("id", "title", "catalog_code", "offers", "business_partner_id", "catalog_id", "created_at"):
        del made[fixed]
    assert made == {
        "icon": None,
        "hold_duration": "30 00:00:00",
        "canceled_duration": "14 00:00:00",
        "is_promocode_allowed": False,
        "category": None,
        "offer_geo": ["WW"],
        "description": None,
        "reward_type": "RevShare",
        "localizations": [],
        "devices": "All",
        "cookies_storage_days": 30,
        "moderation_type": "FREE_ENTRY",
        "max_promo_code_percent": None,
        "min_promo_code_percent": None,
        "is_published": True,
    }


def test_everything_that_the_answers_show_can_be_set(api):
    settings = {
        "moderation_type": "MANUAL_MODERATION",
        "reward_type": "CPA",
        "category": "Education",
        "offer_geo": ["AW", "DE"],
        "localizations": ["AA"],
        "devices": "Mobile",
        "cookies_storage_days": 365,
        "min_promo_code_percent": 0,
        "max_promo_code_percent": 95,
        "company_logo": "https://example.com/logo.png",
        "icon": "https://example.com/icon.png",
        "preview_image": "https://example.com/preview.png",
        "rules": ["Be kind"],
        "text_rule": ["No spam"],
        "promo_materials": ["https://example.com/banner.png"],
        "reward_percent": 95,
        "description": "All of it",
        "hold_duration": "0 00:00:00",
        "canceled_duration": "1 23:59:59",
        "is_promocode_allowed": True,
        "is_published": False,
    }
    made = api.made("/catalog/", {"title": "Full", "catalog_code": "full", **settings})
    shown = api.get(f"/catalog/{made['id']}/").body
    assert {name: shown[name] for name in settings} == settings
    assert made["category"] == Category.get(Category.name == "Education").uuid


def test_put_and_patch_are_both_partial(api, catalog):
    for method in ("PUT", "PATCH"):
        changed = api(method, f"/catalog/{catalog['id']}/", {"description": method}).body
        assert changed == catalog | {"description": method}
    made = offer(api, catalog)
    assert api.put(f"/offer/{made['id']}/", {"description": "new"}).body == made | {"description": "new"}
    landing = api.made("/landing/", {"url": "http://a.example", "title": "A", "catalog_id": catalog["id"]})
    changed = api.put(f"/landing/{landing['id']}/", {"title": "B"}).body
    assert changed == landing | {"title": "B", "modified_at": changed["modified_at"]}


def test_null_clears_and_empty_or_absent_leaves(api):
    given = {
        "description": "text",
        "icon": "http://a.example/i.png",
        "category": "Education",
        "min_promo_code_percent": 5,
    }
    made = api.made(
        "/catalog/", {"title": "T", "catalog_code": "t", **given, "cookies_storage_days": 7, "offer_geo": ["DE"]}
    )
    address = f"/catalog/{made['id']}/"
    empty = dict.fromkeys([*given, "title", "catalog_code", "hold_duration", "moderation_type", "devices"], "")
    assert api.patch(address, empty).body == made
    nulls = dict.fromkeys([*given, "cookies_storage_days", "offer_geo", "hold_duration", "is_published"])
    cleared = dict.fromkeys(given) | {"cookies_storage_days": 30, "offer_geo": ["WW"]}
    assert api.patch(address, nulls).body == made | cleared
    assert api.refused("PATCH", address, {"title": None, "catalog_code": None}) == ["title", "catalog_code"]


def test_an_empty_string_in_an_optional_field_is_not_given(api, catalog):
    made = offer(api, catalog, description="", fix_remuneration="", is_active="")
    assert some(made, "description", "fix_remuneration", "is_active") == (None, None, True)
    assert offer_refused(api, catalog, name="", catalog_id="") == ["catalog_id"]


def test_required_fields_are_all_named(api, catalog):
    assert api.refused("POST", "/catalog/", {}) == ["title", "catalog_code"]
    assert api.refused("POST", "/offer/", {}) == ["name", "catalog_id", "prices"]
    assert api.refused("POST", "/landing/", {}) == ["url", "catalog_id"]
    deal = ["status", "offer", "cost", "currency", "deal_id", "catalog_code"]
    assert api.refused("POST", "/deal/", {}) == deal
    assert api.refused("POST", "/catalog/", {"title": " ", "catalog_code": ""}) == ["title", "catalog_code"]


WRONG_CATALOGS = {
    "reward_percent": [0.04, 95.01, "five", True, -1, 5.555, {}],
    "min_promo_code_percent": [-0.01, 95.01],
    "max_promo_code_percent": [96, "9,5"],
    "cookies_storage_days": [0, 366, 30.5, "30", True],
    "hold_duration": ["-1 00:00:00", "30", "30 24:00:00", "1 00:60:00", "a 00:00:00", 30, "99999 00:00:00", "1 0:0"],
    "canceled_duration": ["14 days", "1 00:00:60"],
    "moderation_type": ["free_entry", "OPEN", 1],
    "reward_type": ["revshare"],
    "devices": ["Phone"],
    "offer_geo": [["XX"], ["de"], "DE", [None]],
    "localizations": [["XX"], "EN"],
    "category": ["No such thing", "86d23d13-9dbb-46f3-82d0-25253c7750c3"],
    "icon": ["icon.png", "ftp://a.example/i.png", "javascript:alert(1)", "//a.example/i.png", "http://", "http://a b/"],
    "rules": ["one", [1]],
    "is_published": ["true", 1, 0],
    "title": ["x" * 256, 5, []],
    "catalog_code": ["line\nbreak", "x" * 256],
}


def test_values_out_of_range_are_named_and_write_nothing(api, catalog):
    for field, values in WRONG_CATALOGS.items():
        for value in values:
            fields = api.refused("POST", "/catalog/", {"title": "W", "catalog_code": "w", field: value})
            assert [name.split(".")[0] for name in fields] == [field], (field, value)
            fields = api.refused("PATCH", f"/catalog/{catalog['id']}/", {field: value})
            assert [name.split(".")[0] for name in fields] == [field], (field, value)
    assert Catalog.select().count() == 1
    assert api.get("/catalog/").body[0]["title"] == "Shop"


def test_the_bounds_themselves_are_taken(api, catalog):
    address = f"/catalog/{catalog['id']}/"
    for field, values in {
        "reward_percent": [0.05, 95, "0.05", "95.00"],
        "cookies_storage_days": [1, 365],
        "hold_duration": ["0 00:00:00", "0 23:59:59", "00:00:01"],
    }.items():
        for value in values:
            assert api.patch(address, {field: value}).status == 200, (field, value)
    assert api.get(address).body["hold_duration"] == "0 00:00:01"


def test_the_smallest_promo_discount_never_exceeds_the_largest(api, catalog):
    address = f"/catalog/{catalog['id']}/"
    both = {"min_promo_code_percent": 11, "max_promo_code_percent": 10}
    assert api.refused("PATCH", address, both) == ["min_promo_code_percent"]
    api.patch(address, {"max_promo_code_percent": 10})
    assert api.refused("PATCH", address, {"min_promo_code_percent": 10.01}) == ["min_promo_code_percent"]
    assert api.patch(address, {"min_promo_code_percent": 10}).body["min_promo_code_percent"] == 10.0


def test_a_catalog_is_found_by_its_uuid_and_by_its_short_code_in_any_case(api, catalog):
    expected = api.get(f"/catalog/{catalog['id']}/").body
    references = (catalog["catalog_id"], catalog["catalog_id"].lower(), catalog["id"].upper())
    for number, reference in enumerate(references):
        assert api.get(f"/catalog/{reference}/").body == expected
        assert offer(api, catalog, name=f"Plan {number}", catalog_id=reference)["catalog_id"] == catalog["id"]
        assert (
            api.made("/landing/", {"url": "http://a.example", "catalog_id": reference})["catalog_id"] == catalog["id"]
        )
        expected = api.get(f"/catalog/{catalog['id']}/").body


def test_a_catalog_code_is_unique_within_a_partner_alone(api, stranger, catalog):
    again = {"title": "Again", "catalog_code": "shop"}
    assert api.refused("POST", "/catalog/", again) == ["catalog_code"]
    assert stranger.made("/catalog/", again)["catalog_code"] == "shop"
    other = api.made("/catalog/", {"title": "Other", "catalog_code": "other"})
    assert api.refused("PATCH", f"/catalog/{other['id']}/", {"catalog_code": "shop"}) == ["catalog_code"]
    assert api.patch(f"/catalog/{other['id']}/", {"catalog_code": "other"}).status == 200


def test_an_offer_name_is_unique_within_its_catalog(api, catalog):
    other = api.made("/catalog/", {"title": "Other", "catalog_code": "other"})
    offer(api, catalog)
    assert offer_refused(api, catalog) == ["name"]
    elsewhere = offer(api, other)
    assert api.refused("PATCH", f"/offer/{elsewhere['id']}/", {"catalog_id": catalog["id"]}) == ["name"]
    assert Offer.select().count() == 2


WRONG_PRICES = {
    "prices": [[], None, {}],
    "prices.0.cost": [
        [{"cost": -1, "currency": "USD"}],
        [{"cost": 1.001, "currency": "USD"}],
        [{"cost": 0.5, "currency": "JPY"}],
        [{"cost": "1.0001", "currency": "KWD"}],
        [{"cost": 10**16, "currency": "USD"}],
        [{"cost": True, "currency": "USD"}],
        [{"currency": "USD"}],
    ],
    "prices.0.currency": [[{"cost": 1, "currency": code}] for code in ("XAU", "XXX", "usd", "US", "BTC", "", 5)],
    "prices.1.currency": [[{"cost": 1, "currency": "USD"}, {"cost": 2, "currency": "USD"}]],
}


def test_prices_that_cannot_be_kept_are_named(api, catalog):
    for field, lists in WRONG_PRICES.items():
        for prices in lists:
            assert offer_refused(api, catalog, prices=prices) == [field], prices
    assert (Offer.select().count(), OfferPrice.select().count()) == (0, 0)


def test_every_currency_keeps_its_own_decimals(api, catalog):
    prices = [
        {"cost": "100", "currency": "JPY"},
        {"cost": 1.005, "currency": "KWD"},
        {"cost": 0.1, "currency": "USD"},
        {"cost": 0, "currency": "RUB"},
        {"cost": 1.0001, "currency": "CLF"},
    ]
    shown = offer(api, catalog, prices=prices)["prices"]
    assert shown == [{"cost": float(price["cost"]), "currency": price["currency"]} for price in prices]


def test_a_currency_without_decimals_is_answered_in_whole_numbers_everywhere(api, shop):
    yen = {
        "prices": [{"cost": 100, "currency": "JPY"}],
        "name": "Yen",
        "catalog_id": shop.catalog["id"],
        "fix_remuneration": 10.0,
    }
    made = api.made("/offer/", yen)
    (listed,) = [one for one in api.get(f"/catalog/{shop.catalog['id']}/").body["offers"] if one["name"] == "Yen"]
    shown = [(one["prices"][0]["cost"], one["fix_remuneration"]) for one in (made, listed)]
    said = {"offer": "Yen", "currency": "JPY", "deal_id": "yen", "status": "Paid", "cost": "5.0"}
    shown += [(shop.report(**said).body["cost"], api.patch("/deal/yen/", {"cost": 7}).body["cost"])]
    shown += [(deal["cost"], deal["payment_sum"]) for deal in (shop.deal("yen"), *api.get("/deal/").body)]
    assert shown == [(100, 10), (100, 10), (5, 7), (7, 10), (7, 10)]
    assert {type(number) for pair in shown for number in pair} == {int}
    assert api.refused("PATCH", "/deal/yen/", {"cost": 7.5}) == ["cost"]
    for code in ("XAU", "XXX", "jpy"):
        assert api.refused("POST", "/offer/", {**yen, "name": code, "prices": [{"cost": 1, "currency": code}]}) == [
            "prices.0.currency"
        ]


def test_a_sum_is_judged_whole_however_many_digits_it_is_written_with(api, catalog):
    tiny = "100." + "0" * 40 + "1"
    body = {**NEW_OFFER, "catalog_id": catalog["id"], "prices": "PRICES", "reward_percent": "REWARD"}
    for cost, reward, field in ((tiny, "5", "prices.0.cost"), ("100", "5." + "0" * 40 + "1", "reward_percent")):
        prices = f'[{{"cost": {cost}, "currency": "USD"}}]'
        raw = json.dumps(body).replace('"PRICES"', prices).replace('"REWARD"', reward)
        assert api.refused("POST", "/offer/", raw.encode()) == [field]


def test_an_offer_has_one_reward(api, catalog):
    assert offer_refused(api, catalog, fix_remuneration=3) == ["fix_remuneration"]
    assert offer_refused(api, catalog, reward_percent=None) == ["reward_percent"]
    fixed = offer(api, catalog, reward_percent=None, fix_remuneration="3.50")
    assert some(fixed, "reward_percent", "fix_remuneration") == (None, 3.5)
    address = f"/offer/{fixed['id']}/"
    assert some(api.patch(address, {"reward_percent": 7}).body, "reward_percent", "fix_remuneration") == (7.0, None)
    assert some(api.patch(address, {"fix_remuneration": 2}).body, "reward_percent", "fix_remuneration") == (None, 2.0)
    assert api.refused("PATCH", address, {"fix_remuneration": None}) == ["reward_percent"]
    assert api.refused("PATCH", address, {"fix_remuneration": 1, "reward_percent": 5}) == ["fix_remuneration"]


def test_an_offer_without_a_reward_lives_on_the_catalogs(api):
    catalog = api.made("/catalog/", {"title": "R", "catalog_code": "r", "reward_percent": 10})
    made = offer(api, catalog, reward_percent=...)
    assert some(made, "reward_percent", "fix_remuneration") == (None, None)
    assert api.refused("PATCH", f"/catalog/{catalog['id']}/", {"reward_percent": None}) == ["reward_percent"]
    bare = api.made("/catalog/", {"title": "B", "catalog_code": "b"})
    assert api.refused("PATCH", f"/offer/{made['id']}/", {"catalog_id": bare["id"]}) == ["reward_percent"]


def test_a_fixed_reward_wants_one_currency(api, catalog):
    two = [{"cost": 1, "currency": "USD"}, {"cost": 2, "currency": "RUB"}]
    fixed = {"reward_percent": None, "fix_remuneration": 1}
    assert offer_refused(api, catalog, prices=two, **fixed) == ["prices"]
    made = offer(api, catalog, **fixed)
    assert api.refused("PATCH", f"/offer/{made['id']}/", {"prices": two}) == ["prices"]
    percent = offer(api, catalog, name="Two", prices=two)
    assert api.refused("PATCH", f"/offer/{percent['id']}/", {"fix_remuneration": 1}) == ["prices"]
    yen = [{"cost": 100, "currency": "JPY"}]
    assert offer_refused(api, catalog, name="Yen", prices=yen, reward_percent=None, fix_remuneration=0.5) == [
        "fix_remuneration"
    ]


def test_a_fixed_reward_is_said_anew_with_another_currency(api, catalog):
    """Its minor units would mean another sum: 3.50 USD are not 350 JPY."""
    made = offer(api, catalog, reward_percent=None, fix_remuneration="3.50")
    address, yen = f"/offer/{made['id']}/", [{"cost": 100, "currency": "JPY"}]
    assert api.refused("PATCH", address, {"prices": yen}) == ["fix_remuneration"]
    assert api.get(address).body == made
    assert api.patch(address, {"prices": yen, "fix_remuneration": 4}).body["fix_remuneration"] == 4.0
    assert api.patch(address, {"prices": [{"cost": 90, "currency": "JPY"}]}).body["fix_remuneration"] == 4.0


def test_the_reward_of_a_catalog_spans_its_active_offers(api):
    catalog = api.made("/catalog/", {"title": "R", "catalog_code": "r", "reward_percent": 10, "reward_type": "CPS"})

    def reward():
        return api.get(f"/catalog/{catalog['id']}/").body["reward"]

    assert reward() == {"from": None, "to": None, "type": None}
    offer(api, catalog, name="asleep", reward_percent=90, is_active=False)
    assert reward() == {"from": None, "to": None, "type": None}
    offer(api, catalog, name="fixed", reward_percent=None, fix_remuneration=1)
    assert reward() == {"from": None, "to": None, "type": "CPS"}
    offer(api, catalog, name="low", reward_percent=1.5)
    offer(api, catalog, name="the catalog's", reward_percent=...)
    assert reward() == {"from": 1.5, "to": 10.0, "type": "CPS"}


def test_a_landing_wants_an_absolute_web_address(api, catalog):
    place = {"catalog_id": catalog["id"]}
    for url in (
        "",
        "example.com",
        "/x",
        "ftp://example.com",
        "http:///x",
        "https://",
        "javascript:alert(1)",
        "http://a.example:x/",
    ):
        assert api.refused("POST", "/landing/", {"url": url, **place}) == ["url"], url
    assert api.refused("POST", "/landing/", {"url": "http://a.example", "adaptability": "all", **place}) == [
        "adaptability"
    ]
    assert api.refused("POST", "/landing/", {"url": "http://a.example", "image_url": "x", **place}) == ["image_url"]
    assert Landing.select().count() == 0
    landing = api.made("/landing/", {"url": "http://a.example/x?y=1#z", **place})
    address = f"/landing/{landing['id'].lower()}/"
    assert api.get(address).body == landing
    assert api.refused("PATCH", address, {"url": None}) == ["url"]
    assert api.delete(address).raw == b""
    assert [api(method, address, {}).status for method in ("GET", "PATCH", "PUT", "DELETE")] == [404] * 4
