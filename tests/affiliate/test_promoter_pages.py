"""The merchant's promoters through their pages: who waits, who sells, and what the merchant decides."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
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
from portal.domain.waiting.waiting import counts
from tests.affiliate import things
from tests.affiliate.counting import queries

UID = "NRTHWND22"
HOME = f"/promoters/{UID}"
CODE = {"catalog": UID, "code": "GIFT", "percent_discounts": "10"}
TABS = ("overview", "catalogs", "codes", "deals", "payouts", "activity")


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


def place(party, tab=None, uid=None):
    """The address of the promoter's page, at one of its tabs."""
    query = f"?tab={tab}" if tab else ""
    return f"/promoters/{party.partner.uuid}{query}{'#' + uid if uid else ''}"


def state(uid):
    promotion = Promotion.get(Promotion.uid == uid)
    return promotion.state, promotion.reason


def test_an_empty_list_says_what_promoters_are(world):
    page = world.as_("acme").get("/promoters").text
    assert "Promoters are partners who sell your catalogs" in page and '<span class="nav-count"></span>' in page


def test_a_decision_in_the_list_counts_the_states_of_its_filter_anew(world, summer, applicants):
    owner, (rival, wind) = world.as_("acme"), applicants
    assert ">Waiting (2)<" in owner.get("/promoters").text and ">Approved (1)<" in owner.get("/promoters").text
    at = "/promoters/{}/approval?here=list&state=waiting"
    first, last = (owner.post(at.format(one.uid), htmx=True).text for one in (rival, wind))
    assert '<div hx-swap-oob="innerHTML:#filter-state">' in first
    assert '<option value="waiting" selected>Waiting (1)<' in first and ">Approved (2)<" in first
    assert '<option value="waiting" selected>Waiting (0)<' in last and ">Approved (3)<" in last
    on_a_catalog = f"/promoters/{wind.uid}/refusal?here=catalog&catalog={summer.short_code}"
    assert "filter-state" not in owner.post(on_a_catalog, htmx=True).text


def test_who_waits_stands_first_with_the_message_and_is_counted_in_the_menu(world, summer, applicants):
    page = world.as_("acme").get("/promoters").text
    assert page.index("Waiting for your decision") < page.index("A page of partners") < page.index(">Approved</span>")
    assert page.index(applicants[1].uid) < page.index(applicants[0].uid) < page.index(f'"{place(world.northwind)}"')
    assert '<span class="nav-count">2<' in page
    assert "nav-count" not in world.as_("acme", "cashier").get("/").text


@pytest.mark.on_both_engines
def test_the_list_is_narrowed_by_state_catalog_name_and_uid(world, summer, applicants):
    winter = things.catalog(world.acme.partner, "Winter", "winter")
    things.promotion(winter, world.rival, "WINTERRV2")
    things.promotion(things.catalog(world.northwind.partner, "Theirs", "theirs"), world.acme, "NOTMINE22")

    def found(**chosen):
        chosen = Filter(**chosen)
        asking = {row.uid for row in promoter_lists.applicants(world.acme.id, chosen).rows}
        rows = promoter_lists.page(world.acme.id, chosen).rows
        assert len({row.uuid for row in rows}) == len(rows)
        return sorted(asking | {one.uid for row in rows for one in row.catalogs if one.state == "approved"})

    waiting = sorted(one.uid for one in applicants)
    assert found() == sorted([UID, "WINTERRV2", *waiting])
    assert found(catalog=winter.id) == ["WINTERRV2"]
    assert found(text="RIV") == sorted(["WINTERRV2", applicants[0].uid])
    assert found(text="wint") == ["WINTERRV2"]
    assert found(text="winterrv2") == ["WINTERRV2"] and found(text="%") == []
    catalogs.archive(summer)
    assert found() == ["WINTERRV2"] and counts(world.acme.id)["applicants"] == 0
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
    total = row.total
    assert (total.clicks, total.deals, total.conversion, total.open) == (4, 2, 50, {"USD": 1300})
    assert (total.held, total.due) == ({"USD": 300}, {"USD": 1000}) and row.last_deal
    assert (theirs.id, theirs.total.clicks, theirs.total.conversion, theirs.total.due) == (
        other.id,
        0,
        None,
        {"USD": 200},
    )
    for visitor, at in ((world.as_("acme"), place(world.northwind)), (world.as_("northwind"), f"/promotions/{UID}")):
        tiles = visitor.get(at).text.partition('class="stats"')[2].partition("<section")[0]
        assert re.findall(r'stat-value">([^<]+)<', tiles)[:2] == ["4", "2"] and "50% of the clicks" in tiles


