"""A promoter's pages: its promotions, links, codes, clicks and deals."""

import re
from decimal import Decimal

import pytest

from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.affiliate.questions import questions
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.offers import catalogs
from tests.affiliate import things
from tests.affiliate.counting import queries

UID = "NRTHWND22"
HOME = f"/promotions/{UID}"


@pytest.fixture
def summer(world):
    """Acme's catalog, which northwind sells, with codes of 5 to 15 percent."""
    catalog = things.catalog(
        world.acme.partner,
        is_promocode_allowed=True,
        min_promo_code_percent=Decimal(5),
        max_promo_code_percent=Decimal(15),
    )
    things.offer(catalog, is_promocode_allowed=True)
    things.promotion(catalog, world.northwind)
    return catalog


@pytest.fixture
def landing(summer):
    return things.landing(summer)


@pytest.fixture
def deal(summer):
    """A paid deal that northwind's link brought, with what is the merchant's alone."""
    things.deal(summer, "SHOP-ORDER-1", "Paid", another_data=f"uid={UID}&customer=mia")
    Deal.update(comment="A difficult customer").execute()
    return Deal.get()


def base(world) -> str:
    return world.app.config["SETTINGS"].public_url


def test_an_empty_list_leads_to_the_marketplace(world):
    page = world.as_("northwind").get("/promotions").text
    assert "Join a catalog of another merchant: you get links and promo codes" in page and 'href="/marketplace"' in page
    assert "an order that your link or promo code brought" in world.as_("northwind").get("/promotions/deals").text


@pytest.mark.on_both_engines
def test_the_list_is_filtered_by_its_address(world, summer):
    owner = world.as_("northwind")
    assert "Summer" in owner.get("/promotions").text and "Joined (1)" in owner.get("/promotions").text
    assert "Summer" in owner.get("/promotions?q=acme&state=approved", htmx=True).text
    assert "No catalog fits" in owner.get("/promotions?state=waiting").text


def test_a_promotion_has_a_link_for_each_landing_and_a_general_one(world, summer, landing):
    second = things.landing(summer, "https://shop.example/second")
    page = world.as_("northwind", "viewer").get(HOME).text
    for path in ("", f"/{landing.code}", f"/{second.code}"):
        assert f"<code>{base(world)}/go/{UID}{path}</code>" in page


def test_the_builder_makes_a_link_that_counts_with_its_subid(world, summer, landing):
    viewer = world.as_("northwind", "viewer")
    asked = f"{HOME}/link?landing={landing.code}&subid=May%20%26%20June"
    for page in (viewer.get(asked).text, viewer.get(asked, htmx=True).text):
        link = re.search(r'<section class="card" id="link".*?<code>([^<]+)</code>', page, re.DOTALL)[1]
        assert link == f"{base(world)}/go/{UID}/{landing.code}?subid=May+%26amp%3B+June".replace("%26amp%3B", "%26")
        assert "<svg" in page and "QR code of" in page
    followed = world.anonymous().get(link.removeprefix(base(world)))
    assert followed.location.startswith("https://shop.example/summer?subid=May+%26+June&myshare=")
    unknown = viewer.get(f"{HOME}/link?landing=ZZZZZZ").text
    assert f"<code>{base(world)}/go/{UID}</code>" in unknown


def test_the_link_can_be_kept_as_a_code_to_scan(world, summer, landing):
    viewer = world.as_("northwind", "viewer")
    for kind, begins, content_type in (("svg", b"<?xml", "image/svg+xml"), ("png", b"\x89PNG", "image/png")):
        plain, marked = (viewer.get(f"{HOME}/link.{kind}{more}") for more in ("", f"?landing={landing.code}&subid=x"))
        assert plain.data.startswith(begins) and plain.content_type.startswith(content_type)
        assert plain.headers["Content-Disposition"] == f'attachment; filename="link-{UID}.{kind}"'
        assert plain.data != marked.data
    assert b"<script" not in viewer.get(f"{HOME}/link.svg?subid=<script>").data


def test_what_stands_in_the_way_is_said(world, summer, landing):
    owner = world.as_("northwind")
    catalogs.change(summer, {"is_published": False})
    assert "has unpublished this catalog" in owner.get(HOME).text and "/go/" not in owner.get(HOME).text
    catalogs.change(catalogs.find(world.acme.id, summer.uuid), {"is_published": True})
    promotions.end(Promotion.get(), promotions.BY_MERCHANT, "Brand bidding.")
    page = owner.get(HOME).text
    assert "Acme ended your promotion" in page and "Brand bidding." in page and "/go/" not in page


def test_leaving_names_what_is_lost_and_coming_back_keeps_the_uid(world, summer, landing):
    promo_codes.create(Promotion.get(), "MINE", 500)
    owner = world.as_("northwind", "manager")
    asked = owner.get(f"{HOME}/leaving").text
    assert "Your links to it lead nowhere at once" in asked and "1 promo code:" in asked
    assert owner.post(f"{HOME}/leaving").location == HOME
    assert (Promotion.get().state, Promotion.get().ended_by) == ("ended", "promoter")
    assert "Join again" in owner.get(HOME).text
    assert owner.post(f"/marketplace/{summer.short_code}/application").location == HOME
    assert Promotion.get().state == "approved"


