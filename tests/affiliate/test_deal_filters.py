"""Narrowing the list of deals: pickers, what nobody is called, saved views, and the file of what is filtered."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.deal_lists import export as deal_export
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists import pickers as deal_pickers
from portal.domain.affiliate.deal_lists import views as saved_views
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deals.tables import Deal, SavedView
from portal.domain.affiliate.payouts import paid_out, payouts
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from tests.affiliate import money, things
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


def listed(page) -> set[str]:
    return set(re.findall(r'<a class="row-link"[^>]*>([^<]+)</a>', page.text.partition("<tbody>")[2]))


@pytest.fixture
def deals(world, catalog):
    """One of each kind: a promoter's, nobody's, a self-referral, and one of another offer."""
    other = things.offer(catalog, "French B2")
    Promotion.create(uid="SELFSELF2", catalog=catalog, promoter=world.acme.id)
    things.deal(catalog, "BROUGHT", "Paid", another_data=f"myshare={UID}")
    things.deal(catalog, "NOBODYS")
    things.deal(catalog, "SELF", "Paid", another_data="myshare=SELFSELF2")
    things.deal(catalog, "FRENCH", offer="French B2")
    return other


def test_deals_are_narrowed_to_an_offer_a_promoter_nobody_and_self_referrals(world, owner, catalog, deals):
    label = f"Northwind · {UID}"
    expected = {
        f"offer={deals.uuid}": {"FRENCH"},
        f"offer=French+B2+·+{catalog.short_code}": {"FRENCH"},
        "offer=french b2": {"FRENCH"},
        "offer=French": set(),
        f"promoter={UID}": {"BROUGHT"},
        f"promoter={label}": {"BROUGHT"},
        "promoter=northwind": {"BROUGHT"},
        "promoter=North": set(),
        "only=nobody": {"NOBODYS", "FRENCH"},
        "only=self-referral": {"SELF"},
        "only=nonsense": {"BROUGHT", "NOBODYS", "SELF", "FRENCH"},
        f"only=nobody&offer={deals.uuid}&status=Created": {"FRENCH"},
        f"promoter={UID}&catalog={catalog.short_code}&status=Created": set(),
        f"q={UID}&offer={deals.uuid}": set(),
    }
    for query, names in expected.items():
        assert listed(owner.get(f"/deals?{query}")) == names, query


@pytest.mark.parametrize("few", [paid_out.FEW, 0])
def test_what_is_to_be_paid_out_is_told_from_what_was(world, monkeypatch, few):
    monkeypatch.setattr(paid_out, "FEW", few)
    shop, owner = money.shop(world), world.as_("acme")
    for deal_id in ("PAID-1", "CLAWED", "NETTED"):
        shop.due(deal_id)
    taken_back = shop.pay()
    payouts.take_back(world.acme.id, taken_back.uuid, "The bank sent it back")
    shop.cancel("NETTED")
    shop.pay(), shop.send()
    shop.due("RECORDED"), shop.pay()
    shop.due("OPEN-1"), shop.due("OPEN-2"), shop.due("CANCELED")
    shop.cancel("CANCELED"), shop.cancel("CLAWED")
    things.deal(shop.catalog, "HELD", "Paid", another_data=f"myshare={UID}")
    things.deal(shop.catalog, "NOBODYS", "Paid")
    expected = {
        "status=Approved": {"PAID-1", "RECORDED", "OPEN-1", "OPEN-2"},
        "only=not-paid-out": {"OPEN-1", "OPEN-2"},
        "only=to-be-sent": {"RECORDED"},
        "only=paid-out": {"PAID-1"},
        "only=not-paid-out&status=Approved": {"OPEN-1", "OPEN-2"},
        "only=not-paid-out&status=Paid": set(),
        f"only=not-paid-out&promoter={UID}&catalog={shop.catalog.short_code}&currency=USD": {"OPEN-1", "OPEN-2"},
        "only=not-paid-out&q=OPEN-1": {"OPEN-1"},
        "only=paid-out&from=2999-01-01": set(),
    }
    for query, names in expected.items():
        assert listed(owner.get(f"/deals?{query}")) == names, query
        exported = owner.get(f"/deals/export.csv?{query}").get_data(as_text=True)
        assert {row[0] for row in csv.reader(io.StringIO(exported.removeprefix("\ufeff")))} - {"deal_id"} == names, (
            query
        )
    assert listed(world.as_("rival").get("/deals?only=not-paid-out")) == set()
    totals = owner.get("/deals/totals?only=not-paid-out").text
    assert (
        ("2 deals · " in totals and "Rewards 20.00\N{NO-BREAK SPACE}USD" in totals) if few else "Over 20,000" in totals
    )
    question = owner.get("/deals/cancellation?which=filtered&only=not-paid-out").text
    assert "OPEN-1" in question and "OPEN-2" in question and "PAID-1" not in question
    kept = owner.post("/deals/views/new?only=not-paid-out", {"name": "To pay"}).location
    assert kept == "/deals?only=not-paid-out" and "Only: Reward due, in no payout yet" in owner.get(kept).text


def test_sums_are_of_exactly_what_is_listed_however_old_and_more_than_can_be_summed_are_said(world, monkeypatch):
    shop, owner = money.shop(world), world.as_("acme")
    shop.due("OLD")
    Deal.update(conversion_time=clock.now() - timedelta(days=90)).execute()
    shop.due("NEW")
    for query in ("", "only=not-paid-out", f"promoter={UID}", "from=2020-01-01"):
        assert "2 deals · Sales 200.00" in owner.get(f"/deals/totals?{query}").text, query
    assert "1 deal · Sales 100.00" in owner.get("/deals/totals?dates=30-days").text
    monkeypatch.setattr(deal_lists, "MOST_SUMMED", 1)
    for query in ("", f"promoter={UID}"):
        assert "Choose dates to see their sums" in owner.get(f"/deals/totals?{query}").text
    assert "2 deals · " in owner.get("/deals/totals?from=2020-01-01").text


def test_what_nobody_is_called_fits_no_deal_and_what_was_meant_is_offered(owner, deals):
    page = owner.get("/deals?promoter=orthwin")
    assert listed(page) == set() and "No promoter is called “orthwin”" in page.text
    assert f'href="/deals?promoter={UID}"' in page.text
    assert "No offer is called “Klingon”" in owner.get("/deals?offer=Klingon").text


def test_pickers_find_by_a_part_of_the_name_and_nothing_of_others(world, owner, catalog, deals):
    assert f'value="French B2 · {catalog.short_code}"' in owner.get("/deals/choices/offer?offer=nch").text
    assert f'value="Northwind · {UID}"' in owner.get("/deals/choices/promoter?promoter=north").text
    assert "Northwind" in owner.get(f"/deals/choices/promoter?promoter={UID.lower()}").text
    for wild in ("%25", "_", "!"):
        assert "option" not in owner.get(f"/deals/choices/offer?offer={wild}").text
    stranger = world.as_("rival")
    assert "option" not in stranger.get("/deals/choices/offer?offer=French").text
    assert "option" not in stranger.get("/deals/choices/promoter?promoter=North").text
    assert deal_pickers.offer(world.rival.id, deals.uuid) is None
    assert deal_pickers.promoter(world.rival.id, UID) is None


def test_a_view_keeps_the_filters_and_stands_above_the_list(world, owner, catalog, deals):
    assert "Save this view" not in owner.get("/deals").text
    assert (
        'href="/deals/views/new?status=Paid&amp;promoter=NRTHWND22"'
        in owner.get(f"/deals?promoter={UID}&status=Paid&nonsense=1").text
    )
    answer = owner.post(f"/deals/views/new?promoter={UID}&status=Paid", {"name": " Northwind paid "})
    assert answer.location == f"/deals?status=Paid&promoter={UID}"
    page = owner.get(answer.location).text
    assert re.search(rf'href="/deals\?status=Paid&amp;promoter={UID}" aria-current="page">.*?Northwind paid</a>', page)
    assert "Save this view" not in page


def test_an_own_view_is_ones_own_and_a_shared_one_the_teams(world, catalog, deals):
    owner, manager, viewer = (world.as_("acme", role) for role in ("owner", "manager", "viewer"))
    owner.post("/deals/views/new?status=Paid", {"name": "Mine"})
    owner.post("/deals/views/new?status=Created", {"name": "Ours", "shared": "y"})
    mine, ours = SavedView.get(SavedView.name == "Mine").uuid, SavedView.get(SavedView.name == "Ours").uuid
    assert ">Mine<" not in manager.get("/deals").text.replace("</svg>Mine", ">Mine<")
    for page in (manager.get("/deals").text, viewer.get("/deals").text):
        assert "status=Created" in page and "Mine" not in page
    assert f"/deals/views/{ours}" not in viewer.get("/deals").text
    for visitor, view in ((manager, mine), (world.as_("rival"), ours), (world.as_("rival"), mine)):
        assert visitor.get(f"/deals/views/{view}").status_code == 404
        assert visitor.post(f"/deals/views/{view}", {"name": "Taken"}).status_code == 404
        assert visitor.post(f"/deals/views/{view}/removal").status_code == 404
    assert manager.post(f"/deals/views/{ours}", {"name": "Still ours", "shared": "y"}).status_code == 303
    assert manager.post(f"/deals/views/{ours}/removal").status_code == 303
    assert [view.name for view in SavedView.select()] == ["Mine"]


def test_names_of_views_are_told_apart(world, owner, catalog, deals):
    owner.post("/deals/views/new?status=Paid", {"name": "One"})
    again = owner.post("/deals/views/new?status=Created", {"name": "One"})
    assert again.status_code == 422 and "A view has this name already" in again.text
    owner.post("/deals/views/new?status=Created", {"name": "Two"})
    two = SavedView.get(SavedView.name == "Two").uuid
    again = owner.post(f"/deals/views/{two}", {"name": "One"})
    assert again.status_code == 422 and "A view has this name already" in again.text
    assert owner.post(f"/deals/views/{two}", {"name": "One", "shared": "y"}).status_code == 303
    assert owner.post("/deals/views/new?status=Paid", {"name": ""}).status_code == 422
    assert sorted((view.name, view.person_id is None) for view in SavedView.select()) == [("One", False), ("One", True)]


def test_views_have_bounds(world):
    partner, person = world.acme.id, world.acme.users["owner"].id
    with pytest.raises(Refused, match="Nothing is filtered"):
        saved_views.save(partner, person, "Empty", "", False)
    with pytest.raises(Refused, match="too long"):
        saved_views.save(partner, person, "Long", "q=" + "x" * 4000, False)
    with pytest.raises(Invalid):
        saved_views.save(partner, person, "x" * 61, "status=Paid", False)
    for number in range(saved_views.MOST):
        saved_views.save(partner, person, f"View {number}", "status=Paid", number % 2 == 0)
    with pytest.raises(Refused, match="Remove one"):
        saved_views.save(partner, person, "One more", "status=Paid", False)
    with pytest.raises(NotFound):
        saved_views.find(partner, person, "nothing")


def table(answer) -> list[dict]:
    assert answer.status_code == 200 and answer.mimetype == "text/csv" and "no-store" in answer.headers["Cache-Control"]
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_file_holds_exactly_what_is_filtered(world, owner, catalog, deals):
    assert [row["deal_id"] for row in table(owner.get("/deals/export.csv"))] == ["FRENCH", "SELF", "NOBODYS", "BROUGHT"]
    assert [row["deal_id"] for row in table(owner.get(f"/deals/export.csv?promoter={UID}&status=Paid"))] == ["BROUGHT"]
    assert table(owner.get("/deals/export.csv?promoter=nobody-is-called-so")) == []
    assert table(world.as_("rival").get(f"/deals/export.csv?promoter={UID}")) == []
    assert 'href="/deals/export.csv?status=Paid"' in owner.get("/deals?status=Paid").text


def test_the_file_has_decimals_and_the_partners_time_with_its_distance(world, owner, catalog):
    Partner.update(time_zone="America/New_York").where(Partner.id == world.acme.id).execute()
    deal = things.deal(catalog, "BROUGHT", "Paid", cost="1234.50", another_data=f"myshare={UID}")
    at = datetime(2026, 7, 1, 2, 30, 5, tzinfo=UTC)
    Deal.update(conversion_time=at, paid_at=at).where(Deal.id == deal.id).execute()
    (row,) = table(owner.get("/deals/export.csv"))
    assert row == {
        "deal_id": "BROUGHT", "status": "Paid", "is_returned": "false", "offer": "Spanish A1", "catalog_code": "summer",
        "cost": "1234.50", "currency": "USD", "payment_sum": "123.45", "promo_code": "", "another_data": f"myshare={UID}",
        "comment": "", "id": deal.uuid, "catalog": "Summer", "promoter": "Northwind", "uid": UID,
        "conversion_time": "2026-06-30T22:30:05-04:00", "paid_at": "2026-06-30T22:30:05-04:00", "approved_at": "",
        "canceled_at": "", "refunded": "0.00",
    }  # fmt: skip


def test_no_formula_leaves_in_the_file(owner, catalog):
    formula = '=HYPERLINK("https://evil.example","x")'
    for number, begins in enumerate(("=", "+", "-", "@")):
        things.deal(catalog, f"{begins}{number}", promo_code=f"{begins}1+1", another_data=f"{begins}cmd|' /C calc'!A0")
    Deal.update(comment=formula).execute()
    for row in table(owner.get("/deals/export.csv")):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), row
        assert row["comment"] == f"'{formula}"


def test_a_long_file_is_read_in_portions_and_takes_none_twice(owner, catalog, monkeypatch):
    for number in range(12):
        things.deal(catalog, f"N-{number}")
    Deal.update(conversion_time=clock.now()).execute()
    one = queries(lambda: owner.get("/deals/export.csv"))
    monkeypatch.setattr(deal_export, "AT_ONCE", 5)
    rows = table(owner.get("/deals/export.csv"))
    assert [row["deal_id"] for row in rows] == [f"N-{number}" for number in range(11, -1, -1)]
    assert queries(lambda: owner.get("/deals/export.csv")) == one + 2


def test_what_is_reported_while_the_file_is_read_is_left_out(world, catalog, monkeypatch):
    monkeypatch.setattr(deal_export, "AT_ONCE", 1)
    things.deal(catalog, "A")
    things.deal(catalog, "B")
    read = deal_export.each(world.acme.id, Filter())
    assert next(read).deal_id == "B"
    things.deal(catalog, "C")
    assert [deal.deal_id for deal in read] == ["A"]


def test_views_and_questions_cost_the_list_two_queries_however_many(world, owner, catalog, deals):
    things.deal(catalog, "ONE")
    few = queries(lambda: owner.get("/deals?status=Paid"))
    for number in range(10):
        owner.post(f"/deals/views/new?q={number}", {"name": f"View {number}"})
    assert queries(lambda: owner.get("/deals?status=Paid")) == few
