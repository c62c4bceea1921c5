"""Returning a part of a deal from its page, and what both sides see of it."""

import re
from decimal import Decimal

import pytest

from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.refunds import refunds
from portal.domain.affiliate.refunds.tables import Refund
from tests.affiliate import money, things


@pytest.fixture
def shop(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    return money.Shop(world, catalog)


@pytest.fixture
def owner(world):
    return world.as_("acme")


def words(page: str) -> str:
    """What stands on the page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).replace("\xa0", " ").split())


def hidden(page: str) -> dict:
    """What the form of the answer carries along."""
    return dict(re.findall(r'<input type="hidden" name="(amount|left)" value="([^"]*)"', page))


def test_the_form_says_what_it_will_do_before_it_does_it(world, shop, owner):
    deal = shop.due("a")
    place = f"/deals/{deal.uuid}/refunds"
    assert place in owner.get(f"/deals/{deal.uuid}").text
    assert "at most 100.00 USD" in words(owner.get(place).text) and Refund.select().count() == 0
    page = owner.get(f"{place}?amount=30").text
    told = words(page)
    assert "30.00 USD goes back to the customer" in told and "70.00 USD of the sale is left" in told
    assert "3.00 USD of the reward is taken back from Northwind" in told and "7.00 USD of the reward is left" in told
    answer = owner.post(place, {**hidden(page), "comment": "One of three"})
    assert answer.location == f"/deals/{deal.uuid}" and Deal.get().payment_sum == 700
    page = words(owner.get(answer.location).text)
    assert "Returned in part 30.00 USD" in page and "3.00 USD of the reward" in page and "One of three" in page
    assert "A part of the money returned to the customer" in page and "30.00 USD, by Acme Owner" in page
    theirs = words(world.as_("northwind").get(f"/promotions/deals/{deal.uuid}").text)
    assert "30.00 USD went back to the customer" in theirs and "3.00 USD of the reward went back." in theirs
    assert "One of three" not in theirs


def test_a_part_that_is_sent_again_is_not_returned_twice(shop, owner):
    deal = shop.due("a")
    place = f"/deals/{deal.uuid}/refunds"
    form = hidden(owner.get(f"{place}?amount=30").text)
    assert owner.post(place, form).status_code == 303
    again = owner.post(place, form)
    assert again.status_code == 422 and "was returned since you looked" in again.text
    assert (Refund.select().count(), hidden(owner.get(f"{place}?amount=30").text)["left"]) == (1, "7000")


def test_what_cannot_be_returned_is_said_with_the_mend(shop, owner):
    deal = shop.due("a")
    place = f"/deals/{deal.uuid}/refunds"
    for amount, says in (
        ("100.01", "Only 100.00 USD"),
        ("0", "more than zero"),
        ("x", "valid"),
        ("0.001", "2 decimals"),
    ):
        page = owner.get(f"{place}?amount={amount}")
        assert page.status_code == 422 and says in page.text and not hidden(page.text), amount
    held = things.deal(shop.catalog, "held", "Paid")
    assert f"/deals/{held.uuid}/refunds" not in owner.get(f"/deals/{held.uuid}").text
    assert "Change its cost" in owner.get(f"/deals/{held.uuid}/refunds").text
    assert owner.post(f"/deals/{held.uuid}/refunds", {"amount": "1"}).status_code == 422


def test_what_was_returned_whole_is_offered_no_more_however_many_parts_it_went_in(shop, owner):
    deal = shop.due("a")
    for amount in (50, *[1] * 49):
        refunds.give_back(deal.partner_id, deal.deal_id, Decimal(amount))
    place = f"/deals/{deal.uuid}/refunds"
    assert place in owner.get(f"/deals/{deal.uuid}").text
    refunds.give_back(deal.partner_id, deal.deal_id, Decimal(1))
    assert place not in owner.get(f"/deals/{deal.uuid}").text
    assert "returned already" in owner.get(place).text


def test_the_statement_and_the_file_of_deals_tell_what_was_returned(shop, owner):
    deal = shop.due("a")
    form = hidden(owner.get(f"/deals/{deal.uuid}/refunds?amount=30").text)
    owner.post(f"/deals/{deal.uuid}/refunds", form)
    payout = shop.pay()
    page = words(owner.get(f"/payouts/{payout.uuid}").text)
    assert "30.00 USD returned" in page and payout.amount == 700
    (row,) = money.rows_of(owner.get("/deals/export.csv"))[1:]
    assert (row[-1], row[7]) == ("30.00", "7.00")
