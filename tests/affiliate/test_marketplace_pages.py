"""The marketplace through its pages: looking, narrowing, deciding, joining."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album
from tests.affiliate import things
from tests.affiliate.counting import queries


@pytest.fixture
def summer(world):
    """A catalog of acme's that can be sold."""
    catalog = things.catalog(
        world.acme.partner, rules=["No brand bidding"], promo_materials=["https://shop.example/banner.png"]
    )
    things.offer(catalog, description="For beginners"), things.landing(catalog)
    return catalog


def place(catalog) -> str:
    return f"/marketplace/{catalog.short_code}"


def test_an_empty_marketplace_says_what_it_is_for(world):
    assert "earn a reward from each sale" in world.as_("northwind").get("/marketplace").text


def test_a_card_names_what_one_looks_for(world, summer):
    page = world.as_("northwind").get("/marketplace").text
    for said in ("Summer", "Acme", "10%", "RevShare", "30 days", f'href="{place(summer)}"'):
        assert said in page, said
    assert "Joined</span>" not in page.partition("<main")[2]
    promotions.join(world.northwind.partner, summer.short_code)
    assert "Joined</span>" in world.as_("northwind").get("/marketplace").text
    assert "Your own" in world.as_("acme").get("/marketplace").text


def test_the_filters_stand_in_the_address_and_each_can_be_removed(world, summer):
    visitor = world.as_("northwind", "viewer")
    page = visitor.get("/marketplace?q=summ&at_once=1&country=AT&reward=RevShare&joined=not-joined").text
    assert "Summer" in page and "Search: summ" in page and "Sells to" in page and "Country: Austria" in page
    assert 'href="/marketplace?q=summ&amp;country=AT&amp;reward=RevShare&amp;joined=not-joined"' in page
    assert "No catalog fits" in visitor.get("/marketplace?codes=1").text
    unreadable = visitor.get("/marketplace?category=Nonsense&country=XX&reward=XYZ&joined=perhaps&at_once=2&before=x")
    assert "Summer" in unreadable.text and "Clear all" not in unreadable.text


def test_a_picture_is_shown_once_it_is_here(world, summer):
    catalogs.change(summer, {"icon": "https://shop.example/i.png", "preview_image": "https://shop.example/p.png"})
    assert "/pictures/" not in world.as_("northwind").get("/marketplace").text.partition("<main")[2]
    picture = album.keep_upload(world.acme.id, b"x", "image/png", 1, 1, lambda key: "https://shop.example/uploaded.png")
    catalogs.change(Catalog.get(), {"icon": "https://shop.example/uploaded.png"})
    assert f"/pictures/{picture.key}" in world.as_("northwind").get("/marketplace").text
    assert f"/pictures/{picture.key}" in world.as_("northwind").get(place(summer)).text


def test_a_catalogs_page_tells_everything_that_a_promoter_decides_by(world, summer):
    catalogs.change(
        summer,
        {
            "is_promocode_allowed": True,
            "min_promo_code_percent": Decimal(5),
            "max_promo_code_percent": Decimal(15),
            "offer_geo": ["AT", "DE"],
            "localizations": ["DE"],
            "description": "Courses by the sea",
            "cookies_storage_days": 45,
            "devices": "Mobile",
        },
    )
    page = world.as_("northwind", "viewer").get(f"/marketplace/{summer.short_code.lower()}").text
    for said in (
        "Courses by the sea", "Spanish A1", "For beginners", "100.00\N{NO-BREAK SPACE}USD", "10%", "No brand bidding",
        "https://shop.example/banner.png", "https://shop.example/summer", "5% to 15% off", "Austria, Germany", "German",
        "Mobile only", "at most 45 days", "held for 30 days", "after 14 days", "Acme",
    ):  # fmt: skip
        assert said in page, said
    assert (
        "An owner or a manager of Northwind can join it" in page and 'method="post"' not in page.partition("<main")[2]
    )


def test_joining_at_once_leads_to_the_links(world, summer):
    response = world.as_("northwind", "manager").post(f"{place(summer)}/application")
    joined = Promotion.get()
    assert (response.status_code, response.location) == (303, f"/promotions/{joined.uid}")
    assert (joined.state, joined.promoter_id) == ("approved", world.northwind.id)
    assert world.as_("northwind").get(place(summer)).location == f"/promotions/{joined.uid}?tab=terms"
    page = world.as_("northwind").get(f"/promotions/{joined.uid}?tab=terms").text
    assert "No brand bidding" in page and "Spanish A1" in page and "held for 30 days" in page


