"""A deal is due while people move it: 48 clients over HTTP and the worker's hand in 16 threads of two processes."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from portal.domain import verify
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Transfer
from portal.domain.offers.tables import Catalog
from tests.races.books import books_of, facts_of
from tests.races.control import is_lost

pytestmark = pytest.mark.races
ROUNDS = pytest.mark.parametrize(
    "rounds", [pytest.param(2, id="short"), pytest.param(16, id="long", marks=pytest.mark.long)]
)


def due(merchant, deal_id: str, status: str) -> None:
    """A deal that the worker is to move now: to cancel while Created, to approve once Paid."""
    assert merchant.send("POST", "/deal/", merchant.said(deal_id=deal_id, status=status)).status_code == 200
    merchant.make_due(deal_id)


def nothing_else_is_due(unguarded) -> None:
    """What earlier races left due is looked at first, and so long that this one would be over by then."""
    with unguarded.server.connected():
        Deal.update(due_at=None).where(Deal.due_at.is_null(False)).execute()


def settled_beside(merchant, crowd, moves: list[tuple], later: int = 0) -> tuple[list, int]:
    """The answers to these moves, and how many deals the crowd settled at the same moment, or a little later."""
    settled = []
    answers = merchant.at_once(moves, beside=lambda: settled.extend(crowd.all("settle")), later=later * 0.01)
    return answers, sum(settled)


def settled_first(merchant, crowd, moves: list[tuple]) -> None:
    """The crowd looks before the clients do. Where the machine is busy, forty-eight clients leave it no time to look at all."""
    with ThreadPoolExecutor(1) as beside:
        settling = beside.submit(crowd.all, "settle")
        merchant.at_once(moves)
        settling.result()


def moving(deal_id: str, status: str) -> tuple:
    return "PATCH", f"/deal/{deal_id}/", {"status": status}


def counters_of(merchant) -> tuple[int, int]:
    catalog = Catalog.get(Catalog.partner == merchant.partner)
    return catalog.approved_deals, catalog.canceled_deals


@ROUNDS
def test_a_due_deal_is_approved_once_whoever_looks(merchant, crowd, rounds):
    for round_ in range(rounds):
        deal_id = f"hold-{round_}"
        due(merchant, deal_id, "Paid")
        answers, approved = settled_beside(merchant, crowd, [moving(deal_id, "Paid")] * 48, round_)
        assert {answer.status_code for answer in answers} == {200}
        assert approved <= 1, "A request may have been there before the worker."
        with merchant.server.connected():
            deal = merchant.deal(deal_id)
            assert facts_of(deal) == Counter({"deal.created": 1, "deal.paid": 1, "deal.approved": 1})
            assert books_of(deal) == {"owed": -2000, "due": 2000}
            assert counters_of(merchant) == (round_ + 1, 0)


@ROUNDS
def test_canceled_after_its_approvals_moment_it_was_approved_first_and_the_books_are_whole(merchant, crowd, rounds):
    for round_ in range(rounds):
        deal_id = f"claw-{round_}"
        due(merchant, deal_id, "Paid")
        answers, approved = settled_beside(merchant, crowd, [moving(deal_id, "Canceled")] * 48, round_)
        assert {answer.status_code for answer in answers} == {200}
        assert approved <= 1
        with merchant.server.connected():
            deal = merchant.deal(deal_id)
            told = Counter({"deal.created": 1, "deal.paid": 1, "deal.canceled": 1, "deal.approved": 1})
            assert facts_of(deal) == told
            assert (deal.status, deal.payment_sum, deal.due_at, books_of(deal)) == ("Canceled", 0, None, {})
            assert Transfer.select().where(Transfer.deal == deal).count() == 3
            assert counters_of(merchant) == (0, round_ + 1)


@ROUNDS
def test_an_overdue_deal_is_canceled_whoever_pays_it(merchant, crowd, rounds):
    for round_ in range(rounds):
        deal_id = f"late-{round_}"
        due(merchant, deal_id, "Created")
        answers, canceled = settled_beside(merchant, crowd, [moving(deal_id, "Paid")] * 48, round_)
        assert ({answer.status_code for answer in answers}, canceled) == ({400}, 1)
        with merchant.server.connected():
            deal = merchant.deal(deal_id)
            assert (deal.status, books_of(deal)) == ("Canceled", {})
            assert facts_of(deal) == Counter({"deal.created": 1, "deal.canceled": 1})


@ROUNDS
def test_an_overdue_deal_that_is_paid_and_canceled_at_once_is_canceled_once(merchant, crowd, rounds):
    for round_ in range(rounds):
        deal_id = f"all-{round_}"
        due(merchant, deal_id, "Created")
        settled_beside(merchant, crowd, [moving(deal_id, "Paid"), moving(deal_id, "Canceled")] * 24, round_)
        with merchant.server.connected():
            deal = merchant.deal(deal_id)
            facts = facts_of(deal)
            assert (deal.status, books_of(deal), facts["deal.canceled"]) == ("Canceled", {}, 1)
            assert facts["deal.paid"] == 0
            assert counters_of(merchant) == (0, round_ + 1)


def test_without_the_guard_a_deal_is_approved_and_canceled_several_times(unguarded, unguarded_crowd):
    def play(deal_id):
        nothing_else_is_due(unguarded)
        due(unguarded, deal_id, "Paid")
        settled_first(unguarded, unguarded_crowd, [moving(deal_id, "Canceled")] * 48)
        with unguarded.server.connected():
            deal = unguarded.deal(deal_id)
            facts = facts_of(deal)
            several = facts["deal.approved"] > 1 and facts["deal.canceled"] > 1
            return several and any(deal.uuid in fault for fault in verify.faults())

    assert is_lost(play)


def test_without_the_guard_an_overdue_deal_is_both_paid_and_canceled(unguarded, unguarded_crowd):
    def play(deal_id):
        nothing_else_is_due(unguarded)
        due(unguarded, deal_id, "Created")
        settled_first(unguarded, unguarded_crowd, [moving(deal_id, "Paid")] * 48)
        with unguarded.server.connected():
            facts = facts_of(unguarded.deal(deal_id))
            return facts["deal.paid"] > 1 and facts["deal.canceled"] > 1

    assert is_lost(play)


@ROUNDS
def test_a_deal_whose_time_ran_out_is_reported_again_once(merchant, crowd, rounds):
    for round_ in range(rounds):
        deal = run_out(merchant, f"late-{round_}")
        assert sum(crowd.all("report_again", merchant.partner.id, deal.deal_id)) == 1
        with merchant.server.connected():
            (new,) = Deal.select().where(Deal.again_of == deal)
            assert books_of(new) == {"owed": -2000, "held": 2000}
            assert facts_of(deal)["deal.reported_again"] == 1


def test_without_the_guard_a_deal_is_reported_again_several_times(unguarded, unguarded_crowd):
    def play(deal_id):
        deal = run_out(unguarded, deal_id)
        return sum(unguarded_crowd.all("report_again", unguarded.partner.id, deal.deal_id)) > 1

    assert is_lost(play)


def run_out(merchant, deal_id: str) -> Deal:
    """A deal that was canceled by time."""
    due(merchant, deal_id, "Created")
    with merchant.server.connected():
        deal = merchant.deal(deal_id)
        Deal.update(conversion_time=deal.conversion_time - timedelta(days=15)).where(Deal.id == deal.id).execute()
        deal_moves.settle_due()
        return merchant.deal(deal_id)