@pytest.mark.on_both_engines
def test_the_list_is_paged_by_key_and_takes_as_many_queries_for_many(world, summer, applicants):
    owner = world.as_("acme")
    few = queries(lambda: owner.get("/promoters"))
    crowd = [Partner.create(name=f"Crowd {number}", slug=f"crowd-{number}") for number in range(52)]
    for number, partner in enumerate(crowd):
        things.promotion(summer, partner, f"CRWD{number:05}")
    things.promotion(things.catalog(world.acme.partner, "Other", "other"), world.northwind, "NRTHWND33")
    assert queries(lambda: owner.get("/promoters")) == few
    first = promoter_lists.page(world.acme.id, Filter())
    assert len(first.rows) == 50 and first.newer_than is None
    second = promoter_lists.page(world.acme.id, Filter(), before=first.older_than)
    assert [row.name for row in first.rows[:2]] == ["Northwind", "Crowd 51"]
    assert [row.name for row in second.rows] == ["Crowd 2", "Crowd 1", "Crowd 0"]
    assert f"/promoters?before={first.older_than}" in owner.get("/promoters").text
    older = owner.get(f"/promoters?before={first.older_than}").text
    assert "Crowd 0" in older and "A page of partners" not in older


def test_an_applicant_is_approved_in_its_list(world, summer, applicants):
    at = f"/promoters/{applicants[0].uid}/approval?here=list&state=waiting"
    answer = world.as_("acme", "manager").post(at, htmx=True)
    assert state(applicants[0].uid) == ("approved", None)
    assert 'id="promoters"' in answer.text and applicants[1].uid in answer.text and applicants[0].uid not in answer.text
    assert 'hx-swap-oob="innerHTML:.nav-count">1<' in answer.text and "is approved" in answer.text
    plain = world.as_("acme").post(f"/promoters/{applicants[1].uid}/approval?here=list&state=waiting")
    assert (plain.status_code, plain.location) == (303, "/promoters?state=waiting")


def test_a_refusal_gives_its_reason_and_can_be_taken_back(world, summer, applicants):
    owner, uid = world.as_("acme"), applicants[0].uid
    assert "Refuse Rival?" in owner.get(f"/promoters/{uid}/refusal").text
    assert owner.post(f"/promoters/{uid}/refusal", {"reason": "No outlets"}).location == place(
        world.rival, "catalogs", uid
    )
    assert state(uid) == ("refused", "No outlets")
    page = owner.get(place(world.rival, "catalogs")).text
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
    owner, at = world.as_("acme"), f"/catalogs/{summer.short_code}/promoters"
    overview, page = owner.get(f"/catalogs/{summer.short_code}").text, owner.get(at).text
    assert f'<a href="{at}">2 wait for your decision</a>' in overview and "In the marketplace" in overview
    assert "A page of partners" in page
    here = f"?here=catalog&amp;catalog={summer.short_code}"
    assert f"/promoters/{applicants[0].uid}/approval{here}" in page
    answer = owner.post(
        f"/promoters/{applicants[0].uid}/refusal{here.replace('&amp;', '&')}", {"reason": "No"}, htmx=True
    )
    assert state(applicants[0].uid) == ("refused", "No") and "All promoters" in answer.text
    few = queries(lambda: owner.get(at))
    for number, party in enumerate((world.acme, world.north)):
        things.promotion(summer, party, f"MRE{number:06}")
    assert queries(lambda: owner.get(at)) == few


def test_taking_a_promoter_out_names_what_ends(world, summer):
    promo_codes.create(Promotion.get(), "NORTH5", 500)
    owner = world.as_("acme")
    asked = owner.get(f"{HOME}/ending").text
    assert "1 promo code: orders with it" in asked and "Deals that it brought stay its own" in asked
    assert owner.post(f"{HOME}/ending", {"reason": "Brand bidding"}).location == place(world.northwind, "catalogs", UID)
    assert state(UID) == ("ended", "Brand bidding") and Promotion.get().ended_by == "merchant"
    assert "Brand bidding" in owner.get(place(world.northwind, "catalogs")).text
    owner.post(f"{HOME}/approval")
    assert state(UID) == ("approved", None)


