"""Offers and landings through their pages, alone and inside the catalog's page."""

import re

import pytest

from portal.domain.affiliate.catalogs.tables import Landing, PromoterTerms
from portal.domain.offers import offers
from portal.domain.offers.tables import Offer, OfferPrice
from tests.affiliate import things


@pytest.fixture
def catalog(world):
    return things.catalog(world.acme.partner)


def inside(catalog, part="offers"):
    """The headers of a request that htmx makes from a part of the catalog's page."""
    return {"HX-Request": "true", "HX-Current-URL": f"http://portal.example/catalogs/{catalog.short_code}/{part}"}


def test_an_offer_is_added_with_several_prices(world, catalog):
    form = things.offer_form(
        **{"prices-1-cost": "95.50", "prices-1-currency": "EUR", "prices-2-cost": "", "prices-2-currency": "JPY"}
    )
    response = world.as_("acme").post(f"/catalogs/{catalog.short_code}/offers/new", form)
    assert response.location == f"/catalogs/{catalog.short_code}/offers"
    assert offers.prices_of(Offer.get()) == {"USD": 10000, "EUR": 9550}


@pytest.mark.parametrize("allowed", [True, False])
def test_a_new_offer_may_be_sold_with_codes_where_its_catalog_may(world, allowed):
    catalog = things.catalog(world.acme.partner, is_promocode_allowed=allowed)
    page = world.as_("acme").get(f"/catalogs/{catalog.short_code}/offers/new").text
    assert bool(re.search(r'<input[^>]*checked[^>]*name="is_promocode_allowed"', page)) is allowed


def test_another_currency_is_a_submit_button_that_saves_nothing(world, catalog):
    form = things.offer_form(name="Half typed", add_price="1")
    response = world.as_("acme").post(f"/catalogs/{catalog.short_code}/offers/new", form)
    assert response.status_code == 200
    assert 'name="prices-1-cost"' in response.text and 'value="Half typed"' in response.text
    assert not Offer.select().exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"prices-0-cost": ""}, "Give at least one price"),
        ({"prices-0-cost": "1.2345"}, "USD has 2 decimals; the sum has more."),
        ({"prices-0-cost": "-1"}, "A price cannot be below zero."),
        ({"prices-1-cost": "5", "prices-1-currency": "USD"}, "There are two prices in USD."),
        ({"reward": "percent", "reward_percent": ""}, "Give the percentage, or choose another kind of reward."),
        ({"reward": "percent", "reward_percent": "99"}, "Give a percentage from 0.05 to 95."),
        (
            {"reward": "fixed", "fix_remuneration": "5", "prices-1-cost": "5", "prices-1-currency": "EUR"},
            "one price only",
        ),
    ],
)
def test_a_wrong_offer_is_explained_and_nothing_is_written(world, catalog, changed, sentence):
    form = things.offer_form(description="kept text", **changed)
    response = world.as_("acme").post(f"/catalogs/{catalog.short_code}/offers/new", form)
    assert response.status_code == 422
    assert sentence in response.text and "kept text" in response.text
    assert not Offer.select().exists() and not OfferPrice.select().exists()


def test_the_kind_of_reward_that_is_chosen_clears_the_other(world, catalog):
    owner, offer = world.as_("acme"), things.offer(catalog)
    place = f"/offers/{offer.uuid}/edit"
    owner.post(place, things.offer_form(reward="percent", reward_percent="12.5"))
    assert PromoterTerms.get().reward_percent == 1250 and PromoterTerms.get().fix_remuneration is None
    owner.post(place, things.offer_form(reward="fixed", reward_percent="12.5", fix_remuneration="7.25"))
    assert PromoterTerms.get().reward_percent is None and PromoterTerms.get().fix_remuneration == 725
    assert 'value="7.25"' in owner.get(place).text
    owner.post(place, things.offer_form(reward="catalog"))
    assert PromoterTerms.get().reward_percent is None and PromoterTerms.get().fix_remuneration is None


def test_inside_the_catalogs_page_the_list_comes_back(world, catalog):
    response = world.as_("acme").post(
        f"/catalogs/{catalog.short_code}/offers/new", things.offer_form(), headers=inside(catalog)
    )
    assert response.status_code == 200 and response.headers["HX-Retarget"] == "#offers"
    assert response.text.lstrip().startswith('<section class="card" id="offers"')
    assert "Spanish A1" in response.text and "data-focus" in response.text and "is added" in response.text


def test_inside_the_catalogs_page_a_wrong_form_comes_back_alone(world, catalog):
    form = things.offer_form(name="")
    response = world.as_("acme").post(f"/catalogs/{catalog.short_code}/offers/new", form, headers=inside(catalog))
    assert response.status_code == 422 and "HX-Retarget" not in response.headers
    assert response.text.lstrip().startswith('<div id="offer-form"')


def test_an_offer_is_deactivated_and_activated(world, catalog):
    owner, offer = world.as_("acme"), things.offer(catalog)
    owner.post(f"/offers/{offer.uuid}/activation", {"active": "0"})
    assert not Offer.get().is_active
    owner.post(f"/offers/{offer.uuid}/activation", {"active": "1"})
    assert Offer.get().is_active


@pytest.mark.parametrize("allowed", [True, False])
def test_promo_codes_are_allowed_where_the_catalog_allows_them_too(world, allowed):
    catalog = things.catalog(world.acme.partner, is_promocode_allowed=allowed)
    things.offer(catalog, is_promocode_allowed=True)
    for place in (f"/catalogs/{catalog.short_code}/offers", f"/offers/{Offer.get().uuid}"):
        assert (">Allowed<" in world.as_("acme").get(place).text) is allowed, place