def test_an_application_is_withdrawn(world, summer, landing):
    Promotion.update(state="waiting", message="Let us in").execute()
    owner = world.as_("northwind")
    assert "Your application waits" in owner.get(HOME).text and "Let us in" in owner.get(HOME).text
    assert "Withdraw your application?" in owner.get(f"{HOME}/leaving").text
    owner.post(f"{HOME}/leaving")
    assert Promotion.get().state == "ended"


def test_a_code_is_made_ended_and_resumed(world, summer, landing):
    owner = world.as_("northwind", "manager")
    for htmx in (False, True):
        code = f"RIDGE{int(htmx)}"
        made = owner.post(f"{HOME}/codes", {"code": code, "percent_discounts": "7.5"}, htmx=htmx)
        assert made.status_code == (200 if htmx else 303)
        place = f"{HOME}/codes/{code.lower()}/activation"
        for active, ended in (("0", True), ("1", False)):
            owner.post(place, {"active": active}, htmx=htmx)
            assert (PromoCode.get(PromoCode.code == code).ended_at is not None) is ended
        assert owner.post(place, {"active": "2"}).status_code == 400
    assert PromoCode.get().percent_discounts == 750


@pytest.mark.parametrize(
    ("code", "percent", "said"),
    [
        ("X", "10", "Use 3 to 32 letters"),
        ("TAKEN", "10", "is taken in this merchant"),
        ("FINE", "4.99", "The catalog allows discounts of 5 to 15 percent."),
        ("FINE", "10.001", "Give at most two decimals."),
        ("FINE", "NaN", "Write a number"),
        ("FINE", "", "This field is required."),
        ("", "10", "This field is required."),
    ],
)
def test_what_is_wrong_with_a_code_is_said_beside_it(world, summer, landing, code, percent, said):
    promo_codes.create(promotions.join(world.rival.partner, summer.short_code), "taken", 500)
    owner, sent = world.as_("northwind"), {"code": code, "percent_discounts": percent}
    for htmx in (False, True):
        answer = owner.post(f"{HOME}/codes", sent, htmx=htmx)
        assert answer.status_code == 422 and said in answer.text and 'aria-invalid="true"' in answer.text
        assert f'value="{code}"' in answer.text
    assert PromoCode.select().count() == 1


def test_a_personal_code_is_marked_and_left_to_the_merchant(world, summer, landing):
    promo_codes.create(Promotion.get(), "GIFT", 500, is_personal=True)
    owner = world.as_("northwind")
    page = owner.get(HOME).text
    assert "Personal</span>" in page and "/codes/GIFT/activation" not in page
    answer = owner.post(f"{HOME}/codes/gift/activation", {"active": "0"})
    assert answer.status_code == 400 and "The merchant made this personal code for you" in answer.text
    assert PromoCode.get().ended_at is None


def test_a_catalog_without_codes_says_so(world, summer, landing):
    catalogs.change(summer, {"is_promocode_allowed": False})
    owner = world.as_("northwind")
    assert "allows no promo codes" in owner.get(HOME).text
    refused = owner.post(f"{HOME}/codes", {"code": "FINE", "percent_discounts": "10"})
    assert refused.status_code == 422 and "does not allow promo codes" in refused.text


@pytest.mark.on_both_engines
def test_clicks_show_what_travelled_along(world, summer, landing):
    owner = world.as_("northwind")
    assert "No clicks yet" in owner.get(f"{HOME}/clicks").text
    Click.create(key="k" * 22, promotion=Promotion.get(), landing=landing, query="subid=a%3Cb", device="Mobile", at=1)
    for place in (f"{HOME}?tab=results", f"{HOME}/clicks"):
        page = owner.get(place).text
        assert "subid=a&lt;b" in page and "Mobile" in page


@pytest.mark.on_both_engines
def test_deals_are_listed_with_our_id_and_filtered_by_the_address(world, summer, deal):
    viewer = world.as_("northwind", "viewer")
    page = viewer.get("/promotions/deals").text
    assert f'href="/promotions/deals/{deal.uuid}"' in page and "SHOP-ORDER-1" not in page
    kept = viewer.get(
        f"/promotions/deals?status=Paid&catalog={UID}&from=2020-01-01&to=2200-01-01&q={deal.uuid[:8]}"
    ).text
    assert deal.uuid in kept and "Catalog: Summer" in kept
    for narrowed in ("q=SHOP-ORDER-1", "status=Canceled", "to=2020-01-01", "q=mia"):
        assert deal.uuid not in viewer.get(f"/promotions/deals?{narrowed}").text, narrowed
    assert deal.uuid in viewer.get("/promotions/deals?status=x&catalog=ELSEWHERE&from=x&before=x").text


