"""A part of an approved deal goes back: the reward's share with it, exactly, from wherever it stands."""

from decimal import Decimal

import pytest

from portal.domain import verify
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts.tables import PayoutItem
from portal.domain.affiliate.promises import REFUNDS
from portal.domain.affiliate.refunds import refunds
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.offers import offers


def give_back(market, amount, deal_id: str = "d", **more) -> Refund:
    return refunds.give_back(market.world.acme.id, deal_id, Decimal(amount), **more)


def opened() -> list[int]:
    return [item.amount for item in PayoutItem.select().where(PayoutItem.payout.is_null())]


def test_the_share_of_the_reward_goes_back_by_a_counter_entry(market):
    market.approved()
    refund = give_back(market, "30", comment="One of three")
    assert (refund.amount, refund.taken_back, refund.payment_sum, refund.comment) == (3000, 600, 1400, "One of three")
    deal = market.deal()
    assert (deal.status, deal.cost, deal.payment_sum, deal.is_returned) == ("Paid", 10_000, 1400, False)
    assert market.books() == {"acme owed": -1400, "northwind due": 1400}
    assert (market.reasons(), opened()) == (["paid", "approved", "returned in part"], [1400])
    assert Event.select().where(Event.type == "deal.refunded", Event.thing_id == deal.uuid).count() == 1


@pytest.mark.parametrize(
    ("cost", "currency", "parts"),
    [
        ("100", "USD", ["33.33", "33.33", "33.34"]),
        ("0.13", "USD", ["0.01"] * 13),
        ("7", "JPY", ["1"] * 7),
        ("0.125", "KWD", ["0.001", "0.1", "0.024"]),
        ("0.01", "USD", ["0.01"]),
    ],
)
def test_all_parts_together_give_back_exactly_the_whole_reward(market, cost, currency, parts):
    whole = market.approved(cost=cost, currency=currency).payment_sum
    taken = [give_back(market, part).taken_back for part in parts]
    assert (sum(taken), market.deal().payment_sum, min(taken) >= 0) == (whole, 0, True)
    assert (market.books(), opened(), verify.faults()) == ({}, [], [])


def test_a_fixed_reward_goes_back_by_the_share_of_the_cost_half_even(market):
    price = [offers.Price(Decimal(9), "USD")]
    fixed = {"name": "Fixed", "fix_remuneration": Decimal("3.33")}
    terms.create(market.world.acme.id, fixed, market.catalog.uuid, price)
    market.approved(cost="10", offer="Fixed")
    assert [give_back(market, part).taken_back for part in ("5", "2.50", "2.50")] == [166, 84, 83]
    assert verify.faults() == []


def test_more_than_the_cost_in_all_is_refused(market):
    market.approved()
    give_back(market, "60")
    with pytest.raises(Refused, match=r"Only 40\.00 USD .* is left") as refused:
        give_back(market, "40.01")
    assert refused.value.field == "amount"
    give_back(market, "40")
    with pytest.raises(Refused, match="returned already"):
        give_back(market, "0.01")
    assert market.deal().payment_sum == 0


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1E+30", "NaN"])
def test_an_amount_is_over_zero_and_of_the_currency(market, amount):
    market.approved()
    with pytest.raises(Invalid) as invalid:
        give_back(market, amount)
    assert (invalid.value.field, Refund.select().count()) == ("amount", 0)


def test_before_approval_the_cost_is_changed_instead_and_a_canceled_deal_has_nothing_left(market):
    for status, mend in (("Created", "Change its cost"), ("Paid", "Change its cost"), ("Canceled", "canceled")):
        market.update(status) if status == "Canceled" else market.report(status)
        with pytest.raises(Refused, match=mend):
            give_back(market, "1")
    with pytest.raises(NotFound):
        refunds.give_back(market.world.rival.id, "d", Decimal(1))
    assert Refund.select().count() == 0


def test_the_moment_alone_approves_a_deal_so_that_a_part_can_be_returned(market):
    market.report("Paid")
    Deal.update(due_at=0).execute()
    assert give_back(market, "30").payment_sum == 1400
    assert (market.reasons(), verify.faults()) == (["paid", "approved", "returned in part"], [])


def test_nobodys_deal_is_returned_in_part_without_a_reward(market):
    market.approved(another_data=None)
    assert give_back(market, "50").taken_back == 0
    assert (market.books(), market.reasons(), verify.faults()) == ({}, [], [])


def test_what_was_paid_out_is_carried_below_zero_into_the_next_payout(market):
    market.approved()
    market.pay_out(2000)
    give_back(market, "25")
    assert (market.books(), opened()) == (
        {"acme owed": -1500, "northwind due": -500, "northwind paid": 2000},
        [-500],
    )
    market.approved("other")
    (payout,) = market.pay_out(1500)
    assert (payout.amount, opened(), verify.faults()) == (1500, [], [])


def test_canceling_takes_back_the_rest_alone(market):
    market.approved()
    give_back(market, "30")
    market.update("Canceled", is_returned=True)
    assert (market.books(), opened(), market.deal().payment_sum) == ({}, [], 0)
    assert market.reasons() == ["paid", "approved", "returned in part", "canceled"]
    with pytest.raises(Refused):
        give_back(market, "1")
    assert verify.faults() == []


BREAKS = [
    (lambda: Refund.update(amount=10_001).execute(), "cost 10000, but 10001 of it was returned"),
    (lambda: Deal.update(approved_at=None).execute(), "never approved"),
    (lambda: Refund.update(taken_back=5).execute(), "took back 5 of its reward, but the ledger 600"),
]


@pytest.mark.parametrize(("damage", "says"), BREAKS, ids=[says for _, says in BREAKS])
def test_every_promise_about_refunds_is_seen_when_it_is_broken(market, damage, says):
    market.approved()
    give_back(market, "30")
    assert verify.faults() == []
    damage()
    assert says in " ".join(verify.faults())
    assert len(BREAKS) == len(REFUNDS)
