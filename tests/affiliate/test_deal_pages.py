"""Deals: the live list, the passport, and what people may do to a deal."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.errors import DomainError
from portal.domain.traces import refusals
from tests.affiliate import things
from tests.affiliate.counting import queries


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    return catalog


@pytest.fixture
def owner(world):
    return world.as_("acme")


def poll(visitor, etag=None, **arguments):
    """What the list asks every few seconds."""
    query = "&".join(f"{name}={value}" for name, value in arguments.items())
    return visitor.get(f"/deals/news?{query}", htmx=True, headers={"If-None-Match": etag} if etag else {})


def test_an_empty_list_says_what_a_deal_is(owner):
    assert "A deal is a purchase that your shop reports here." in owner.get("/deals").text


@pytest.mark.on_both_engines
def test_the_list_is_newest_first_and_paged_by_key(owner, catalog):
    for number in range(55):
        things.deal(catalog, f"N-{number:02}")
    first = owner.get("/deals").text
    assert first.index("N-54") < first.index("N-53") and "N-05" in first and "N-04" not in first
    older = f"/deals?before={Deal.get(Deal.deal_id == 'N-05').id}"
    assert older in first
    assert "N-04" in owner.get(older).text and "N-05" not in owner.get(older).text
    assert "deals-news" not in owner.get(older).text


@pytest.mark.on_both_engines
def test_every_filter_narrows_the_list(world, owner, catalog):
    things.promotion(catalog, world.northwind)
    other = things.catalog(world.acme.partner, "Winter", "winter")
    things.offer(other, currency="EUR")
    things.deal(catalog, "CREATED-1")
    things.deal(catalog, "PAID-1", "Paid", another_data="myshare=nrthwnd22")
    things.deal(other, "EURO-1", currency="EUR")
    approved = things.deal(catalog, "APPROVED-1", "Paid")
    Deal.update(approved_at=clock.now()).where(Deal.id == approved.id).execute()
    expected = {
        "status=Created": {"CREATED-1", "EURO-1"},
        "status=Paid": {"PAID-1"},
        "status=Approved": {"APPROVED-1"},
        "status=Canceled": set(),
        f"catalog={other.short_code}": {"EURO-1"},
        "currency=EUR": {"EURO-1"},
        "q=PAID-1": {"PAID-1"},
        "q=NRTHWND22": {"PAID-1"},
        f"q={approved.uuid}": {"APPROVED-1"},
        "q=PAID": {"PAID-1"},
        "q=PAIDX": set(),
        f"from={clock.now() + timedelta(days=2):%Y-%m-%d}": set(),
        f"to={clock.now() - timedelta(days=2):%Y-%m-%d}": set(),
        "from=nonsense&status=Nonsense&catalog=NOPE2": {"CREATED-1", "PAID-1", "EURO-1", "APPROVED-1"},
    }
    every = {"CREATED-1", "PAID-1", "EURO-1", "APPROVED-1"}
    for query, shown in expected.items():
        rows = owner.get(f"/deals?{query}").text.partition("<tbody>")[2].partition("</tbody>")[0]
        assert {name for name in every if f">{name}<" in rows} == shown, query


def test_the_list_is_turned_round_and_its_pages_follow_one_another_both_ways(owner, catalog):
    for number in range(53):
        things.deal(catalog, f"D-{number:02}")
    rows = r'<a class="row-link"[^>]*>(D-\d\d)</a>'
    newest = owner.get("/deals").text
    assert 'aria-sort="descending"' in newest and 'href="/deals?order=oldest"' in newest
    first = owner.get("/deals?order=oldest").text
    assert re.findall(rows, first) == [f"D-{number:02}" for number in range(50)] and "Live" not in first
    assert "Newer" in first and "Older" not in first
    second = owner.get(re.search(r'href="(/deals[^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")).text
    assert re.findall(rows, second) == ["D-50", "D-51", "D-52"] and "Newer" not in second
    back = owner.get(re.search(r'href="(/deals[^"]*before=[^"]*)"', second)[1].replace("&amp;", "&")).text
    assert re.findall(rows, back) == [f"D-{number:02}" for number in range(50)] and "Older" not in back


def test_days_the_wrong_way_round_are_named(owner, catalog):
    things.deal(catalog, "A")
    assert "From lies after To" in owner.get("/deals?from=2026-03-02&to=2026-03-01").text
    assert "From lies after To" not in owner.get("/deals?from=2026-03-01&to=2026-03-01").text


@pytest.mark.on_both_engines
def test_totals_are_of_what_is_filtered_and_never_mix_currencies(world, owner, catalog):
    things.offer(catalog, "In euros", "10", "EUR")
    things.deal(catalog, "A", "Paid")
    things.deal(catalog, "B", cost="50.50")
    things.deal(catalog, "C", currency="EUR", cost="10", offer="In euros")
    listed = owner.get("/deals").text
    assert 'hx-get="/deals/totals"' in listed and listed.index("needs-scripts") < listed.index("Adding up")
    page = owner.get("/deals/totals").text
    assert "3 deals · Sales 150.50\u00a0USD + 10.00\u00a0EUR" in page, "The partner's own currency comes first."
    page = owner.get("/deals/totals?q=B", htmx=True).text
    assert page.startswith("<p") and "1 deal · Sales 50.50\u00a0USD" in page


@pytest.mark.on_both_engines
def test_totals_leave_canceled_deals_out_unless_they_are_asked_for(owner, catalog):
    things.deal(catalog, "KEPT", cost="50.50")
    for number, returned in enumerate(("0", "1")):
        gone = things.deal(catalog, f"GONE-{number}", "Paid")
        owner.post(f"/deals/{gone.uuid}/cancellation", {"returned": returned})
    page = owner.get("/deals/totals").text
    assert "3 deals, 2 of them canceled · Sales 50.50\u00a0USD" in page
    assert "2 deals · Not sold 200.00\u00a0USD" in owner.get("/deals/totals?status=Canceled").text


def test_the_deals_of_last_month_are_asked_for_by_a_word_that_goes_along_with_the_days(owner, catalog):
    with clock.acting(-40 * 86_400):
        deal = things.deal(catalog, "BEFORE")
    things.deal(catalog, "NOW")
    month = clock.now().replace(day=1) - timedelta(days=2)
    Deal.update(conversion_time=month).where(Deal.id == deal.id).execute()
    page = owner.get("/deals?dates=last-month").text
    assert ">BEFORE<" in page and ">NOW<" not in page and "Last month (1 " in page
    for word, shown in {
        "today": {"NOW"},
        "this-month": {"NOW"},
        "7-days": {"NOW"},
        "90-days": {"NOW", "BEFORE"},
    }.items():
        page = owner.get(f"/deals?dates={word}").text
        assert {name for name in ("NOW", "BEFORE") if f">{name}<" in page} >= shown, word
    page = owner.get("/deals?dates=&from=2020-01-01&to=2020-01-02").text
    assert ">NOW<" in page, "Any time was chosen after days of one's own."
    page = owner.get("/deals?dates=own&from=2020-01-01&to=2020-01-02").text
    assert ">NOW<" not in page and "1 Jan 2020 – 2 Jan 2020" in page


def test_days_are_those_of_the_partners_time_zone(world, owner, catalog):
    type(world.acme.partner).update(time_zone="Pacific/Kiritimati").where(
        type(world.acme.partner).id == world.acme.id
    ).execute()
    deal = things.deal(catalog, "LATE")
    Deal.update(conversion_time=clock.now().replace(year=2026, month=3, day=1, hour=20)).where(
        Deal.id == deal.id
    ).execute()
    assert ">LATE<" in owner.get("/deals?from=2026-03-02&to=2026-03-02").text
    assert ">LATE<" not in owner.get("/deals?from=2026-03-01&to=2026-03-01").text


@pytest.mark.on_both_engines
def test_a_poll_is_answered_304_until_something_changes(owner, catalog):
    deal = things.deal(catalog, "FIRST")
    first = poll(owner, newest=deal.id, since=0)
    etag = first.headers["ETag"]
    assert etag.strip('"') in owner.get("/deals").text
    again = poll(owner, etag, newest=deal.id, since=0)
    assert (again.status_code, again.data) == (304, b"")
    things.deal(catalog, "SECOND")
    told = poll(owner, etag, newest=deal.id, since=clock.micros())
    assert told.status_code == 200 and "Show 1 new deal" in told.text and "SECOND" not in told.text
    assert poll(owner, told.headers["ETag"], newest=deal.id, since=0).status_code == 304


@pytest.mark.on_both_engines
def test_a_poll_replaces_the_rows_that_changed_and_no_others(owner, catalog):
    first, second = things.deal(catalog, "FIRST"), things.deal(catalog, "SECOND")
    since = clock.micros()
    etag = poll(owner, newest=second.id, since=since).headers["ETag"]
    owner.post(f"/deals/{first.uuid}/payment")
    told = poll(owner, etag, newest=second.id, since=since).text
    rows = told.partition("<template>")[2]
    assert f'<tr id="deal-{first.id}" hx-swap-oob="true">' in rows and "Paid" in rows
    assert f'id="deal-{second.id}"' not in told


@pytest.mark.on_both_engines
def test_the_list_takes_as_many_queries_for_fifty_deals_as_for_one(owner, catalog):
    things.deal(catalog, "ONE")
    few = queries(lambda: owner.get("/deals"))
    for number in range(49):
        things.deal(catalog, f"N-{number}")
    assert queries(lambda: owner.get("/deals")) == few


def test_a_passport_tells_whose_deal_it_is_and_where_the_money_stands(world, owner, catalog):
    things.promotion(catalog, world.northwind)
    deal = things.deal(catalog, "MINE", "Paid", another_data="myshare=NRTHWND22")
    page = owner.get(f"/deals/{deal.uuid}").text
    assert "Why it belongs to Northwind" in page and "by the link" in page and 'href="/promoters/NRTHWND22"' in page
    assert "Held for Northwind" in page and "10.00\u00a0USD" in page and "10% of the sale" in page
    assert "Approved, unless it is canceled before" in page


def test_a_passport_explains_why_a_deal_is_nobodys(owner, catalog):
    deal = things.deal(catalog, "LOST", another_data="myshare=UNKNOWN99")
    page = owner.get(f"/deals/{deal.uuid}").text
    assert "It belongs to no promoter" in page and "of the sale" not in page
    assert "no promoter has the link id UNKNOWN99" in page
    assert "Pass on the whole query of the promoter’s link" in page.replace("&#39;", "’")


def test_a_deal_is_paid_and_canceled_for_good(world, owner, catalog):
    deal = things.deal(catalog, "WAY")
    place = f"/deals/{deal.uuid}"
    assert owner.post(f"{place}/payment").location == place
    assert Deal.get().status == "Paid"
    asked = owner.get(f"{place}/cancellation").text
    assert "can never be paid or approved again" in asked and Deal.get().status == "Paid"
    owner.post(f"{place}/cancellation", {"returned": "0"})
    assert (Deal.get().status, Deal.get().is_returned) == ("Canceled", False)
    assert "Mark as returned" in owner.get(place).text and "Mark as paid" not in owner.get(place).text
    owner.post(f"{place}/return")
    assert Deal.get().is_returned
    refused = owner.post(f"{place}/payment")
    assert refused.status_code == 400 and "that is final" in refused.text


def test_a_deal_is_canceled_as_returned_at_once(owner, catalog):
    deal = things.deal(catalog, "BACK", "Paid")
    owner.post(f"/deals/{deal.uuid}/cancellation", {"returned": "1"})
    assert (Deal.get().status, Deal.get().is_returned) == ("Canceled", True)


def test_the_cost_changes_until_approval_and_a_refusal_stands_beside_it(owner, catalog):
    deal = things.deal(catalog, "COST", "Paid")
    place = f"/deals/{deal.uuid}/cost"
    assert owner.post(place, {"cost": "80.50"}).status_code == 303
    assert Deal.get().cost == 8050
    for wrong, sentence in (
        ("", "Give what the customer paid."),
        ("x", "Write a number"),
        ("-1", "below zero"),
        ("1.2345", "2 decimals"),
    ):
        response = owner.post(place, {"cost": wrong})
        assert response.status_code == 422 and sentence in response.text
    Deal.update(due_at=clock.now() - timedelta(days=1)).execute()
    deal_moves.settle_due()
    response = owner.post(place, {"cost": "1"})
    assert response.status_code == 422 and "its cost can no longer change" in response.text
    assert Deal.get().cost == 8050


def test_a_comment_is_kept_and_cleared(owner, catalog):
    deal = things.deal(catalog, "NOTE")
    owner.post(f"/deals/{deal.uuid}/comment", {"comment": things.HOSTILE})
    page = owner.get(f"/deals/{deal.uuid}").text
    assert Deal.get().comment == things.HOSTILE and "<script>alert" not in page
    owner.post(f"/deals/{deal.uuid}/comment", {"comment": " "})
    assert Deal.get().comment is None
    long = owner.post(f"/deals/{deal.uuid}/comment", {"comment": "x" * 2001})
    assert long.status_code == 422 and "at most 2000" in long.text and "x" * 2001 in long.text


def test_refused_reports_name_the_step_and_the_fix(owner, catalog):
    assert "Nothing was refused" in owner.get("/deals/refused").text
    with pytest.raises(DomainError) as refused:
        things.deal(catalog, "BAD", currency="GBP")
    refusals.note(refused.value)
    page = owner.get("/deals/refused").text
    assert "BAD" in page and "the offer has no price in GBP" in page and "Send one of its currencies: USD." in page


def test_hostile_ids_and_data_stay_text(owner, catalog):
    deal = things.deal(catalog, things.HOSTILE, promo_code=things.HOSTILE, another_data=f"myshare={things.HOSTILE}")
    for place in ("/deals", f"/deals/{deal.uuid}", f"/deals/{deal.uuid}/cancellation"):
        page = owner.get(place).text
        assert "&lt;script&gt;" in page and "<script>alert" not in page and "<img src=x" not in page
    echoed = owner.get("/deals", query_string={"q": things.HOSTILE}).text
    assert "<script>alert" not in echoed and "&lt;script&gt;" in echoed