def test_where_the_merchant_decides_one_applies_with_a_message_and_waits(world, summer):
    catalogs.change(summer, {"moderation_type": "MANUAL_MODERATION"})
    owner = world.as_("northwind")
    assert 'name="message"' in owner.get(place(summer)).text
    long = owner.post(f"{place(summer)}/application", {"message": "x" * 2001})
    assert long.status_code == 422 and "at most 2000 characters" in long.text and not Promotion.select().exists()
    owner.post(f"{place(summer)}/application", {"message": "We write about the sea."})
    waiting = Promotion.get()
    assert (waiting.state, waiting.message) == ("waiting", "We write about the sea.")
    page = owner.get(owner.get(place(summer)).location).text
    assert "Your application waits" in page and "Acme decides about it" in page and "No brand bidding" in page
    promotions.refuse(waiting, "No <b>seas</b> please.")
    page = owner.get(place(summer)).text
    assert "Acme refused your application" in page and "No &lt;b&gt;seas&lt;/b&gt; please." in page
    refused = owner.post(f"{place(summer)}/application")
    assert refused.status_code == 422 and Promotion.get().state == "refused"


def test_who_is_not_confirmed_is_told_what_it_waits_for(world, summer):
    catalogs.change(summer, {"moderation_type": "AUTO_MODERATION"})
    partner = world.rival.partner
    partner.confirmed_at = None
    partner.save()
    owner = world.as_("rival")
    assert "as soon as the operator has confirmed it" in owner.get(place(summer)).text
    owner.post(f"{place(summer)}/application")
    page = owner.get(owner.get(place(summer)).location).text
    assert "once the operator of this portal has confirmed Rival" in page


def test_what_is_not_in_the_marketplace_looks_like_missing(world, summer):
    hidden = things.catalog(world.acme.partner, "Hidden", "hidden", is_published=False)
    things.offer(hidden), things.landing(hidden)
    bare = things.catalog(world.acme.partner, "Bare", "bare")
    owner = world.as_("northwind")
    missing = owner.get("/marketplace/ZZZZZ")
    for catalog in (hidden, bare):
        for answer in (owner.get(place(catalog)), owner.post(f"{place(catalog)}/application")):
            assert (answer.status_code, answer.data) == (404, missing.data)
    assert not Promotion.select().exists()


def test_a_merchant_sees_its_own_catalog_as_promoters_do(world, summer):
    page = world.as_("acme").get(place(summer)).text
    assert "This is your own catalog, as promoters see it" in page and f'href="/catalogs/{summer.short_code}"' in page


@pytest.mark.on_both_engines
def test_looking_takes_as_many_queries_for_many_as_for_one(world, summer):
    owner = world.as_("northwind")
    owner.get("/marketplace")
    few, few_inside = (queries(lambda place=place: owner.get(place)) for place in ("/marketplace", place(summer)))
    for number in range(12):
        catalog = things.catalog(world.rival.partner, f"Catalog {number}", f"c{number}", icon="https://shop.example/i")
        things.offer(catalog), things.landing(catalog)
        things.offer(summer, f"Offer {number}", description="More"), things.landing(summer)
    assert queries(lambda: owner.get("/marketplace")) == few + 1  # the pictures of those that name some
    assert queries(lambda: owner.get(place(summer))) == few_inside


def test_hostile_text_stays_text(world):
    texts = {name: [things.HOSTILE, "javascript:alert(1)"] for name in ("rules", "text_rule", "promo_materials")}
    catalog = things.catalog(world.acme.partner, things.HOSTILE, description=things.HOSTILE, **texts)
    things.offer(catalog, things.HOSTILE, description=things.HOSTILE), things.landing(catalog)
    for address in ("/marketplace", place(catalog)):
        page = world.as_("northwind").get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page and 'href="javascript' not in page
        assert "&lt;script&gt;" in page


def test_join_is_one_act_beside_what_it_leads_to_with_the_note_folded_away(world, summer):
    owner = world.as_("northwind")
    main = owner.get(place(summer)).text.partition("<main")[2]
    assert main.count('<form method="post"') == 1 and 'form="join-form"' in main
    assert "You are admitted at once, and get your links right away." in main and "No brand bidding" in main
    catalogs.change(summer, {"moderation_type": "MANUAL_MODERATION"})
    main = owner.get(place(summer)).text.partition("<main")[2]
    assert "Acme looks at each application and decides" in main and '<details class="unfold">' in main
    told = owner.get(owner.post(f"{place(summer)}/application").location).text
    assert "Your application waits for Acme to decide." in told


@pytest.mark.on_both_engines
@pytest.mark.parametrize("at", ["/marketplace", "/marketplace/{}"])
def test_whoever_looks_sees_what_the_moment_decided_of_a_strangers_deals(world, summer, at):
    things.deal(summer, "A", "Paid")
    Deal.update(due_at=1).execute()
    assert "100%" in world.as_("rival").get(at.format(summer.short_code)).text
    assert Deal.get().approved_at