def test_who_left_by_itself_is_not_admitted_by_the_merchant(world, summer):
    promotions.end(Promotion.get(), promotions.BY_PROMOTER)
    owner = world.as_("acme")
    assert "Admit again" not in owner.get(place(world.northwind, "catalogs")).text
    assert "has to join again" in owner.get(owner.post(f"{HOME}/approval").location).text
    assert state(UID)[0] == "ended"


def test_a_personal_code_is_made_ended_and_resumed(world, summer):
    owner = world.as_("acme")
    made = owner.post(
        f"{place(world.northwind)}/codes", {**CODE, "code": "Gift12", "percent_discounts": "12.5"}, htmx=True
    )
    code = PromoCode.get()
    assert (code.written, code.percent_discounts, code.is_personal) == ("Gift12", 1250, True)
    assert 'id="codes"' in made.text and "Personal" in made.text
    for active, ended in (("0", True), ("1", False)):
        assert owner.post(f"{HOME}/codes/GIFT12/activation", {"active": active}).location == place(
            world.northwind, "codes", "codes"
        )
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
    typed = {**CODE, "code": code, "percent_discounts": percent}
    for htmx in (True, False):
        refused = world.as_("acme").post(f"{place(world.northwind)}/codes", typed, htmx=htmx)
        assert refused.status_code == 422 and sentence in refused.text, htmx
    assert PromoCode.select().count() == 1


def test_a_standing_discount_is_set_and_taken_away(world, summer):
    owner = world.as_("acme")
    assert owner.post(f"{HOME}/discount", {"percent_discounts": "7.5"}).location == place(
        world.northwind, "catalogs", UID
    )
    assert Promotion.get().percent_discounts == 750 and 'value="7.5"' in owner.get(f"{HOME}/discount").text
    assert "7.5%" in owner.get(place(world.northwind, "catalogs")).text
    refused = owner.post(f"{HOME}/discount", {"percent_discounts": "20"})
    assert refused.status_code == 422 and "discounts of 5 to 15 percent" in refused.text
    owner.post(f"{HOME}/discount", {"percent_discounts": ""})
    assert Promotion.get().percent_discounts == 0


@pytest.fixture
def in_two_catalogs(world, summer):
    """Northwind sells a second catalog, with a deal and a code in each."""
    winter = things.catalog(world.acme.partner, "Winter", "winter")
    things.offer(winter), things.promotion(winter, world.northwind, "WINTERNW2")
    things.deal(summer, "SHOP-1", "Paid", another_data=f"uid={UID}")
    things.deal(winter, "SHOP-2", "Paid", another_data="uid=WINTERNW2", cost="50")
    promo_codes.create(Promotion.get(Promotion.uid == UID), "NORTH5", 500)
    return winter


def test_a_promoters_page_tells_the_whole_story_of_all_its_catalogs(world, summer, in_two_catalogs):
    Deal.update(is_self_referral=True).where(Deal.deal_id == "SHOP-1").execute()
    viewer = world.as_("acme", "viewer")
    told = {
        "overview": ("SHOP-1", "SHOP-2", "looks like a self-referral", "Deals and clicks per day", "15.00\N{NO-BREAK SPACE}USD", "Confirmed partner"),
        "catalogs": (UID, "WINTERNW2", f"/catalogs/{summer.short_code}", "Winter", "5.00\N{NO-BREAK SPACE}USD"),
        "codes": ("NORTH5", "by the promoter"),
        "deals": ("SHOP-1", "SHOP-2"),
        "payouts": ("15.00\N{NO-BREAK SPACE}USD", "No payout yet"),
        "activity": ("Promo code made", "NORTH5, Summer, by"),
    }  # fmt: skip
    for tab, texts in told.items():
        page = viewer.get(place(world.northwind, tab)).text
        assert [text for text in texts if text not in page] == [], tab


