"""Canceling many deals at once: the question names what is lost, each deal is canceled by itself."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals import rounds as deal_rounds
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.errors import Invalid
from tests.affiliate import things
from tests.affiliate.counting import queries

pytestmark = pytest.mark.on_both_engines

UID = "NRTHWND22"


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


@pytest.fixture
def owner(world):
    return world.as_("acme")


def standing() -> dict:
    return {deal.deal_id: (deal.status, bool(deal.is_returned)) for deal in Deal.select()}


def named(page) -> str:
    """The numbers that the question carries."""
    return re.search(r'name="deals" type="hidden" value="([\d,]*)"', page.text)[1]


def test_the_question_names_how_many_which_sums_and_whose_rewards(owner, catalog):
    brought = [things.deal(catalog, f"P-{n}", "Paid", another_data=f"myshare={UID}").id for n in range(2)]
    other = things.deal(catalog, "OTHER", cost="50.50").id
    gone = things.deal(catalog, "GONE")
    owner.post(f"/deals/{gone.uuid}/cancellation", {"returned": "0"})
    asked = "&".join(f"deal={number}" for number in [*brought, other, gone.id])
    page = owner.get(f"/deals/cancellation?which=chosen&{asked}")
    assert "Cancel 3 deals?" in page.text and "Deals of 250.50\u00a0USD in all" in page.text
    assert "Rewards of 20.00\u00a0USD for Northwind" in page.text
    assert "1 of the chosen is canceled already and left out" in page.text
    assert set(named(page).split(",")) == {str(number) for number in [*brought, other]}
    assert standing()["P-0"] == ("Paid", False)


@pytest.mark.parametrize("returned", [False, True])
def test_each_is_canceled_with_its_reward_and_the_comment_is_added(world, owner, catalog, returned):
    first = things.deal(catalog, "A", "Paid", another_data=f"myshare={UID}")
    things.deal(catalog, "B")
    owner.post(f"/deals/{first.uuid}/comment", {"comment": "Before"})
    numbers = named(owner.get("/deals/cancellation?which=page"))
    answer = owner.post("/deals/cancellation", {"deals": numbers, "returned": str(int(returned)), "comment": "Fraud"})
    assert (answer.status_code, answer.location) == (303, "/deals")
    assert "2 deals are canceled." in owner.get("/deals").text
    assert standing() == {"A": ("Canceled", returned), "B": ("Canceled", returned)}
    assert {deal.deal_id: deal.comment for deal in Deal.select()} == {"A": "Before\nFraud", "B": "Fraud"}
    assert verify.faults() == []


def test_an_approved_reward_is_clawed_back(owner, catalog):
    things.deal(catalog, "A", "Paid", another_data=f"myshare={UID}")
    Deal.update(due_at=clock.now() - timedelta(days=1)).execute()
    deal_moves.settle_due()
    owner.post("/deals/cancellation", {"deals": named(owner.get("/deals/cancellation?which=filtered&status=Approved"))})
    assert standing() == {"A": ("Canceled", False)} and verify.faults() == []


def test_what_was_canceled_meanwhile_is_told_and_the_others_are_canceled(owner, catalog):
    first = things.deal(catalog, "A")
    things.deal(catalog, "B")
    numbers = named(owner.get("/deals/cancellation?which=page"))
    owner.post(f"/deals/{first.uuid}/cancellation", {"returned": "0"})
    page = owner.post("/deals/cancellation", {"deals": numbers, "returned": "1", "comment": "Fraud"})
    assert page.status_code == 200 and "1 deal is canceled." in page.text and "1 deal was not canceled" in page.text
    assert f'href="/deals/{first.uuid}"' in page.text and "that is final" in page.text
    assert standing() == {"A": ("Canceled", False), "B": ("Canceled", True)}
    assert Deal.get(Deal.deal_id == "A").comment is None


def test_a_deal_whose_comment_has_no_room_is_kept_whole(owner, catalog):
    full = things.deal(catalog, "FULL", "Paid", another_data=f"myshare={UID}")
    Deal.update(comment="x" * 1999).execute()
    page = owner.post("/deals/cancellation", {"deals": str(full.id), "comment": "Fraud"})
    assert "Its comment is too long for more" in page.text
    assert standing() == {"FULL": ("Paid", False)} and verify.faults() == []


def test_only_what_the_question_named_is_canceled(owner, catalog):
    things.deal(catalog, "SEEN")
    page = owner.get("/deals/cancellation?which=filtered&status=Created")
    things.deal(catalog, "LATER")
    owner.post("/deals/cancellation?status=Created", {"deals": named(page), "returned": "0"})
    assert standing() == {"SEEN": ("Canceled", False), "LATER": ("Created", False)}


def test_filters_and_places_narrow_what_is_meant(owner, catalog):
    deals = [things.deal(catalog, f"N-{number:02}") for number in range(55)]
    paid = things.deal(catalog, "PAID", "Paid")
    assert named(owner.get("/deals/cancellation?which=filtered&status=Paid")) == str(paid.id)
    page = named(owner.get(f"/deals/cancellation?which=page&before={deals[5].id}"))
    assert sorted(map(int, page.split(","))) == [deal.id for deal in deals[:5]]
    assert owner.get("/deals/cancellation?which=filtered&promoter=Nobody").status_code == 303


def test_a_thousand_at_most(world, catalog, monkeypatch):
    monkeypatch.setattr(deal_rounds, "MOST", 3)
    ids = [things.deal(catalog, f"N-{number}").id for number in range(4)]
    assert deal_rounds.filtered(world.acme.id, Filter()) == (ids[:0:-1], True)
    page = world.as_("acme").get("/deals/cancellation?which=filtered")
    assert "More than 3 are filtered" in page.text
    assert deal_rounds.cancel(world.acme.id, ids, False).canceled == 3


def test_others_deals_are_passed_over(world, catalog):
    mine, theirs = things.deal(catalog, "A"), things.catalog(world.rival.partner)
    things.offer(theirs)
    foreign = things.deal(theirs, "THEIRS", "Paid")
    owner = world.as_("acme")
    assert owner.get(f"/deals/cancellation?deal={foreign.id}").status_code == 303
    owner.post("/deals/cancellation", {"deals": f"{foreign.id},{mine.id},x,{'9' * 30}", "returned": "0"})
    assert standing() == {"A": ("Canceled", False), "THEIRS": ("Paid", False)}


def test_nothing_chosen_is_said(owner, catalog):
    things.deal(catalog, "A")
    answer = owner.get("/deals/cancellation?which=chosen&status=Created")
    assert answer.location == "/deals?status=Created"
    assert "Tick the deals that you mean" in owner.get(answer.location).text


def test_a_comment_that_is_too_long_is_shown_again(world, owner, catalog):
    deal = things.deal(catalog, "A")
    page = owner.post("/deals/cancellation", {"deals": str(deal.id), "comment": "x" * 2001})
    assert page.status_code == 422 and "at most 2000" in page.text and named(page) == str(deal.id)
    with pytest.raises(Invalid):
        deal_rounds.cancel(world.acme.id, [deal.id], False, "x" * 2001)
    assert standing() == {"A": ("Created", False)}


def test_the_question_takes_as_many_queries_for_a_hundred_deals_as_for_one(owner, catalog):
    things.deal(catalog, "ONE")
    few = queries(lambda: owner.get("/deals/cancellation?which=filtered"))
    for number in range(60):
        things.deal(catalog, f"N-{number}")
    assert queries(lambda: owner.get("/deals/cancellation?which=filtered")) == few


def test_a_viewer_chooses_nothing(world, catalog):
    things.deal(catalog, "A")
    viewer = world.as_("acme", "viewer")
    page = viewer.get("/deals").text
    assert 'name="deal"' not in page and "Cancel the chosen" not in page and "Export as CSV" in page
