"""Rewards as the promoter sees them: by merchant and month, the payouts that it got, and its payout details."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import payouts, reward_months
from portal.domain.affiliate.payouts.tables import PayoutDetails
from tests.affiliate import money, things
from tests.affiliate.counting import queries
from tests.affiliate.test_payout_pages import text_of
from tests.support.cast import PASSWORD


@pytest.fixture
def shop(world):
    return money.shop(world)


@pytest.fixture
def northwind(world):
    return world.as_("northwind")


def form(**changed) -> dict:
    """What a browser sends of an owner's form."""
    return {
        "holder": "Northwind GmbH", "account": "DE89 3704 0044 0532 0130 00", "bank": "", "minimums-0-amount": "",
        "minimums-0-currency": "USD", "invoice_name": "", "invoice_address": "", "tax_number": "", "password": PASSWORD,
        **changed,
    }  # fmt: skip


# The overview


def test_an_empty_overview_says_how_a_reward_comes_about(northwind):
    assert "When somebody buys through your link" in text_of(northwind.get("/rewards"))
    assert "No payout yet" in text_of(northwind.get("/rewards/payouts"))


def test_the_overview_tells_each_merchant_and_when_something_clears(northwind, shop):
    shop.due("a")
    shop.pay(), shop.send()
    shop.due("c", "50"), shop.pay()
    shop.due("b", "200")
    things.deal(shop.catalog, "held", "Paid", "300", another_data="myshare=NRTHWND22")
    text, today = text_of(northwind.get("/rewards")), f"{clock.now().day} {clock.now():%b %Y}"
    assert f"Acme 30.00 USD in 30 days 20.00 USD 5.00 USD 10.00 USD {today}" in text
    assert "Due 20.00 USD · To be sent 5.00 USD · Paid out 10.00 USD" in text
    assert "Nobody knows yet where to send what you earn" in text
    shop.tell()
    assert "Nobody knows yet" not in text_of(northwind.get("/rewards"))


def test_a_merchant_is_found_by_words_of_its_name(northwind, shop):
    shop.due("a")
    assert 'type="search" id="filter-q"' in northwind.get("/rewards").text
    for typed, is_found in (("AC", True), ("e acm", True), ("acme x", False), ("rival", False)):
        part = northwind.get("/rewards", query_string={"q": typed}, htmx=True)
        assert part.text.lstrip().startswith('<div id="merchants">')
        assert ("10.00 USD" in text_of(northwind.get(f"/rewards?q={typed}"))) and (
            'class="row-link"' in part.text
        ) == is_found
    assert "No merchant fits" in text_of(northwind.get("/rewards?q=rival"))


def test_what_is_below_zero_is_explained(northwind, shop):
    shop.due("a")
    shop.pay()
    shop.cancel("a")
    assert "−10.00 USD taken back with your next payout" in text_of(northwind.get("/rewards"))


def test_each_month_has_its_rewards_by_currency(northwind, shop):
    shop.due("a")
    shop.due("yen", currency="JPY")
    things.deal(shop.catalog, "held", "Paid", "300", another_data="myshare=NRTHWND22")
    things.deal(shop.catalog, "nobody's", "Paid", "999")
    older = Deal.get(Deal.deal_id == "a")
    long_ago = clock.now().replace(day=1) - timedelta(days=1)
    Deal.update(conversion_time=long_ago).where(Deal.id == older.id).execute()
    months = reward_months.of(shop.world.northwind.id, "UTC")
    assert [(len(of), of[-1].first.day) for of in months.values()] == [(12, 1), (12, 1)]
    assert [tuple(month[1:]) for month in months["USD"][-3:]] == [(0, 0), (0, 1000), (3000, 0)]
    assert tuple(months["JPY"][-1][1:]) == (0, 10)
    assert months["USD"][-2].first == long_ago.date().replace(day=1)
    page = northwind.get("/rewards").text
    assert "Earned per month, USD" in page and "Earned per month, JPY" in page


