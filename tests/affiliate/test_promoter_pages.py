"""The merchant's promoters through their pages: who waits, who sells, and what the merchant decides."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.promoters import Filter
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.offers import catalogs
from tests.affiliate import things
from tests.affiliate.counting import queries

UID = "NRTHWND22"
HOME = f"/promoters/{UID}"


@pytest.fixture
def summer(world):
    """Acme's catalog with codes of 5 to 15 percent, which northwind sells; others apply for it."""
    catalog = things.catalog(
        world.acme.partner,
        moderation_type="MANUAL_MODERATION",
        is_promocode_allowed=True,
        min_promo_code_percent=Decimal(5),
        max_promo_code_percent=Decimal(15),
    )
    things.offer(catalog, is_promocode_allowed=True), things.landing(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


@pytest.fixture
def applicants(world, summer):
    """Rival and wind wait, in this order."""
    return [
        promotions.join(party.partner, summer.short_code, message)
        for party, message in ((world.rival, "A page of partners"), (world.wind, None))
    ]


def state(uid):
    promotion = Promotion.get(Promotion.uid == uid)
    return promotion.state, promotion.reason


def test_an_empty_list_says_what_promoters_are(world):
    page = world.as_("acme").get("/promoters").text
    assert "Promoters are partners who sell your catalogs" in page and '<span class="nav-count"></span>' in page


def test_a_decision_in_the_list_counts_the_states_of_its_filter_anew(world, summer, applicants):
    owner, (rival, wind) = world.as_("acme"), applicants
    assert ">Waiting (2)<" in owner.get("/promoters").text and ">Approved (1)<" in owner.get("/promoters").text
    place = "/promoters/{}/approval?here=list&state=waiting"
    first, last = (owner.post(place.format(one.uid), htmx=True).text for one in (rival, wind))
    assert '<div hx-swap-oob="innerHTML:#filter-state">' in first
    assert '<option value="waiting" selected>Waiting (1)<' in first and ">Approved (2)<" in first
    assert '<option value="waiting" selected>Waiting (0)<' in last and ">Approved (3)<" in last
    on_a_catalog = f"/promoters/{wind.uid}/refusal?here=catalog&catalog={summer.short_code}"
    assert "filter-state" not in owner.post(on_a_catalog, htmx=True).text


def test_who_waits_stands_first_with_the_message_and_is_counted_in_the_menu(world, summer, applicants):
    page = world.as_("acme").get("/promoters").text
    assert page.index("Waiting for your decision") < page.index("A page of partners") < page.index("Decided")
    assert page.index(applicants[1].uid) < page.index(applicants[0].uid) < page.index(f'"{HOME}"')
    assert '<span class="nav-count">2<' in page
    assert "nav-count" not in world.as_("acme", "cashier").get("/").text


@pytest.mark.on_both_engines
def test_the_list_is_narrowed_by_state_catalog_name_and_uid(world, summer, applicants):
    winter = things.catalog(world.acme.partner, "Winter", "winter")
    things.promotion(winter, world.rival, "WINTERRV2")
    things.promotion(things.catalog(world.northwind.partner, "Theirs", "theirs"), world.acme, "NOTMINE22")

    def found(**chosen):
        chosen = Filter(**chosen)
        rows = [
            *promoter_lists.applicants(world.acme.id, chosen).rows,
            *promoter_lists.page(world.acme.id, chosen).rows,
        ]
        return sorted({row.uid for row in rows})

    waiting = sorted(one.uid for one in applicants)
    assert found() == sorted([UID, "WINTERRV2", *waiting])
    assert found(catalog=winter.id) == ["WINTERRV2"]
    assert found(text="RIV") == sorted(["WINTERRV2", applicants[0].uid])
    assert found(text="winterrv2") == ["WINTERRV2"] and found(text="%") == []
    catalogs.archive(summer)
    assert found() == ["WINTERRV2"] and promoter_lists.waiting(world.acme.id) == 0
    assert found(catalog=summer.id) == sorted([UID, *waiting])

    owner = world.as_("acme")
    assert "Approved (1)" in owner.get("/promoters").text
    shown = owner.get(f"/promoters?catalog={summer.short_code}&state=waiting", htmx=True).text
    assert waiting[0] in shown and waiting[1] in shown and UID not in shown
    assert "No promoter fits" in owner.get("/promoters?q=nobody").text


def test_each_promoter_is_shown_with_what_it_brings(world, summer):
    other = things.promotion(summer, world.rival, "RVLRVL222")
    for number in range(4):
        Click.create(key=f"{number:022}", promotion=Promotion.get(), at=clock.now())
    just_before = promotion_figures.begins("UTC") - timedelta(seconds=1)
    Click.create(key="x" * 22, promotion=Promotion.get(), at=just_before)
    things.deal(summer, "A", "Paid", another_data=f"uid={UID}")
    things.deal(summer, "R", "Paid", another_data="uid=RVLRVL222", cost="20")
    Deal.update(due_at=0).execute()
    deal_moves.settle_due()
    things.deal(summer, "B", "Paid", another_data=f"uid={UID}", cost="30")
    theirs, row = promoter_lists.page(world.acme.id, Filter()).rows
    assert (row.clicks, row.deals, row.conversion, row.held, row.due) == (4, 2, 50, {"USD": 300}, {"USD": 1000})
    assert (theirs.id, theirs.clicks, theirs.conversion, theirs.due) == (other.id, 0, None, {"USD": 200})
    for visitor, place in ((world.as_("acme"), HOME), (world.as_("northwind"), f"/promotions/{UID}")):
        tiles = visitor.get(place).text.partition('class="stats"')[2].partition("<section")[0]
        assert re.findall(r'stat-value">([^<]+)<', tiles)[:2] == ["4", "2"] and "50% of the clicks" in tiles


@pytest.mark.on_both_engines
def test_the_list_is_paged_by_key_and_takes_as_many_queries_for_many(world, summer, applicants):
    owner = world.as_("acme")
    few = queries(lambda: owner.get("/promoters"))
    for number in range(53):
        things.promotion(things.catalog(world.acme.partner, f"C{number}", f"c{number}"), world.wind, f"WND{number:06}")
    assert queries(lambda: owner.get("/promoters")) == few
    first = promoter_lists.page(world.acme.id, Filter())
    assert len(first.rows) == 50 and first.newer_than is None
    second = promoter_lists.page(world.acme.id, Filter(), before=first.older_than)
    assert [row.uid for row in second.rows] == ["WND000002", "WND000001", "WND000000", UID]
    assert f"/promoters?before={first.older_than}" in owner.get("/promoters").text
    older = owner.get(f"/promoters?before={first.older_than}").text
    assert UID in older and "A page of partners" not in older


def test_an_applicant_is_approved_in_its_list(world, summer, applicants):
    place = f"/promoters/{applicants[0].uid}/approval?here=list&state=waiting"
    answer = world.as_("acme", "manager").post(place, htmx=True)
    assert state(applicants[0].uid) == ("approved", None)
    assert 'id="promoters"' in answer.text and applicants[1].uid in answer.text and applicants[0].uid not in answer.text
    assert 'hx-swap-oob="innerHTML:.nav-count">1<' in answer.text and "is approved" in answer.text
    plain = world.as_("acme").post(f"/promoters/{applicants[1].uid}/approval?here=list&state=waiting")
    assert (plain.status_code, plain.location) == (303, "/promoters?state=waiting")


def test_a_refusal_gives_its_reason_and_can_be_taken_back(world, summer, applicants):
    owner, uid = world.as_("acme"), applicants[0].uid
    assert "Refuse Rival?" in owner.get(f"/promoters/{uid}/refusal").text
    assert owner.post(f"/promoters/{uid}/refusal", {"reason": "No outlets"}).location == f"/promoters/{uid}"
    assert state(uid) == ("refused", "No outlets")
    page = owner.get(f"/promoters/{uid}").text
    assert "No outlets" in page and "Admit again" in page
    assert owner.post(f"/promoters/{uid}/approval").status_code == 303
    assert state(uid) == ("approved", None)
    late = owner.post(f"/promoters/{uid}/refusal", {"reason": "After all"})
    assert late.status_code == 422 and "Only an application that waits can be refused" in late.text


@pytest.mark.on_both_engines
def test_several_are_approved_at_once_but_nobody_who_was_refused_meanwhile(world, summer, applicants):
    owner = world.as_("acme")
    promotions.refuse(applicants[0], "No")
    done = owner.post("/promoters/approvals", {"uid": [one.uid for one in applicants] + [UID, "ZZZZZZZZZ"]})
    assert [state(one.uid)[0] for one in applicants] == ["refused", "approved"]
    said = owner.get(done.location).text
    assert "2 promoters are approved" in said and "Rival no longer waits" in said
    assert "Choose at least one" in owner.get(owner.post("/promoters/approvals").location).text


def test_all_that_were_shown_are_approved(world, summer, applicants):
    world.as_("acme").post("/promoters/approvals", {"shown": [one.uid for one in applicants], "all": "1"})
    assert promoter_lists.states(world.acme.id) == {"approved": 3}


@pytest.mark.on_both_engines
def test_somebody_elses_applicants_are_not_approved(world, summer, applicants):
    world.as_("rival").post("/promoters/approvals", {"uid": [applicants[1].uid]})
    assert state(applicants[1].uid)[0] == "waiting"


@pytest.mark.on_both_engines
def test_applicants_stand_on_the_catalogs_page_and_are_decided_there(world, summer, applicants):
    owner, place = world.as_("acme"), f"/catalogs/{summer.short_code}"
    page = owner.get(place).text
    assert "2 waiting for your decision" in page and "A page of partners" in page and "In the marketplace" in page
    here = f"?here=catalog&amp;catalog={summer.short_code}"
    assert f"/promoters/{applicants[0].uid}/approval{here}" in page
    answer = owner.post(
        f"/promoters/{applicants[0].uid}/refusal{here.replace('&amp;', '&')}", {"reason": "No"}, htmx=True
    )
    assert state(applicants[0].uid) == ("refused", "No") and "All promoters" in answer.text
    few = queries(lambda: owner.get(place))
    for number, party in enumerate((world.acme, world.north)):
        things.promotion(summer, party, f"MRE{number:06}")
    assert queries(lambda: owner.get(place)) == few


def test_taking_a_promoter_out_names_what_ends(world, summer):
    promo_codes.create(Promotion.get(), "NORTH5", 500)
    owner = world.as_("acme")
    asked = owner.get(f"{HOME}/ending").text
    assert "1 promo code: orders with it" in asked and "Deals that it brought stay its own" in asked
    assert owner.post(f"{HOME}/ending", {"reason": "Brand bidding"}).location == HOME
    assert state(UID) == ("ended", "Brand bidding") and Promotion.get().ended_by == "merchant"
    assert "Brand bidding" in owner.get(HOME).text
    owner.post(f"{HOME}/approval")
    assert state(UID) == ("approved", None)


def test_who_left_by_itself_is_not_admitted_by_the_merchant(world, summer):
    promotions.end(Promotion.get(), promotions.BY_PROMOTER)
    owner = world.as_("acme")
    assert "Admit again" not in owner.get(HOME).text
    assert "has to join again" in owner.get(owner.post(f"{HOME}/approval").location).text
    assert state(UID)[0] == "ended"


def test_a_personal_code_is_made_ended_and_resumed(world, summer):
    owner = world.as_("acme")
    made = owner.post(f"{HOME}/codes", {"code": "Gift12", "percent_discounts": "12.5"}, htmx=True)
    code = PromoCode.get()
    assert (code.written, code.percent_discounts, code.is_personal) == ("Gift12", 1250, True)
    assert 'id="codes"' in made.text and "Personal" in made.text
    for active, ended in (("0", True), ("1", False)):
        assert owner.post(f"{HOME}/codes/GIFT12/activation", {"active": active}).location == f"{HOME}#codes"
        assert (PromoCode.get().ended_at is not None) == ended
    assert owner.post(f"{HOME}/codes/GIFT12/activation").status_code == 400
    assert owner.post(f"{HOME}/codes/NOTHING/activation", {"active": "0"}).status_code == 404


@pytest.mark.parametrize(
    ("code", "percent", "sentence"),
    [
        ("no", "10", "Use 3 to 32 letters"),
        ("", "10", "This field is required."),
        ("TAKEN", "10", "is taken"),
        ("FINE", "50", "The catalog allows discounts of 5 to 15 percent."),
        ("FINE", "1.234", "Give at most two decimals."),
        ("FINE", "ten", "Write a number"),
    ],
)
def test_a_code_that_cannot_be_made_is_said_beside_its_field(world, summer, code, percent, sentence):
    promo_codes.create(Promotion.get(), "taken", 500)
    for htmx in (True, False):
        refused = world.as_("acme").post(f"{HOME}/codes", {"code": code, "percent_discounts": percent}, htmx=htmx)
        assert refused.status_code == 422 and sentence in refused.text, htmx
    assert PromoCode.select().count() == 1


def test_a_standing_discount_is_set_and_taken_away(world, summer):
    owner = world.as_("acme")
    assert owner.post(f"{HOME}/discount", {"percent_discounts": "7.5"}).location == HOME
    assert Promotion.get().percent_discounts == 750 and 'value="7.5"' in owner.get(HOME).text
    refused = owner.post(f"{HOME}/discount", {"percent_discounts": "20"})
    assert refused.status_code == 422 and "discounts of 5 to 15 percent" in refused.text
    owner.post(f"{HOME}/discount", {"percent_discounts": ""})
    assert Promotion.get().percent_discounts == 0


def test_a_promoters_page_tells_the_whole_story(world, summer):
    winter = things.catalog(world.acme.partner, "Winter", "winter")
    things.promotion(winter, world.northwind, "WINTERNW2")
    things.deal(summer, "SHOP-1", "Paid", another_data=f"uid={UID}")
    Deal.update(is_self_referral=True).execute()
    promo_codes.create(Promotion.get(Promotion.uid == UID), "NORTH5", 500)
    page = world.as_("acme", "viewer").get(HOME).text
    for told in (
        "Northwind", "SHOP-1", "looks like a self-referral", "NORTH5", "/promoters/WINTERNW2", "Promo code made",
        "Deals and clicks per day", f"/catalogs/{summer.short_code}", "10.00\N{NO-BREAK SPACE}USD", "Confirmed partner",
    ):  # fmt: skip
        assert told in page, told
    assert 'method="post"' not in page.partition("<main")[2]


@pytest.mark.on_both_engines
def test_a_page_takes_as_many_queries_for_many_codes_and_deals_as_for_one(world, summer):
    owner, promotion = world.as_("acme"), Promotion.get()
    owner.get(HOME)  # From here on it is the owner who acts, and is named beside what they did.
    things.deal(summer, "A", another_data=f"uid={UID}"), promo_codes.create(promotion, "FIRST", 500)
    few = queries(lambda: owner.get(HOME))
    for number in range(5):
        things.deal(summer, f"M{number}", another_data=f"uid={UID}")
        promo_codes.create(promotion, f"MORE{number}", 500)
    assert queries(lambda: owner.get(HOME)) == few


def test_hostile_text_stays_text(world, summer):
    world.rival.partner.name = things.HOSTILE[:120]
    world.rival.partner.save()
    applied = promotions.join(world.rival.partner, summer.short_code, things.HOSTILE)
    owner = world.as_("acme")
    for place in (
        "/promoters",
        f"/promoters/{applied.uid}",
        f"/promoters/{applied.uid}/refusal",
        f"/catalogs/{summer.short_code}",
    ):
        page = owner.get(place).text
        assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page, place
    promotions.refuse(applied, things.HOSTILE)
    assert "<script>alert" not in owner.get(f"/promoters/{applied.uid}").text


def test_a_viewer_sees_no_form_that_would_be_refused(world, summer, applicants):
    viewer = world.as_("acme", "viewer")
    for place in ("/promoters", f"/promoters/{applicants[0].uid}", f"/catalogs/{summer.short_code}"):
        main = viewer.get(place).text.partition("<main")[2]
        assert "A page of partners" in main and 'method="post"' not in main, place
