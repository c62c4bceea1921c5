"""What is due is paid once, exactly as it was seen; what was paid and canceled is carried into the next payout."""

import threading
from decimal import Decimal

import pytest

from portal import database
from portal.domain import verify
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.ledger.tables import Transfer
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout, PayoutItem, PayoutRun
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.events.tables import Event
from tests.contract.promoters import promoted


@pytest.fixture(autouse=True)
def everything_holds(engine):
    yield
    assert verify.faults() == []


def open_items(market) -> dict:
    rows = PayoutItem.select().where(PayoutItem.payout.is_null())
    return {item.deal.deal_id: item.amount for item in rows}


def lines(market) -> list[tuple]:
    return [(line.promoter, line.currency, line.amount, line.state) for line in payouts.preview(market.world.acme.id)]


def choose(market, *sums, currency="USD") -> list[tuple]:
    return [(market.world.northwind.id, currency, amount) for amount in sums]


@pytest.fixture
def details(market):
    """Northwind has said where its money goes."""
    return payout_details.keep(market.world.northwind.id, {"holder": "Northwind Ltd", "account": "at the bank"})


# What is open


def test_only_an_approved_deal_with_a_reward_is_open(market):
    market.report("Created", deal_id="created")
    market.report("Paid", deal_id="paid")
    market.approved("nobody's", another_data=None)
    market.approved("free", "0")
    market.approved("approved")
    assert open_items(market) == {"approved": 2000}


def test_a_deal_canceled_before_its_payout_leaves_nothing_open(market):
    market.approved()
    market.update("Canceled")
    assert PayoutItem.select().count() == 0
    assert payouts.preview(market.world.acme.id) == []


def test_a_deal_canceled_after_its_payout_is_open_below_zero(market):
    market.approved()
    market.pay_out(2000)
    market.update("Canceled")
    assert open_items(market) == {"d": -2000}
    assert market.books() == {"northwind due": -2000, "northwind paid": 2000}


def test_the_preview_tells_the_state_of_every_line(market, details):
    market.approved("a")
    assert lines(market) == [("Northwind", "USD", 2000, "Payable")]
    payout_details.keep(market.world.northwind.id, {"holder": "N", "account": "x", "minimums": {"USD": Decimal(21)}})
    assert lines(market) == [("Northwind", "USD", 2000, "Below the least sum")]
    market.approved("b", "5")
    assert lines(market) == [("Northwind", "USD", 2100, "Payable")]
    market.pay_out(2100)
    market.update("Canceled", "b")
    assert lines(market) == [("Northwind", "USD", -100, "Nothing to pay: below zero")]


def test_without_details_a_promoter_is_not_chosen_but_can_be_paid(market):
    market.approved()
    (line,) = payouts.preview(market.world.acme.id)
    assert (line.state, line.may_be_paid, line.is_chosen) == ("No account given yet", True, False)
    assert market.pay_out(2000)[0].details is None


# A run


def test_a_run_pays_what_was_seen(market, details):
    log.acting_as("user:3")
    market.approved("a")
    market.approved("b", "50")
    run, left_out = payouts.run(market.world.acme.id, choose(market, 3000))
    log.acting_as("system")
    payout = run.payouts.get()
    assert (run.actor, left_out, payout.number, payout.amount) == ("user:3", [], 1, 3000)
    assert sorted(item.amount for item in payout.items) == [1000, 2000]
    assert payout.details["account"] == "at the bank"
    assert market.books() == {"acme owed": -3000, "northwind paid": 3000}
    assert market.reasons()[-1] == "paid out"
    assert open_items(market) == {}
    told = Event.select().where(Event.type == "payout.made", Event.thing_id == payout.uuid).order_by(Event.id)
    assert [event.partner_id for event in told] == [market.world.acme.id, market.world.northwind.id]


def test_numbers_count_a_merchants_payouts(market):
    for number in range(3):
        market.approved(str(number))
        market.pay_out(2000)
    assert [payout.number for payout in Payout.select().order_by(Payout.id)] == [1, 2, 3]


@pytest.mark.parametrize("seen", [0, 1999, 2001, -2000])
def test_a_sum_that_was_not_seen_is_not_paid(market, seen):
    market.approved()
    with pytest.raises(Refused, match="Northwind.*20.00 USD is due now.*Look at the list again"):
        payouts.run(market.world.acme.id, choose(market, seen))
    assert (open_items(market), PayoutRun.select().count(), Payout.select().count()) == ({"d": 2000}, 0, 0)