def test_what_lies_before_the_twelve_months_and_what_was_canceled_is_not_drawn(shop):
    shop.due("old")
    shop.due("canceled")
    shop.cancel("canceled")
    Deal.update(conversion_time=clock.now() - timedelta(days=400)).where(Deal.deal_id == "old").execute()
    assert reward_months.of(shop.world.northwind.id, "Pacific/Auckland") == {}


@pytest.mark.on_both_engines
def test_no_number_of_queries_grows_with_the_merchants(northwind, shop, world):
    shop.due("a")
    one = queries(lambda: northwind.get("/rewards"))
    other = things.catalog(world.rival.partner, "Rivals", "rivals")
    things.offer(other)
    things.promotion(other, world.northwind, "ANTHER222")
    things.deal(other, "r", "Paid", another_data="myshare=ANTHER222")
    assert queries(lambda: northwind.get("/rewards")) == one
    assert "Rival" in text_of(northwind.get("/rewards"))


# Payouts


def test_the_promoter_reads_the_statement_without_the_merchants_own_ids(northwind, shop):
    deal = shop.due("SHOPS-OWN-ID")
    payout = shop.pay()
    assert f'href="/rewards/payouts/{payout.uuid}"' in northwind.get("/rewards/payouts").text
    page = northwind.get(f"/rewards/payouts/{payout.uuid}")
    rows = money.rows_of(northwind.get(f"/rewards/payouts/{payout.uuid}/lines.csv"))
    assert f"/promotions/deals/{deal.uuid}" in page.text and rows[1][1] == deal.uuid
    assert "SHOPS-OWN-ID" not in page.text and "SHOPS-OWN-ID" not in str(rows)
    assert "reversal" not in page.text and "/payouts/runs/" not in page.text


def test_a_payout_taken_back_says_why(northwind, shop):
    shop.due("a")
    payout = shop.pay()
    payouts.take_back(shop.world.acme.id, payout.uuid, "The bank returned it.")
    assert "Reason: The bank returned it." in text_of(northwind.get(f"/rewards/payouts/{payout.uuid}"))
    assert "Taken back" in text_of(northwind.get("/rewards/payouts"))


def test_nobody_else_finds_a_payout(world, shop):
    shop.due("a")
    payout = shop.pay()
    for who in ("rival", "acme"):  # The merchant has a page of its own.
        for place in ("/rewards/payouts/{}", "/rewards/payouts/{}/lines.csv"):
            foreign = world.as_(who).get(place.format(payout.uuid))
            missing = world.as_(who).get(place.format("00000000-0000-4000-8000-000000000000"))
            assert (foreign.status_code, foreign.data) == (404, missing.data)


# Payout details


