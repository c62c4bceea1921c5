"""A promoter with very many deals gets several payouts in a run, each short and whole, and together what was seen."""

import pytest

from portal.domain import verify
from portal.domain.affiliate.payouts import items as payout_items
from portal.domain.affiliate.payouts import payables, payouts
from portal.domain.affiliate.payouts.tables import Payout, PayoutItem
from tests.domain.test_payouts import choose, open_items


@pytest.fixture(autouse=True)
def two_at_a_time(engine, monkeypatch):
    monkeypatch.setattr(payout_items, "MOST_CLAIMED", 2)
    monkeypatch.setattr(payables, "MOST_CLAIMED", 2)
    yield
    assert verify.faults() == []


def earn(market, names: str) -> None:
    """A deal of each name, with 20.00 due."""
    for name in names:
        market.approved(name)


def before_the_second(monkeypatch, action) -> None:
    """Do something between the first payout of a run and the second."""
    pay_some, done = payouts._pay_some, []

    def then_pay(*line):
        if len(done) == 1:
            action()
        done.append(line)
        return pay_some(*line)

    monkeypatch.setattr(payouts, "_pay_some", then_pay)


def made() -> list[tuple[int, int, int]]:
    """(number, sum, deals) of each payout."""
    return [(one.number, one.amount, one.items.count()) for one in Payout.select().order_by(Payout.id)]


def test_many_deals_are_paid_by_several_payouts_of_one_run(market):
    earn(market, "abcde")
    (line,) = payouts.preview(market.world.acme.id)
    assert (line.items, line.payouts) == (5, 3)
    run, left_out = payouts.run(market.world.acme.id, choose(market, 10000))
    assert (made(), left_out, run.payouts.count()) == ([(1, 4000, 2), (2, 4000, 2), (3, 2000, 1)], [], 3)
    assert market.books() == {"acme owed": -10000, "northwind paid": 10000} and open_items(market) == {}


def test_what_was_paid_too_much_is_taken_back_by_the_first_of_them(market):
    """Otherwise more would be sent than is due, and the rest could not be paid at all."""
    earn(market, "abc")
    payouts.run(market.world.acme.id, choose(market, 6000))
    for name in "abc":
        market.update("Canceled", name)
    earn(market, "defghij")
    payouts.run(market.world.acme.id, choose(market, 8000))
    assert made()[2:] == [(3, 4000, 8), (4, 4000, 2)] and open_items(market) == {}


def test_a_deal_canceled_between_them_leaves_the_rest_open(market, monkeypatch):
    earn(market, "abcde")
    before_the_second(monkeypatch, lambda: market.update("Canceled", PayoutItem.get(payout=None).deal.deal_id))
    _, (left_out,) = payouts.run(market.world.acme.id, choose(market, 10000))
    assert made() == [(1, 4000, 2)] and left_out.sentence.startswith("A part of it is recorded")
    assert sorted(open_items(market).values()) == [2000, 2000]


def test_one_of_the_first_canceled_between_them_is_not_paid_for_by_the_rest(market, monkeypatch):
    earn(market, "abcde")
    before_the_second(monkeypatch, lambda: market.update("Canceled", Payout.get().items.first().deal.deal_id))
    payouts.run(market.world.acme.id, choose(market, 10000))
    assert made() == [(1, 4000, 2)] and sorted(open_items(market).values()) == [-2000, 2000, 2000, 2000]


def test_a_process_that_dies_between_them_has_paid_what_it_paid(market, monkeypatch):
    earn(market, "abcde")

    def die():
        raise KeyboardInterrupt

    before_the_second(monkeypatch, die)
    with pytest.raises(KeyboardInterrupt):
        payouts.run(market.world.acme.id, choose(market, 10000))
    assert made() == [(1, 4000, 2)] and verify.faults() == []
    monkeypatch.undo()
    payouts.run(market.world.acme.id, choose(market, 6000))
    assert [amount for _, amount, _ in made()] == [4000, 6000]
