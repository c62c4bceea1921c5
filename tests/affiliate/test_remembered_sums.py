"""Sums of days and of what is due are kept between requests, and are always those of the deals as they are."""

import threading
from dataclasses import replace
from random import Random

import pytest

from portal import clock
from portal.database import Statement, drop_connection, transaction
from portal.domain import periods, remembered
from portal.domain.affiliate.clicks import days as clicked_days
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.figures import figures, sold_days, tops
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Refused
from portal.domain.events import ageing, chain, log
from tests.affiliate import things
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.on_both_engines

HOUR = 3600 * 1_000_000
_BACK = Statement("UPDATE deal SET conversion_time = :at, due_at = :due WHERE deal_id = :deal")


def shown(world):
    """What the start page draws: figures and both lists of the best."""
    period = periods.last(7, "UTC")
    best = tops.offers(world.acme.id, period), tops.promoters(world.acme.id, period)
    return figures.of_merchant(world.acme.id, period), best


def summed_anew(world):
    remembered.forget_all(), clicked_days.forget()
    return shown(world)


@pytest.fixture
def shop(world):
    """Thirty deals of the last fifteen days, half of them a promoter's, a third waiting for their payment."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.promotion(catalog, world.northwind)
    for number in range(30):
        said = {"another_data": "myshare=NRTHWND22"} if number % 2 else {}
        things.deal(catalog, f"D{number}", "Created" if number % 3 == 0 else "Paid", **said)
        at = clock.micros() - number * 12 * HOUR
        _BACK.run(at=at, due=at + 24 * HOUR, deal=f"D{number}")
    return catalog


def pay_out(world) -> None:
    """Pay all that can be paid, or take the last payout back."""
    lines = [(line.promoter_id, line.currency, line.amount) for line in payouts.preview(world.acme.id)]
    try:
        run, _ = payouts.run(world.acme.id, lines)
    except Refused:
        return
    if len(lines) % 2:
        payouts.take_back(world.acme.id, run.payouts.get().uuid, "It came back.")


def change(world, catalog, number: int, random: Random) -> None:
    """Anything that can happen to deals of some days, or to what is due."""
    deal_id, what = f"D{random.randrange(30)}", random.randrange(6)
    if what == 0:
        things.deal(catalog, f"N{number}", "Paid", another_data="myshare=NRTHWND22")
    elif what == 1:
        pay_out(world)
    elif what == 2:
        deal_moves.settle_due(most=3)
    else:
        with transaction():
            deal = deal_moves.locked(world.acme.id, deal_id)
            try:
                if what == 3:
                    deal_moves.change_cost(deal, random.randrange(1, 9) * 1000)
                else:
                    deal_moves.move(deal, "Canceled" if what == 4 else "Paid", returned=False)
            except Refused:
                pass


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_the_deals_sum_up_to(world, shop, seed):
    random = Random(seed)
    summed_anew(world)
    for number in range(25):
        change(world, shop, number, random)
        if random.random() < 0.3:
            log.give_positions()
        assert (found := shown(world)) == summed_anew(world), number
        assert found[0].deals[-1] or not number


def test_a_day_that_nobody_touched_is_not_summed_again(world, shop, monkeypatch):
    summed, of = [], sold_days._summed
    monkeypatch.setattr(sold_days, "_summed", lambda *given: summed.append(len(given[1])) or of(*given))
    log.give_positions()
    summed_anew(world), shown(world)
    with transaction():
        deal_moves.cancel(deal_moves.locked(world.acme.id, "D5"), returned=False)
    assert shown(world)[0].statuses["Canceled"] == 1
    log.give_positions()
    shown(world), shown(world)
    assert summed == [14, 1, 1]  # Once more when its event has got its position.


def test_where_much_has_changed_all_is_summed_anew(world, shop, monkeypatch):
    log.give_positions()
    summed_anew(world)
    monkeypatch.setattr(remembered, "MOST_CHANGES", 2)
    for deal_id in ("D1", "D3", "D5"):
        with transaction():
            deal_moves.move(deal_moves.locked(world.acme.id, deal_id), "Canceled", False)
    assert remembered._changes(world.acme.id, 0, 0) is None
    assert (found := shown(world)) == summed_anew(world) and found[0].statuses["Canceled"] == 3


def test_a_change_that_is_committed_while_days_are_summed_is_seen_by_the_next(world, shop):
    """Its event has an older id than those that were committed before it, but a later position."""
    changed, summed = threading.Event(), threading.Event()

    def cancel():
        with transaction():
            deal_moves.cancel(deal_moves.locked(world.acme.id, "D5"), returned=False)
            changed.set()
            summed.wait(PATIENCE_SECONDS)
        drop_connection()

    canceling = threading.Thread(target=cancel)
    canceling.start()
    assert changed.wait(PATIENCE_SECONDS)
    before = shown(world)[0]
    summed.set()
    canceling.join()
    log.give_positions()
    assert (before.statuses["Canceled"], shown(world)[0].statuses["Canceled"]) == (0, 1)


def test_a_change_that_gets_its_position_while_days_are_summed_is_seen_by_the_next(world, shop, monkeypatch):
    """What is kept is kept under the position from before the sums."""
    period, summed = periods.last(7, "UTC"), sold_days._summed

    def summed_just_before_a_change(*given):
        found = list(summed(*given))
        with transaction():
            deal_moves.cancel(deal_moves.locked(world.acme.id, "D5"), returned=False)
        log.give_positions()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(sold_days, "_summed", summed_just_before_a_change)
        before = figures.of_merchant(world.acme.id, period).statuses["Canceled"]
    assert (before, figures.of_merchant(world.acme.id, period).statuses["Canceled"]) == (0, 1)


def test_an_event_that_gets_its_position_while_changes_are_read_is_among_them(world, shop, monkeypatch):
    """Whoever has reported a deal sees it in the figures from then on."""
    log.give_positions()
    summed_anew(world)
    with transaction():
        deal_moves.cancel(deal_moves.locked(world.acme.id, "D5"), returned=False)
    rows = Statement.rows

    def rows_while_the_worker_works(statement, *given, **named):
        found = rows(statement, *given, **named)
        if statement in (remembered._PLACED, remembered._UNPLACED):
            log.give_positions()
        return found

    monkeypatch.setattr(Statement, "rows", rows_while_the_worker_works)
    assert figures.of_merchant(world.acme.id, periods.last(7, "UTC")).statuses["Canceled"] == 1


def test_after_events_have_aged_away_all_is_summed_anew(world, shop):
    """A process that nobody asked for longer than events are kept."""
    log.give_positions(), chain.close()
    summed_anew(world)
    with transaction():
        deal_moves.cancel(deal_moves.locked(world.acme.id, "D5"), returned=False)
    log.give_positions()
    for days in (1, 32):
        with clock.acting(days * 86_400):
            assert chain.close() or (ageing.drop_old(30) and ageing.drop_old(30))
    assert shown(world)[0].statuses["Canceled"] == 1


def test_totals_above_the_list_are_those_of_its_deals(world, shop):
    things.deal(shop, "D2", "Canceled")
    period = periods.last(30, "Asia/Kathmandu")
    chosen = Filter(since=clock.from_micros(period.since), until=clock.from_micros(period.until))
    of_days = deal_lists.totals(world.acme.id, chosen, "Asia/Kathmandu")
    summed = deal_lists.totals(world.acme.id, replace(chosen, currency="USD"), "Asia/Kathmandu")
    deals = Deal.select().where(Deal.status != "Canceled")
    assert of_days[:2] == summed[:2] == (30, 1)
    for (found,) in (of_days.sums, summed.sums):
        assert (found.currency, found.cost, found.reward) == (
            "USD", sum(deal.cost for deal in deals), sum(deal.payment_sum for deal in deals),
        )  # fmt: skip


def test_another_merchants_days_are_its_own(world, shop):
    period = periods.last(7, "UTC")
    assert sum(day.deals for day in sold_days.days(world.acme.id, period.stretches)) > 10
    assert sum(day.deals for day in sold_days.days(world.rival.id, period.stretches)) == 0


def test_clicks_of_days_that_are_over_are_counted_again_after_ten_minutes(world, shop, monkeypatch):
    promotion, landing = Promotion.get(), things.landing(shop)

    def follow(key, hours):
        Click.create(key=key * 22, promotion=promotion, landing=landing, at=clock.micros() - hours * HOUR)

    follow("a", 0), follow("b", 50), follow("c", 24 * 8)
    first = shown(world)[0]
    assert (sum(first.clicks), first.clicks_before) == (2, 1)
    follow("d", 0), follow("e", 50)
    second = shown(world)[0]
    assert (second.clicks[-1], sum(second.clicks)) == (first.clicks[-1] + 1, 3)
    later = clock.wall_micros() + 601 * 1_000_000
    monkeypatch.setattr(clock, "wall_micros", lambda: later)
    assert sum(shown(world)[0].clicks) == 4