def test_a_passport_shows_the_promoters_side_alone(world, summer, deal):
    page = world.as_("northwind", "viewer").get(f"/promotions/deals/{deal.uuid}").text
    for said in (
        "Spanish A1",
        "100.00\N{NO-BREAK SPACE}USD",
        "10.00\N{NO-BREAK SPACE}USD",
        "10% of the sale",
        UID,
        deal.uuid,
    ):
        assert said in page, said
    assert "Held until" in page and "The order named your link" in page
    for hidden in ("SHOP-ORDER-1", "difficult", "mia", "another_data"):
        assert hidden not in page, hidden


def test_a_question_is_asked_and_its_answer_shown(world, summer, deal):
    owner, place = world.as_("northwind", "manager"), f"/promotions/deals/{deal.uuid}"
    assert owner.post(f"{place}/questions", {"question": "  "}).status_code == 422
    for number in range(3):
        assert owner.post(f"{place}/questions", {"question": f"When, {number}?"}).status_code == 303
    full = owner.post(f"{place}/questions", {"question": "And now?"})
    assert full.status_code == 422 and "Give the merchant time" in full.text and "And now?" in full.text
    asked = DealQuestion.select().order_by(DealQuestion.id).first()
    assert (asked.question, asked.asked_by_id) == ("When, 0?", world.northwind.users["manager"].id)
    questions.answer(world.acme.id, asked.uuid, "On <Monday>.")
    page = owner.get(place).text
    assert "When, 0?" in page and "On &lt;Monday&gt;." in page and "SHOP-ORDER-1" not in page


READ = [
    f"{HOME}?tab=results",
    f"{HOME}?tab=terms",
    "/promotions",
    "/promotions/deals",
    HOME,
    f"{HOME}/clicks",
    f"{HOME}/link",
    f"{HOME}/link.svg",
    f"{HOME}/link.png",
]
CHANGED = [f"{HOME}/leaving", f"{HOME}/codes", f"{HOME}/codes/MINE/activation"]


def test_a_viewer_reads_and_changes_nothing_and_a_cashier_sees_nothing(world, summer, landing, deal):
    promo_codes.create(Promotion.get(), "MINE", 500)
    passport = f"/promotions/deals/{deal.uuid}"
    viewer, cashier = world.as_("northwind", "viewer"), world.as_("northwind", "cashier")
    for place in [*READ, passport]:
        assert viewer.get(place).status_code == 200, place
        assert b'method="post"' not in viewer.get(place).data.partition(b"<main")[2], place
        assert cashier.get(place).status_code == 403, place
    for place in [*CHANGED, f"{passport}/questions"]:
        assert viewer.post(place, {"active": "0"}).status_code == 403, place
        assert world.as_("northwind").post_without_token(place, {"active": "0"}).status_code == 400, place
    assert Promotion.get().state == "approved" and PromoCode.get().ended_at is None


def test_another_promoters_looks_like_missing_to_its_merchant_too(world, summer, landing, deal):
    promo_codes.create(Promotion.get(), "MINE", 500)
    passport = f"/promotions/deals/{deal.uuid}"
    for who in ("acme", "rival"):
        stranger = world.as_(who)
        missing = stranger.get("/promotions/ZZZZZZZZZ").data
        for place in [*READ[:2], *READ[4:], passport]:
            answer = stranger.get(place)
            assert (answer.status_code, answer.data) == (404, missing), place
        for place in [*CHANGED, f"{passport}/questions"]:
            assert stranger.post(place, {"active": "0", "question": "?"}).status_code == 404, place
        assert f"/deals/{deal.uuid}" not in stranger.get(f"/promotions/deals?q={deal.uuid}&catalog={UID}").text


@pytest.mark.on_both_engines
def test_pages_take_as_many_queries_for_many_rows_as_for_one(world, summer, landing, deal):
    owner, passport = world.as_("northwind"), f"/promotions/deals/{deal.uuid}"
    places = [*READ[:5], f"{HOME}/clicks", passport]
    Click.create(key="k" * 22, promotion=Promotion.get(), landing=landing, at=1)
    promo_codes.create(Promotion.get(), "CODE", 500)
    few = [queries(lambda place=place: owner.get(place)) for place in places]
    for number in range(6):
        catalog = things.catalog(world.rival.partner, f"Catalog {number}", f"c{number}")
        things.promotion(catalog, world.northwind, f"UID22222{number}")
        things.deal(summer, f"MORE-{number}", "Paid", another_data=f"uid={UID}")
        things.landing(summer), promo_codes.create(Promotion.get(Promotion.uid == UID), f"CODE{number}", 500)
        Click.create(key=f"{number:022}", promotion=Promotion.get(Promotion.uid == UID), landing=landing, at=1)
        DealQuestion.create(deal=deal.id, merchant=world.acme.id, promoter=world.northwind.id, question="?")
    assert [queries(lambda place=place: owner.get(place)) for place in places] == few


def test_what_was_paid_out_and_taken_back_is_told(world, summer, landing, deal):
    Deal.update(due_at=0).execute()
    deal_moves.settle_due()
    owner, passport = world.as_("northwind"), f"/promotions/deals/{deal.uuid}"
    assert "part of the next payout" in owner.get(passport).text
    assert "Approved: the hold is over" in owner.get(passport).text