def test_whoever_sends_a_run_again_reads_which_payout_has_paid_it(market):
    market.approved()
    chosen = choose(market, 2000)
    payouts.run(market.world.acme.id, chosen)
    with pytest.raises(Refused, match=r"Northwind \(USD\): Payout 1 has paid it\."):
        payouts.run(market.world.acme.id, chosen)
    payouts.take_back(market.world.acme.id, Payout.get().uuid, "A slip of the pen.")
    payouts.run(market.world.acme.id, chosen)


def test_who_cannot_be_paid_is_left_out_and_the_others_are_paid(market):
    payout_details.keep(market.world.northwind.id, {"holder": "N", "account": "x", "minimums": {"KWD": Decimal(500)}})
    for currency in ("USD", "JPY", "KWD"):
        market.approved(currency, "100", currency)
    north = market.world.northwind.id
    chosen = [(north, "USD", 2000), (north, "USD", 2000), (north, "JPY", 7), (north, "KWD", 20000), (north, "EUR", 5)]
    run, left_out = payouts.run(market.world.acme.id, chosen)
    assert [(payout.currency, payout.amount) for payout in run.payouts] == [("USD", 2000)]
    assert {one.currency: one.sentence.split(":")[0].split(" at a")[0] for one in left_out} == {
        "JPY": "It changed since you looked",
        "KWD": "It asked for at least 500.000 KWD",
        "EUR": "Nothing is due to it in EUR",
    }
    assert open_items(market) == {"JPY": 20, "KWD": 20000}


def test_a_deal_that_moves_while_its_promoter_is_paid_leaves_the_promoter_out(market, monkeypatch):
    market.approved("a")
    market.approved("b")
    market.approved("yen", currency="JPY")
    seen = payouts.preview

    def then_canceled(merchant_id):
        found = seen(merchant_id)
        market.update("Canceled", "b")
        return found

    monkeypatch.setattr(payouts, "preview", then_canceled)
    run, left_out = payouts.run(market.world.acme.id, choose(market, 4000) + choose(market, 20, currency="JPY"))
    assert [(payout.currency, payout.number) for payout in run.payouts] == [("JPY", 1)]
    assert [(one.currency, one.sentence[:10]) for one in left_out] == [("USD", "It changed")]
    assert open_items(market) == {"a": 2000}


def test_nobody_chosen_is_refused(market):
    with pytest.raises(Refused, match="Choose at least one"):
        payouts.run(market.world.acme.id, [])


def test_currencies_never_mix(market):
    market.approved("dollar")
    market.approved("dinar", "0.25", "KWD")
    assert lines(market) == [
        ("Northwind", "KWD", 50, "No account given yet"),
        ("Northwind", "USD", 2000, "No account given yet"),
    ]
    (payout,) = market.pay_out(50, currency="KWD")
    assert [item.deal.deal_id for item in payout.items] == ["dinar"]
    assert open_items(market) == {"dollar": 2000}


def test_a_stranger_neither_pays_nor_sees_what_another_merchant_owes(market):
    market.approved()
    (payout,) = market.pay_out(2000)
    market.approved("more")
    rival = market.world.rival.id
    assert payouts.preview(rival) == []
    with pytest.raises(Refused, match="One promoter"):
        payouts.run(rival, choose(market, 2000))
    for other in (rival, market.world.northwind.id):
        with pytest.raises(NotFound):
            payouts.take_back(other, payout.uuid, "mine")