def test_an_owner_gives_all_of_them(world, northwind):
    sent = form(**{"minimums-0-amount": "50", "invoice_address": "Quay 1\r\nPort", "tax_number": "T7"})
    assert northwind.post("/rewards/details", sent).location == "/rewards/details"
    kept = payout_details.of(world.northwind.id)
    assert (kept.account, kept.minimums, kept.tax_number) == ("DE89370400440532013000", {"USD": 5000}, "T7")
    page = northwind.get("/rewards/details").text
    assert 'value="DE89 3704 0044 0532 0130 00"' in page and 'value="50.00"' in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"holder": ""}, "This field is required."),
        ({"account": "DE89 3704 0044 0532 0130 01"}, "its check digits 89 do not fit"),
        ({"minimums-0-amount": "-1"}, "A minimum cannot be below zero."),
        ({"minimums-0-amount": "x"}, "Write a number"),
        ({"minimums-0-amount": "0.001"}, "USD has 2 decimals"),
        (
            {"minimums-0-amount": "1", "minimums-1-amount": "2", "minimums-1-currency": "USD"},
            "There are two sums in USD.",
        ),
        ({"tax_number": "9" * 41}, "at most 40"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(northwind, changed, sentence):
    page = northwind.post("/rewards/details", form(invoice_name="kept text", **changed))
    assert page.status_code == 422 and 'value="kept text"' in page.text
    assert any(sentence in error for error in re.findall(r'class="field-error".*?</p>', page.text, re.DOTALL))
    assert not PayoutDetails.select().exists()


def test_another_currency_is_a_submit_button_that_saves_nothing(northwind):
    page = northwind.post("/rewards/details", form(add_minimum="1"))
    assert page.status_code == 200 and 'name="minimums-1-amount"' in page.text
    assert not PayoutDetails.select().exists()


def test_the_form_holds_as_many_currencies_as_the_rule_allows(northwind):
    rows = {f"minimums-{number}-amount": "1" for number in range(20)}
    page = northwind.post("/rewards/details", form(add_minimum="1", **rows))
    assert page.status_code in (200, 422) and 'name="minimums-20-amount"' not in page.text


def test_another_account_asks_for_the_password_and_the_page_says_who_gave_it(world, northwind, shop):
    shop.tell()
    seen = re.search(r'name="account_seen" type="hidden" value="(\w+)"', northwind.get("/rewards/details").text)[1]
    changed = form(account="NEW-1", account_seen=seen)
    for wrong, said in (("", "Give your password."), ("another one", "This is not your password.")):
        page = northwind.post("/rewards/details", changed | {"password": wrong})
        assert page.status_code == 422 and f"{said} It is asked for because another account decides" in page.text
    assert payout_details.of(world.northwind.id).account == "DE89370400440532013000"
    assert northwind.post("/rewards/details", changed).location == "/rewards/details"
    for role in ("owner", "viewer"):
        said = text_of(world.as_("northwind", role).get("/rewards/details"))
        assert "The account was changed just now by Northwind Owner." in said


def test_an_owner_who_leaves_the_account_alone_gives_no_password(world, northwind, shop):
    shop.tell()
    seen = re.search(r'name="account_seen" type="hidden" value="(\w+)"', northwind.get("/rewards/details").text)[1]
    sent = form(bank="Bank", tax_number="T9", account_seen=seen, password="")
    assert northwind.post("/rewards/details", sent).location == "/rewards/details"
    assert payout_details.of(world.northwind.id).tax_number == "T9"


def test_a_manager_changes_the_rest_and_never_the_account(world, shop):
    manager = world.as_("northwind", "manager")
    assert "only an owner of Northwind changes it" in text_of(manager.get("/rewards/details"))
    refused = manager.post("/rewards/details", form(account="THIEF-1"))
    assert refused.status_code == 422 and not PayoutDetails.select().exists()
    shop.tell()
    manager.post("/rewards/details", form(account="THIEF-1", holder="Thief", tax_number="T8"))
    kept = payout_details.of(world.northwind.id)
    assert (kept.account, kept.holder, kept.tax_number) == ("DE89370400440532013000", "Northwind GmbH", "T8")


def test_a_managers_change_leaves_alone_what_an_owner_changed_meanwhile(world, shop):
    shop.tell(minimums={"USD": Decimal(5)})
    payout_details.keep(world.northwind.id, {"holder": "New", "account": "NEW-1"})
    kept = payout_details.keep_terms(world.northwind.id, {"tax_number": "T9"})
    assert (kept.holder, kept.account, kept.tax_number, kept.minimums) == ("New", "NEW-1", "T9", {})


def test_each_role_sees_what_it_may(world, shop):
    shop.tell()
    shop.due("a")
    payout = shop.pay()
    read = ["/rewards", "/rewards/payouts", f"/rewards/payouts/{payout.uuid}", "/rewards/details"]
    for role, status in (("manager", 200), ("viewer", 200), ("cashier", 403)):
        visitor = world.as_("northwind", role)
        assert [visitor.get(place).status_code for place in read] == [status] * len(read), role
    viewer = world.as_("northwind", "viewer")
    assert viewer.post("/rewards/details", form()).status_code == 403
    for place in read:
        assert 'method="post"' not in viewer.get(place).text.partition("<main")[2], place
    assert "Least sums Any sum" in text_of(viewer.get("/rewards/details"))