def test_an_offer_has_a_page_with_its_price_its_reward_and_its_deals(world, catalog):
    offer, other = things.offer(catalog), things.offer(catalog, "Spanish B2")
    things.deal(catalog, "MINE"), things.deal(catalog, "OTHERS", offer="Spanish B2")
    owner, place = world.as_("acme"), f"/offers/{offer.uuid}"
    page = owner.get(place).text
    assert "100.00\N{NO-BREAK SPACE}USD" in page and "MINE" in page and "OTHERS" not in page
    assert f'href="/deals?offer={offer.uuid}"' in page and "10%" in page
    assert owner.post(f"{place}/edit", things.offer_form(name="Spanish A2")).location == place
    assert owner.post(f"{place}/activation", {"active": "0"}).location == place
    assert "Spanish A2" in owner.get(place).text and "Inactive" in owner.get(place).text
    viewer = world.as_("acme", "viewer").get(place).text.partition("<main")[2]
    assert "Spanish A2" in viewer and 'method="post"' not in viewer and "/edit" not in viewer
    foreign, missing = world.as_("rival").get(f"/offers/{other.uuid}"), world.as_("rival").get(f"/offers/{'0' * 8}")
    assert (foreign.status_code, missing.status_code) == (404, 404)


def test_a_landings_form_that_is_sent_again_adds_no_second_one(world, catalog):
    owner = world.as_("acme")
    new = f"/catalogs/{catalog.short_code}/landings/new"
    place = owner.get(new).location
    assert (
        owner.post(place, things.landing_form(url="nowhere")).status_code == 422
    )  # It did nothing, and can be sent again.
    for _ in range(2):
        assert owner.get(place).status_code == 200
        answer = owner.post(place, things.landing_form(title="Home"))
    assert "This form was sent before" in owner.get(answer.location).text and Landing.select().count() == 1
    owner.post(owner.get(new).location, things.landing_form(title="Home"))
    assert Landing.select().count() == 2


def test_a_landing_is_added_changed_and_removed(world, catalog):
    owner = world.as_("acme")
    owner.post(f"/catalogs/{catalog.short_code}/landings/new", things.landing_form(title="Home"))
    landing = Landing.get()
    assert (landing.url, landing.title) == ("https://shop.example/", "Home")
    owner.post(
        f"/landings/{landing.code}/edit", things.landing_form(url="https://shop.example/new", adaptability="Mobile")
    )
    assert (Landing.get().url, Landing.get().adaptability, Landing.get().title) == (
        "https://shop.example/new",
        "Mobile",
        None,
    )
    assert "https://shop.example/new" in owner.get(f"/landings/{landing.code}/removal").text
    assert Landing.get().removed_at is None
    response = owner.post(f"/landings/{landing.code}/removal", headers=inside(catalog, "landings"))
    assert response.headers["HX-Retarget"] == "#landings" and "None yet" in response.text
    assert Landing.get().removed_at is not None
    assert owner.get(f"/landings/{landing.code}/edit").status_code == 404


def test_a_landing_is_saved_as_given_and_says_what_links_replace_in_it(world, catalog):
    owner, url = world.as_("acme"), "https://shop.example/?ref=blog&click=1&a=2"
    owner.post(f"/catalogs/{catalog.short_code}/landings/new", things.landing_form(url=url))
    landing = Landing.get()
    assert landing.url == url
    said = "Links replace “ref” and “click” of this address"
    assert said in owner.get(f"/catalogs/{catalog.short_code}/landings").text
    assert said in owner.get(f"/landings/{landing.code}/edit").text
    owner.post(f"/landings/{landing.code}/edit", things.landing_form(url="https://shop.example/?reference=1"))
    assert "Links replace" not in owner.get(f"/catalogs/{catalog.short_code}/landings").text


@pytest.mark.parametrize("url", ["", "ftp://shop.example/", "javascript:alert(1)", "/relative"])
def test_a_landing_needs_an_absolute_web_address(world, catalog, url):
    response = world.as_("acme").post(
        f"/catalogs/{catalog.short_code}/landings/new", things.landing_form(url=url, title="kept")
    )
    assert response.status_code == 422 and 'value="kept"' in response.text
    assert not Landing.select().exists()


def test_an_offer_that_is_in_no_catalog_has_no_page_of_the_affiliate_family(world, catalog):
    offer = things.offer(catalog)
    Offer.update(catalog=None).where(Offer.id == offer.id).execute()
    owner = world.as_("acme")
    assert [owner.get(f"/offers/{offer.uuid}{page}").status_code for page in ("", "/edit")] == [404, 404]


def test_hostile_text_stays_text(world, catalog):
    owner = world.as_("acme")
    owner.post(
        f"/catalogs/{catalog.short_code}/offers/new", things.offer_form(name=things.HOSTILE, description=things.HOSTILE)
    )
    owner.post(f"/catalogs/{catalog.short_code}/landings/new", things.landing_form(title=things.HOSTILE))
    offer, landing = Offer.get(), Landing.get()
    places = (
        f"/catalogs/{catalog.short_code}",
        f"/offers/{offer.uuid}/edit",
        f"/landings/{landing.code}/edit",
        f"/landings/{landing.code}/removal",
    )
    for place in places:
        page = owner.get(place).text
        assert "&lt;script&gt;" in page and "<script>alert" not in page and "<img src=x" not in page
