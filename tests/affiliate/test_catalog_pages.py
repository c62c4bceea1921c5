"""Catalogs through their pages, with real forms."""

import re
from decimal import Decimal

import pytest

from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from tests.affiliate import things
from tests.affiliate.counting import queries


def test_an_empty_list_says_what_a_catalog_is_for_and_offers_the_first_step(world):
    page = world.as_("acme").get("/catalogs").text
    assert "A catalog is a product line" in page
    assert 'href="/catalogs/new"' in page


def test_a_viewer_is_not_offered_what_only_others_may_do(world):
    assert 'href="/catalogs/new"' not in world.as_("acme", "viewer").get("/catalogs").text


def test_a_catalog_is_made_from_its_form(world):
    form = things.catalog_form(
        hold_duration="2", hold_duration_hours="5", rules="one\r\n\r\n two ", offer_geo=["AT", "DE"],
        localizations=["DE"], category="Education", reward_percent="12.5", is_promocode_allowed="y",
        min_promo_code_percent="5", max_promo_code_percent="20", is_published="y", icon="https://shop.example/i.png",
    )  # fmt: skip
    response = world.as_("acme").post("/catalogs/new", form)
    catalog = Catalog.get()
    # A newcomer goes on to the first offer, whoever has one to the catalog.
    assert (response.status_code, response.location) == (303, f"/catalogs/{catalog.short_code}/offers/new")
    things.offer(catalog)
    second = world.as_("acme").post("/catalogs/new", things.catalog_form(catalog_code="second"))
    assert re.fullmatch(r"/catalogs/\w{5}", second.location)
    assert (catalog.partner_id, catalog.hold_duration, catalog.rules) == (
        world.acme.id,
        2 * 86400 + 5 * 3600,
        ["one", "two"],
    )
    assert (catalog.offer_geo, catalog.localizations, catalog.category.name) == (["AT", "DE"], ["DE"], "Education")
    assert (catalog.reward_percent, catalog.min_promo_code_percent, catalog.is_published) == (1250, 500, True)


@pytest.mark.on_both_engines
def test_a_code_left_empty_is_made_from_the_title_and_stays_unique(world):
    owner = world.as_("acme")
    for _ in range(2):
        assert (
            owner.post("/catalogs/new", things.catalog_form(title="Été à Vienne!", catalog_code="")).status_code == 303
        )
    assert [row.catalog_code for row in Catalog.select().order_by(Catalog.id)] == ["été-à-vienne", "été-à-vienne-2"]


