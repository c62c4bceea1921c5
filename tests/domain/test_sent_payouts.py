"""Recorded, file taken, sent: nothing counts as paid out before the merchant says that the money has left."""

import threading
from datetime import date, timedelta

import pytest

from portal import clock, database
from portal.domain import verify
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.payouts import balances, lists, payouts, sending
from portal.domain.affiliate.payouts.tables import Payout, PayoutRun
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event


@pytest.fixture(autouse=True)
def everything_holds(engine):
    yield
    assert verify.faults() == []


@pytest.fixture
def payout(market):
    market.approved()
    return market.pay_out(2000)[0]


def sums(market) -> tuple[int, int]:
    (one,) = balances.of_promoter(market.world.northwind.id)
    return one.recorded, one.paid


def test_a_recorded_payout_is_not_paid_out_until_it_is_sent(market, payout):
    acme = market.world.acme.id
    assert (sums(market), lists.of_promoter(market.world.northwind.id).rows[0].state) == ((2000, 0), lists.RECORDED)
    sent = sending.mark_sent(acme, payout.uuid, reference="  TR 7 ")
    assert (sent.reference, sums(market)) == ("TR 7", (0, 2000))
    row = lists.of_merchant(acme, state=lists.SENT).rows[0]
    assert (row.state, row.sent, lists.of_merchant(acme, state=lists.RECORDED).rows) == (lists.SENT, sent.sent_at, [])
    told = Event.select().where(Event.type == "payout.sent").order_by(Event.id)
    assert [event.partner_id for event in told] == [acme, market.world.northwind.id]
    assert market.books() == {"acme owed": -2000, "northwind paid": 2000}


def test_it_is_sent_once_and_not_after_it_was_taken_back(market, payout):
    acme = market.world.acme.id
    sending.mark_sent(acme, payout.uuid)
    with pytest.raises(Refused, match="marked as sent already"):
        sending.mark_sent(acme, payout.uuid)
    payouts.take_back(acme, payout.uuid, "It came back.")
    assert balances.of_promoter(market.world.northwind.id)[0].paid == 0
    (other,) = market.pay_out(2000)
    payouts.take_back(acme, other.uuid, "A slip.")
    with pytest.raises(Refused, match="was taken back"):
        sending.mark_sent(acme, other.uuid)


def test_only_its_merchant_marks_it(market, payout):
    for other in (market.world.northwind.id, market.world.rival.id):
        with pytest.raises(NotFound):
            sending.mark_sent(other, payout.uuid)
        with pytest.raises(NotFound):
            sending.mark_run_sent(other, payout.run.uuid)
        sending.take_file(other, payout.run.uuid)
    assert (Payout.get().sent_at, PayoutRun.get().file_taken_at) == (None, None)


def test_the_day_is_the_merchants_and_neither_ahead_nor_long_ago(market, payout):
    acme = market.world.acme.id
    Partner.update(time_zone="Pacific/Kiritimati").where(Partner.id == acme).execute()  # fourteen hours ahead of UTC
    here = clock.now() + timedelta(hours=14)
    for day in (here.date() + timedelta(days=1), here.date() - timedelta(days=367), date(1, 1, 1)):
        with pytest.raises(Invalid, match="Choose"):
            sending.mark_sent(acme, payout.uuid, day, "x" * 120)
    with pytest.raises(Invalid) as wrong:
        sending.mark_sent(acme, payout.uuid, here.date() + timedelta(days=1), "x" * 121)
    assert [field for field, _ in wrong.value.errors] == ["day", "reference"]
    sent = sending.mark_sent(acme, payout.uuid, here.date() - timedelta(days=2))
    assert (sent.sent_at + timedelta(hours=14)).date() == here.date() - timedelta(days=2)


def test_a_run_is_marked_as_a_whole_but_for_what_is_done_already(market):
    acme, northwind = market.world.acme.id, market.world.northwind.id
    for currency in ("USD", "JPY", "KWD"):
        market.approved(currency, currency=currency)
    open_now = [(northwind, line.currency, line.amount) for line in payouts.preview(acme)]
    run, _ = payouts.run(acme, open_now)
    first, second, third = run.payouts.order_by(Payout.id)
    sending.take_file(acme, run.uuid)
    taken = PayoutRun.get().file_taken_at
    sending.take_file(acme, run.uuid)
    assert taken and PayoutRun.get().file_taken_at == taken
    sending.mark_sent(acme, first.uuid, reference="by hand")
    payouts.take_back(acme, second.uuid, "Wrong account.")
    assert [payout.id for payout in lists.each_unsent(acme, run.uuid)] == [
        third.id
    ]  # Nobody is paid twice by its file.
    assert sending.mark_run_sent(acme, run.uuid, reference="SEPA") == 1
    assert [payout.reference for payout in run.payouts.order_by(Payout.id)] == ["by hand", None, "SEPA"]
    assert lists.run(acme, run.uuid).unsent == 0
    with pytest.raises(Refused, match="left to send"):
        sending.mark_run_sent(acme, run.uuid)


def test_of_several_who_mark_at_once_one_does(market, payout):
    outcomes, gate = [], threading.Barrier(6)

    def mark():
        gate.wait()
        try:
            sending.mark_run_sent(market.world.acme.id, payout.run.uuid)
            outcomes.append("sent")
        except Refused:
            outcomes.append("refused")
        finally:
            database.drop_connection()

    threads = [threading.Thread(target=mark) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 5 + ["sent"]
    assert Event.select().where(Event.type == "payout.sent").count() == 2  # one for each side