def test_a_promoter_stands_once_in_the_list_and_in_the_search_whatever_it_sells(world, summer, in_two_catalogs):
    home = place(world.northwind)
    for uid in (UID, "winternw2"):
        assert world.as_("acme").get(f"/search?q={uid}").location == home
    for at in ("/promoters", "/search?q=northw"):
        assert world.as_("acme").get(at).text.partition("<main")[2].count(f'href="{home}"') == 1, at
    assert "and 1 more" in world.as_("acme").get("/promoters").text


@pytest.mark.on_both_engines
def test_addresses_of_before_lead_to_the_promoters_page_and_only_its_merchant(world, summer):
    answer = world.as_("acme").get(HOME)
    assert (answer.status_code, answer.location) == (302, place(world.northwind, "catalogs", UID))
    for stranger in ("rival", "northwind"):
        for at in (HOME, place(world.northwind), f"/promoters/{world.rival.partner.uuid}"):
            assert world.as_(stranger).get(at).status_code == 404, at


@pytest.mark.on_both_engines
def test_a_page_takes_as_many_queries_for_many_catalogs_codes_and_deals_as_for_one(world, summer):
    owner, promotion = world.as_("acme"), Promotion.get()
    owner.get(HOME)  # From here on it is the owner who acts, and is named beside what they did.
    things.deal(summer, "A", another_data=f"uid={UID}"), promo_codes.create(promotion, "FIRST", 500)
    few = {tab: queries(lambda tab=tab: owner.get(place(world.northwind, tab))) for tab in TABS}
    for number in range(5):
        things.deal(summer, f"M{number}", another_data=f"uid={UID}")
        promo_codes.create(promotion, f"MORE{number}", 500)
        other = things.catalog(world.acme.partner, f"C{number}", f"c{number}")
        things.promotion(other, world.northwind, f"NRTHWN{number:03}")
    assert {tab: queries(lambda tab=tab: owner.get(place(world.northwind, tab))) for tab in TABS} == few


def test_deals_of_all_catalogs_are_one_list_paged_by_key(world, summer, in_two_catalogs):
    for number in range(50):
        things.deal(
            summer if number % 2 else in_two_catalogs,
            f"D{number}",
            another_data=f"uid={UID if number % 2 else 'WINTERNW2'}",
        )
    page = world.as_("acme").get(place(world.northwind, "deals")).text
    older = re.search(r'href="([^"]+before=[^"]+)"', page)[1].replace("&amp;", "&")
    last = world.as_("acme").get(older).text
    assert page.count('class="row-link"') == 50 and last.count('class="row-link"') == 2
    assert "SHOP-1" in last and "SHOP-2" in last


@pytest.mark.on_both_engines
def test_several_are_refused_at_once_with_one_reason(world, summer, applicants):
    bar = world.as_("acme").get("/promoters").text.partition('id="decide-many"')[2].partition("</form>")[0]
    assert 'name="reason"' in bar and 'formaction="/promoters/refusals' in bar
    given = {"uid": [one.uid for one in applicants], "reason": "Not this year"}
    world.as_("acme").post("/promoters/refusals", given)
    assert [state(one.uid) for one in applicants] == 2 * [("refused", "Not this year")]


def test_hostile_text_stays_text(world, summer):
    world.rival.partner.name = things.HOSTILE[:120]
    world.rival.partner.save()
    applied = promotions.join(world.rival.partner, summer.short_code, things.HOSTILE)
    owner = world.as_("acme")
    for at in (
        "/promoters",
        *(place(world.rival, tab) for tab in TABS),
        f"/promoters/{applied.uid}/refusal",
        f"/catalogs/{summer.short_code}/promoters",
    ):
        page = owner.get(at).text
        assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page, at
    promotions.refuse(applied, things.HOSTILE)
    assert "<script>alert" not in owner.get(place(world.rival, "catalogs")).text


def test_a_viewer_sees_no_form_that_would_be_refused(world, summer, applicants):
    viewer = world.as_("acme", "viewer")
    for at in (
        "/promoters",
        place(world.rival),
        place(world.rival, "catalogs"),
        f"/catalogs/{summer.short_code}/promoters",
    ):
        main = viewer.get(at).text.partition("<main")[2]
        assert "A page of partners" in main and 'method="post"' not in main, at
    for tab in TABS:
        assert 'method="post"' not in viewer.get(place(world.northwind, tab)).text.partition("<main")[2], tab
