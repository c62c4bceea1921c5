"""What people type is looked up as they meant it and answered as it was sent; names are told apart as they are read."""

from decimal import Decimal
from urllib.parse import quote, urlencode

import pytest

from portal.domain.affiliate.promotions import codes
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.errors import Invalid
from portal.domain.offers import catalogs
from tests.contract.promoters import UID

ZERO = "\u200b"
TYPED_CODES = ["promo", f"PRO{ZERO}MO", "ＰＲＯＭＯ", "\ufeffPromo\u2060"]
DECOMPOSED, COMPOSED = "Cafe\u0301", "Café"
TYPED_UIDS = [UID.lower(), f"{UID[:4]}{ZERO}{UID[4:]}", "\u202d" + UID]


def asked(api, path: str, **query):
    """What a query in the address is answered."""
    return api.get(f"{path}?{urlencode(query)}")


@pytest.mark.parametrize("typed", TYPED_CODES, ids=ascii)
def test_a_promo_code_is_known_as_it_was_meant(api, shop, typed):
    assert asked(api, "/promo/check_promo/", code=typed).body == {"percent_discounts": 5.0}
    assert shop.report(deal_id="by code", another_data=..., promo_code=typed, status="Paid").status == 200
    deal = shop.deal("by code")
    assert (deal["payment_sum"], deal["promo"]) == (20.0, {"code": typed.strip(), "percent_discounts": 5.0})
    again = shop.report(deal_id="by code", another_data=..., promo_code="PROMO", status="Paid")
    assert again.status == 200


@pytest.mark.parametrize("typed", TYPED_UIDS, ids=ascii)
def test_a_uid_is_known_as_it_was_meant(api, shop, client, typed):
    assert asked(api, "/promo/check_uuid/", code=typed).body == {"percent_discounts": 0.0}
    assert shop.report(another_data=f"myshare={typed}", status="Paid").status == 200
    assert shop.deal()["payment_sum"] == 20.0
    assert client.get(f"/go/{typed}").status_code == 302
    assert client.get(f"/go/{typed}/{ZERO}{shop.landing['id'].lower()}").status_code == 302


def test_a_catalog_is_known_by_its_code_as_it_was_meant(api, shop):
    made = api.made("/catalog/", {"title": "Winter", "catalog_code": f" Winter–{ZERO}26 "})
    assert made["catalog_code"] == f"Winter–{ZERO}26"
    api.made(
        "/offer/",
        {"name": "Plan", "catalog_id": made["id"], "prices": [{"cost": 1, "currency": "USD"}], "reward_percent": 5},
    )
    for number, typed in enumerate(("winter-26", "WINTER−26", "Ｗinter-26", f"Winter–{ZERO}26")):
        assert shop.report(catalog_code=typed, deal_id=f"winter-{number}").status == 200, typed
        assert shop.report(catalog_code="winter-26", deal_id=f"winter-{number}").status == 200, typed
        assert len(asked(api, "/deal/", catalog_code=typed).body) == number + 1
    for taken in ("WINTER-26", "winter‑26", f"{ZERO}winter-26"):
        assert api.refused("POST", "/catalog/", {"title": "Again", "catalog_code": taken}) == ["catalog_code"]
        assert api.refused("PATCH", f"/catalog/{shop.catalog['id']}/", {"catalog_code": taken}) == ["catalog_code"]
    assert api.patch(f"/catalog/{made['id']}/", {"catalog_code": "WINTER-26"}).body["catalog_code"] == "WINTER-26"
    for typed in (f"{ZERO}{made['catalog_id'].lower()}", f"{made['id'].upper()}{ZERO}"):
        assert api.get(f"/catalog/{quote(typed)}/").body["id"] == made["id"]


def test_an_offer_is_one_however_its_name_is_written(api, shop):
    said = {"catalog_id": shop.catalog["id"], "prices": [{"cost": 1, "currency": "USD"}], "reward_percent": 5}
    made = api.made("/offer/", {"name": f" {DECOMPOSED} ", **said})
    assert made["name"] == COMPOSED
    for taken in (COMPOSED, DECOMPOSED.upper(), f"Caf{ZERO}é"):
        assert api.refused("POST", "/offer/", {"name": taken, **said}) == ["name"]
    for number, name in enumerate((COMPOSED, DECOMPOSED, "CAFÉ")):
        assert shop.report(offer=name, deal_id=f"coffee-{number}").status == 200
        assert shop.report(offer=DECOMPOSED, deal_id=f"coffee-{number}").status == 200
    assert api.patch(f"/offer/{made['id']}/", {"name": "CAFÉ"}).body["name"] == "CAFÉ"
    assert shop.report(offer=COMPOSED, deal_id="coffee-0", status="Paid").status == 200


def test_every_other_text_is_answered_in_one_form(api, shop):
    patch = {"description": f" {DECOMPOSED} ", "rules": [f"{DECOMPOSED} "], "title": DECOMPOSED}
    answered = api.patch(f"/catalog/{shop.catalog['id']}/", patch).body
    shown = api.get(f"/catalog/{shop.catalog['id']}/").body
    assert (answered["description"], answered["title"], shown["rules"]) == (COMPOSED, COMPOSED, [COMPOSED])
    assert shop.report(deal_id=DECOMPOSED).status == 200
    assert shop.deal(COMPOSED)["deal_id"] == shop.deal(DECOMPOSED)["deal_id"] == COMPOSED
    assert [deal["deal_id"] for deal in asked(api, "/deal/", deal_id=DECOMPOSED).body] == [COMPOSED]
    assert api.patch(f"/deal/{COMPOSED}/", {"comment": f" {DECOMPOSED} \n"}).body["comment"] == COMPOSED


def test_addresses_are_answered_without_the_spaces_around_them(api, shop):
    address = "https://shop.example/a"
    landing = api.patch(f"/landing/{shop.landing['id']}/", {"url": f" {address}\n", "image_url": f"\t{address} "}).body
    assert (landing["url"], landing["image_url"]) == (address, address)
    api.patch(f"/catalog/{shop.catalog['id']}/", {"icon": f" {address} ", "company_logo": f" {address}"})
    shown = api.get(f"/catalog/{shop.catalog['id']}/").body
    assert (shown["icon"], shown["company_logo"]) == (address, address)


@pytest.mark.parametrize("name", ["\u202eabc", "\u200b", "a\nb"], ids=ascii)
def test_no_name_hides_or_turns_what_stands_beside_it(api, shop, name):
    said = {"catalog_id": shop.catalog["id"], "prices": [{"cost": 1, "currency": "USD"}], "url": "http://a.example"}
    for path, field in (
        ("/catalog/", "title"),
        ("/catalog/", "catalog_code"),
        ("/offer/", "name"),
        ("/landing/", "title"),
    ):
        body = {"title": "A", "catalog_code": "a", "name": "A", "reward_percent": 5, **said, field: name}
        assert api.refused("POST", path, body) == [field], path


def test_a_promo_code_is_one_however_it_is_typed(shop):
    promotion = Promotion.get(Promotion.uid == UID)
    catalogs.change(promotion.catalog, {"min_promo_code_percent": Decimal(0), "max_promo_code_percent": Decimal(50)})
    made = codes.create(promotion, f"Sum{ZERO}mer–10", 500)
    assert (made.code, made.written) == ("SUMMER-10", "Summer-10")
    with pytest.raises(Invalid):
        codes.create(promotion, "ＳＵＭＭＥＲ-10", 500)
    assert codes.find(promotion, "summer−10") == made
    assert PromoCode.select().where(PromoCode.code == "SUMMER-10").count() == 1