def test_the_code_is_suggested_while_typing_and_never_overwritten(world):
    owner = world.as_("acme")
    assert 'value="hello-world"' in owner.get("/catalogs/new/code?title=Hello World", htmx=True).text
    assert 'value="mine"' in owner.get("/catalogs/new/code?title=Hello World&catalog_code=mine", htmx=True).text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("reward_percent", "96", "Give a percentage from 0.05 to 95."),
        ("reward_percent", "ten", "Write a number, such as 12.50."),
        ("reward_percent", "NaN", "Write a number"),
        ("hold_duration", "99999", "Give a duration of zero to 36500 days."),
        ("cookies_storage_days", "0", "Give a whole number from 1 to 365."),
        ("min_promo_code_percent", "30", "The smallest promo code discount must not exceed the largest."),
        ("icon", "javascript:alert(1)", "Give an absolute address"),
        ("category", "Nonsense", "Choose one from the list"),
        ("offer_geo", ["XX"], "is not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(world, field, value, sentence):
    form = things.catalog_form(description="kept text", max_promo_code_percent="20", catalog_code="kept-code")
    response = world.as_("acme").post("/catalogs/new", form | {field: value})
    assert response.status_code == 422
    assert sentence in response.text
    assert 'aria-invalid="true"' in response.text or field == "offer_geo"
    assert "kept text" in response.text and 'value="kept-code"' in response.text
    assert not Catalog.select().exists()


def test_a_code_in_use_is_refused_beside_its_field(world):
    things.catalog(world.acme.partner)
    response = world.as_("acme").post("/catalogs/new", things.catalog_form(title="Another"))
    assert response.status_code == 422
    assert "You have another catalog with the code" in response.text
    assert Catalog.select().count() == 1


def test_a_catalog_is_changed_and_what_the_form_does_not_show_stays(world):
    catalog = things.catalog(world.acme.partner, hold_duration=90_061, rules=["two\nlines", "one"])
    form = things.catalog_form(title="Autumn", hold_duration="1", hold_duration_hours="1", rules="two\r\nlines\r\none")
    response = world.as_("acme", "manager").post(f"/catalogs/{catalog.short_code}/edit", form)
    changed = Catalog.get()
    assert response.status_code == 303
    assert (changed.title, changed.hold_duration, changed.rules) == ("Autumn", 90_061, ["two\nlines", "one"])


def test_what_happened_says_of_what_and_which_fields_changed(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog, name="Trail shoe")
    world.as_("acme").post(f"/catalogs/{catalog.short_code}/edit", things.catalog_form(title="Autumn"))
    page = world.as_("acme").get(f"/catalogs/{catalog.short_code}").text
    told = re.findall('timeline-title">([^<]+)</span>.*?timeline-text">([^<]+)', page, re.S)
    assert any(what == "Offer created" and text.startswith("Trail shoe, ") for what, text in told), told
    assert any(what == "Catalog changed" and "Title" in text.split(", by ")[0] for what, text in told), told


def test_the_deals_of_a_thing_do_not_say_again_whose_they_are(world):
    catalog = things.catalog(world.acme.partner)
    offer = things.offer(catalog)
    things.deal(catalog, "order-1", "Paid")
    owner = world.as_("acme")
    columns = {
        place: set(re.findall('<th scope="col" class="(offer|catalog|promoter)"', owner.get(place).text))
        for place in ("/deals", f"/catalogs/{catalog.short_code}", f"/offers/{offer.uuid}")
    }
    assert list(columns.values()) == [{"offer", "catalog", "promoter"}, {"offer", "promoter"}, {"promoter"}]


def test_publishing_is_a_form_and_unpublishing_names_what_is_lost(world):
    catalog = things.catalog(world.acme.partner)
    things.promotion(catalog, world.northwind)
    owner, place = world.as_("acme"), f"/catalogs/{catalog.short_code}/publication"
    asked = owner.get(place).text
    assert "1 promoter, who is told" in asked and "no longer sell" in asked
    assert owner.post(f"{place}?published=0").status_code == 303
    assert not Catalog.get().is_published
    assert owner.post(place, {"published": "1"}).status_code == 303
    assert Catalog.get().is_published
    assert owner.post(place, {}).status_code == 400


def test_a_published_catalog_says_what_promoters_wait_for(world):
    catalog = things.catalog(world.acme.partner)
    owner, place = world.as_("acme"), f"/catalogs/{catalog.short_code}"
    assert "It still lacks an active offer and a landing." in owner.get(place).text
    things.offer(catalog)
    assert "It still lacks a landing." in owner.get(place).text
    things.landing(catalog)
    assert "It still lacks" not in owner.get(place).text


@pytest.mark.on_both_engines
def test_the_list_is_searched_filtered_and_paged_by_its_address(world):
    for number in range(53):
        things.catalog(world.acme.partner, f"Number {number:02}", f"code_{number:02}", is_published=number != 7)
    owner = world.as_("acme")
    first = owner.get("/catalogs").text
    assert "Number 52" in first and "Number 03" in first and "Number 02" not in first
    older = f"/catalogs?before={Catalog.get(Catalog.catalog_code == 'code_03').id}"
    assert older in first
    second = owner.get(older).text
    assert "Number 02" in second and "Number 03" not in second
    newer = f"/catalogs?after={Catalog.get(Catalog.catalog_code == 'code_02').id}"
    assert newer in second and "Number 03" in owner.get(newer).text and "Number 02" not in owner.get(newer).text
    assert "Number 07" in owner.get("/catalogs?shown=unpublished").text
    assert "Number 08" not in owner.get("/catalogs?shown=unpublished").text
    assert "Number 41" in owner.get("/catalogs?q=CODE_41").text
    assert "No catalog fits" in owner.get("/catalogs?q=100%25").text


@pytest.mark.on_both_engines
def test_the_list_takes_as_many_queries_for_fifty_catalogs_as_for_one(world):
    owner = world.as_("acme")
    things.offer(things.catalog(world.acme.partner))
    few = queries(lambda: owner.get("/catalogs"))
    for number in range(49):
        things.offer(things.catalog(world.acme.partner, f"Catalog {number}", f"c{number}"))
    assert queries(lambda: owner.get("/catalogs")) == few


@pytest.mark.on_both_engines
def test_one_catalog_takes_as_many_queries_for_many_offers_as_for_one(world):
    owner, catalog = world.as_("acme"), things.catalog(world.acme.partner)
    owner.get("/catalogs")  # From here on it is the owner who acts, and is named beside what they did.
    things.offer(catalog), things.landing(catalog), things.deal(catalog)
    few = queries(lambda: owner.get(f"/catalogs/{catalog.short_code}"))
    for number in range(9):
        things.offer(catalog, f"Offer {number}")
        things.landing(catalog, f"https://shop.example/{number}")
        things.deal(catalog, f"ORDER-2{number}")
    assert queries(lambda: owner.get(f"/catalogs/{catalog.short_code}")) == few


def test_countries_are_found_by_name_and_the_chosen_ones_stay(world):
    page = world.as_("acme").get("/catalogs/choices/countries?offer_geo=DE&offer_geo_search=aust", htmx=True).text
    assert 'value="DE" checked' in page and 'value="AT"' in page and 'value="FR"' not in page
    assert world.as_("acme").get("/catalogs/choices/planets").status_code == 404


def test_a_test_deal_appears_clearly_marked_and_can_be_removed(world):
    catalog = things.catalog(world.acme.partner)
    owner, place = world.as_("acme"), f"/catalogs/{catalog.short_code}/test-deal"
    assert owner.post(place).location == f"/catalogs/{catalog.short_code}"
    assert "no active offer" in owner.get(f"/catalogs/{catalog.short_code}").text
    things.offer(catalog)
    shown = owner.get(owner.post(place).location).text
    assert "test-" in shown and "Test deal" in shown and "This is a test deal" in shown
    removal = re.search(r"/deals/[0-9a-f-]+/removal", shown)[0]
    assert "The reward of 10.00\u00a0USD for Sample promoter" in owner.get(removal).text
    assert world.as_("rival").get(removal).status_code == world.as_("rival").post(removal).status_code == 404
    assert "The test deal is gone" in owner.get(owner.post(removal).location).text
    assert owner.get(removal).status_code == owner.post(removal).status_code == 404


def test_hostile_text_stays_text_in_every_field(world):
    texts = dict.fromkeys(("title", "description", "rules", "text_rule", "promo_materials"), things.HOSTILE)
    owner = world.as_("acme")
    owner.post("/catalogs/new", things.catalog_form(catalog_code=things.HOSTILE, **texts))
    code = catalogs.find(world.acme.id, Catalog.get().short_code).short_code
    for place in ("/catalogs", f"/catalogs/{code}", f"/catalogs/{code}/edit", f"/catalogs/{code}/publication"):
        page = owner.get(place).text
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("percent", ["0.05", "95", None])
def test_a_percentage_is_shown_as_it_was_given(world, percent):
    catalog = things.catalog(world.acme.partner)
    catalogs.change(catalog, {"reward_percent": percent and Decimal(percent)})
    page = world.as_("acme").get(f"/catalogs/{catalog.short_code}/edit").text
    assert re.search(f'<input [^>]*name="reward_percent"[^>]* value="{percent or ""}"', page)


@pytest.mark.parametrize(
    ("title", "breaks"), [("Five days from hut to hut in the Alps", False), ("For " + "x" * 25, True)]
)
def test_a_long_word_of_a_title_gives_way(world, title, breaks):
    things.catalog(world.acme.partner, title)
    assert ('<span class="breaks">' in world.as_("acme").get("/catalogs").text) is breaks


def test_publishing_says_what_is_missing_and_links_to_it(world):
    catalog = things.catalog(world.acme.partner, is_published=False)
    owner, place = world.as_("acme"), f"/catalogs/{catalog.short_code}"
    things.offer(catalog)
    assert f'href="{place}/landings/new"' in owner.get(place).text
    answer = owner.post(f"{place}/publication", {"published": "1"})
    page = owner.get(answer.location).text
    assert "is published. It still lacks a landing." in page and "Published, but promoters cannot sell it yet" in page
    assert f'href="{place}/landings/new">Add a landing' in page
    things.landing(catalog)
    owner.post(f"{place}/publication?published=0")
    assert "links and codes work" in owner.get(owner.post(f"{place}/publication", {"published": "1"}).location).text


PARTS = ("offers", "landings", "terms", "promoters", "codes")


@pytest.mark.on_both_engines
def test_each_part_of_a_catalog_takes_as_many_queries_for_many_as_for_one(world):
    owner, catalog = world.as_("acme"), things.catalog(
        world.acme.partner, is_promocode_allowed=True, min_promo_code_percent=Decimal(0), max_promo_code_percent=Decimal(20)
    )  # fmt: skip
    promotion = things.promotion(catalog, world.northwind)
    places = [f"/catalogs/{catalog.short_code}/{part}" for part in PARTS]
    things.offer(catalog), things.landing(catalog), promo_codes.create(promotion, "FIRST", 500)
    few = [queries(lambda place=place: owner.get(place)) for place in places]
    for number in range(5):
        things.offer(catalog, f"Offer {number}")
        things.landing(catalog, f"https://shop.example/{number}")
        promo_codes.create(promotion, f"CODE{number}", 500)
    assert [queries(lambda place=place: owner.get(place)) for place in places] == few
    codes = owner.get(places[-1]).text
    assert "FIRST" in codes and "CODE4" in codes and "Northwind" in codes and "0% to 20%" in codes
    viewer = world.as_("acme", "viewer")
    assert all('method="post"' not in viewer.get(place).text.partition("<main")[2] for place in places)
    assert {world.as_("rival").get(place).status_code for place in places} == {404}


def test_the_codes_of_a_catalog_are_paged(world, monkeypatch):
    monkeypatch.setattr("portal.domain.lists.key_pages.MOST", 2)
    catalog = things.catalog(
        world.acme.partner, is_promocode_allowed=True, min_promo_code_percent=Decimal(0), max_promo_code_percent=Decimal(20)
    )  # fmt: skip
    promotion = things.promotion(catalog, world.northwind)
    for number in range(3):
        promo_codes.create(promotion, f"CODE{number}", 500)
    owner, place = world.as_("acme"), f"/catalogs/{catalog.short_code}/codes"
    first = owner.get(place).text
    older = re.search(rf'href="({place}\?before=\d+)"', first)[1]
    assert "CODE1" in first and "CODE0" not in first
    assert "CODE0" in owner.get(older).text and f'href="{place}"' in owner.get(older).text
