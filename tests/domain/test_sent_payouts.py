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


def test_a_large_run_is_marked_some_at_a_time(market, monkeypatch):
    acme, northwind = market.world.acme.id, market.world.northwind.id
    for currency in ("USD", "JPY", "KWD"):
        market.approved(currency, currency=currency)
    run, _ = payouts.run(acme, [(northwind, line.currency, line.amount) for line in payouts.preview(acme)])
    monkeypatch.setattr(sending, "MOST_MARKED", 2)
    assert sending.mark_run_sent(acme, run.uuid) == 3
    assert Event.select().where(Event.type == "payout.sent").count() == 6


def seen(uuid: str) -> str:
    payout = Payout.get(Payout.uuid == uuid)
    return sending.seen(payout.sent_at, payout.reference)


def test_a_wrong_day_or_reference_is_corrected_and_both_sides_can_read_what_it_was(market, payout):
    acme, today = market.world.acme.id, clock.now().date()
    sent = sending.mark_sent(acme, payout.uuid, reference="SEPA 7").sent_at
    assert sending.correct(acme, payout.uuid, today, " SEPA 8 ", seen(payout.uuid))
    assert (Payout.get().sent_at, Payout.get().reference) == (sent, "SEPA 8"), "The moment of the same day stays."
    assert not sending.correct(acme, payout.uuid, today, "SEPA 8", seen(payout.uuid)), "Nothing was wrong."
    before = today - timedelta(days=3)
    assert sending.correct(acme, payout.uuid, before, None, seen(payout.uuid))
    assert (Payout.get().sent_at.date(), Payout.get().reference) == (before, None)
    told = Event.select().where(Event.type == "payout.corrected").order_by(Event.id)
    assert [event.partner_id for event in told] == [acme, market.world.northwind.id] * 2
    assert [(event.data["from"], event.data["to"]) for event in told][1:3] == [
        (f"{today} · SEPA 7", f"{today} · SEPA 8"),
        (f"{today} · SEPA 8", f"{before}"),
    ]
    assert sums(market) == (0, 2000)


def test_only_what_is_sent_is_corrected_by_its_merchant_as_it_was_seen(market, payout):
    acme, today = market.world.acme.id, clock.now().date()
    with pytest.raises(Refused, match="not marked as sent yet"):
        sending.correct(acme, payout.uuid, today, "x", seen(payout.uuid))
    sending.mark_sent(acme, payout.uuid)
    for other in (market.world.northwind.id, market.world.rival.id):
        with pytest.raises(NotFound):
            sending.correct(other, payout.uuid, today, "x", seen(payout.uuid))
    with pytest.raises(Invalid, match="today or a day before"):
        sending.correct(acme, payout.uuid, today + timedelta(days=2), "x", seen(payout.uuid))
    old = seen(payout.uuid)
    sending.correct(acme, payout.uuid, today, "first", old)
    with pytest.raises(Refused, match="corrected a moment ago"):
        sending.correct(acme, payout.uuid, today, "second", old)
    payouts.take_back(acme, payout.uuid, "It came back.")
    with pytest.raises(Refused, match="taken back"):
        sending.correct(acme, payout.uuid, today, "x", seen(payout.uuid))
    assert Payout.get().reference == "first"


def at_once(act) -> list[str]:
    """What six who act at the same moment come to."""
    outcomes, gate = [], threading.Barrier(6)

    def one(number: int):
        gate.wait()
        try:
            act(number)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            database.drop_connection()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_several_who_correct_what_they_saw_at_once_one_does(market, payout):
    acme, today = market.world.acme.id, clock.now().date()
    sending.mark_sent(acme, payout.uuid)
    saw = seen(payout.uuid)
    outcomes = at_once(lambda number: sending.correct(acme, payout.uuid, today, f"R {number}", saw))
    assert outcomes == ["done"] + ["refused"] * 5
    assert Event.select().where(Event.type == "payout.corrected").count() == 2


def test_of_several_who_mark_at_once_one_does(market, payout):
    assert at_once(lambda _: sending.mark_run_sent(market.world.acme.id, payout.run.uuid)) == ["done"] + ["refused"] * 5
    assert Event.select().where(Event.type == "payout.sent").count() == 2  # one for each side