def test_of_runs_at_once_one_pays(market):
    for number in range(20):
        market.approved(str(number), "1")
    outcomes, gate = [], threading.Barrier(6)

    def pay():
        gate.wait()
        try:
            payouts.run(market.world.acme.id, choose(market, 400))
            outcomes.append("paid")
        except Refused:
            outcomes.append("refused")
        finally:
            database.drop_connection()

    threads = [threading.Thread(target=pay) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["paid"] + ["refused"] * 5
    assert [(payout.number, payout.amount) for payout in Payout.select()] == [(1, 400)]


# Carrying over


def test_what_is_below_zero_is_carried_until_it_is_earned_back(market):
    market.approved("a")
    market.pay_out(2000)
    market.update("Canceled", "a")
    with pytest.raises(Refused, match="carried into its next payout"):
        payouts.run(market.world.acme.id, choose(market, -2000))
    market.approved("b", "150")
    (payout,) = market.pay_out(1000)
    assert {item.deal.deal_id: item.amount for item in payout.items} == {"a": -2000, "b": 3000}
    assert market.books() == {"acme owed": -3000, "northwind paid": 3000}


# Taking back


def test_a_payout_taken_back_is_due_again_and_can_be_paid_again(market):
    market.approved("a")
    (payout,) = market.pay_out(2000)
    payouts.take_back(market.world.acme.id, payout.uuid.upper(), " The bank returned it. ")
    payout = Payout.get_by_id(payout.id)
    assert (payout.reason, payout.reversed_at is not None) == ("The bank returned it.", True)
    assert [item.amount for item in payout.items] == [2000]
    assert (open_items(market), market.books()) == ({"a": 2000}, {"acme owed": -2000, "northwind due": 2000})
    assert Event.select().where(Event.type == "payout.taken_back").count() == 2
    assert market.pay_out(2000)[0].number == 2


def test_a_clawback_that_waits_is_netted_with_a_payout_taken_back(market):
    market.approved("a")
    market.approved("b", "50")
    (payout,) = market.pay_out(3000)
    market.update("Canceled", "a")
    payouts.take_back(market.world.acme.id, payout.uuid, "Wrong account.")
    assert (open_items(market), market.books()) == ({"b": 1000}, {"acme owed": -1000, "northwind due": 1000})


def test_a_clawback_that_was_carried_out_is_given_back_when_the_first_payout_never_arrived(market):
    market.approved("a")
    (first,) = market.pay_out(2000)
    market.update("Canceled", "a")
    market.approved("b", "150")
    market.pay_out(1000)
    payouts.take_back(market.world.acme.id, first.uuid, "Wrong account.")
    assert (open_items(market), market.books()["northwind due"]) == ({"a": 2000}, 2000)
    market.pay_out(2000)
    assert market.books() == {"acme owed": -3000, "northwind paid": 3000}


def test_a_payout_is_taken_back_once_and_with_a_reason(market):
    market.approved()
    (payout,) = market.pay_out(2000)
    with pytest.raises(Invalid):
        payouts.take_back(market.world.acme.id, payout.uuid, "  ")
    payouts.take_back(market.world.acme.id, payout.uuid, "It never arrived.")
    with pytest.raises(Refused, match="already"):
        payouts.take_back(market.world.acme.id, payout.uuid, "Again.")
    assert Transfer.select().where(Transfer.payout == payout.id).count() == 2


def test_deals_move_while_payouts_are_made_and_taken_back(market):
    promoted_deals = [market.approved(str(number), "1").deal_id for number in range(12)]
    failures = []

    def guarded(act):
        try:
            act()
        except (Refused, NotFound):
            pass
        except Exception as error:
            failures.append(error)

    def pay():
        for _ in range(8):
            for line in payouts.preview(market.world.acme.id):
                guarded(lambda line=line: payouts.run(market.world.acme.id, [(line.promoter_id, "USD", line.amount)]))
        database.drop_connection()

    def take_back():
        for _ in range(8):
            for payout in Payout.select().where(Payout.reversed_at.is_null()):
                guarded(lambda payout=payout: payouts.take_back(market.world.acme.id, payout.uuid, "back"))
        database.drop_connection()

    def cancel():
        for deal_id in promoted_deals:
            guarded(lambda deal_id=deal_id: market.update("Canceled", deal_id))
        database.drop_connection()

    threads = [threading.Thread(target=act) for act in (pay, take_back, cancel, pay)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_deal_that_is_being_canceled_and_its_payout_taken_back_do_not_wait_for_each_other(market):
    market.approved("a")
    market.approved("b")
    (payout,) = market.pay_out(4000)
    begun, failures = threading.Event(), []

    def take_back():
        begun.set()
        try:
            payouts.take_back(market.world.acme.id, payout.uuid, "Lost.")
        except Exception as error:
            failures.append(error)
        finally:
            database.drop_connection()

    other = threading.Thread(target=take_back)
    with database.transaction():
        deal = deal_moves.locked(market.world.acme.id, "b")
        other.start()
        begun.wait()
        other.join(0.5)  # It gets as far as this deal's lock.
        deal_moves.cancel(deal, returned=False)
    other.join()
    assert (failures, open_items(market)) == ([], {"a": 2000})


def test_a_merchants_other_promoters_are_paid_by_themselves(market):
    promoted(market.catalog.uuid, market.world.rival, uid="RVLRVLRVL", code=None)
    market.approved("n")
    market.approved("r", "10", another_data="myshare=RVLRVLRVL")
    chosen = [(line.promoter_id, line.currency, line.amount) for line in payouts.preview(market.world.acme.id)]
    run, _ = payouts.run(market.world.acme.id, chosen)
    assert [(payout.promoter.name, payout.amount) for payout in run.payouts.order_by(Payout.id)] == [
        ("Northwind", 2000),
        ("Rival", 200),
    ]
