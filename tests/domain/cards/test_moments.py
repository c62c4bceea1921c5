"""Lots end once and are used oldest first, periods of memberships keep their day, and the moment decides whoever comes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.moments import membership, settling
from portal.domain.cards.moments.membership_periods import last_before, next_after, nth
from portal.domain.cards.operations import booking, carrying, crediting, events, moving
from portal.domain.cards.operations.tables import CardLot, CardOperation
from portal.domain.cards.templates.tables import MembershipTier
from portal.domain.errors import Refused
from portal.domain.members import merging

DAY = 86_400


@pytest.fixture
def sleep(monkeypatch):
    """Let time pass."""
    wall = [clock.wall_micros()]
    monkeypatch.setattr(clock, "wall_micros", lambda: wall[0])

    def sleep(days: float) -> None:
        wall[0] += int(days * DAY * 1_000_000)

    return sleep


def lots(card) -> list[int]:
    return [lot.remaining for lot in CardLot.select().where(CardLot.card == card).order_by(CardLot.id)]


def told(card) -> list[tuple]:
    operations = CardOperation.select().where(CardOperation.card == card).order_by(CardOperation.id)
    return [(operation.event, operation.amount, operation.balance) for operation in operations]


def test_lots_are_used_oldest_first_and_end_once(shop, sleep):
    card = shop.card(shop.template("gift", lot_days=30))
    shop.book(card, "add-point", "10")
    sleep(10)
    shop.book(card, "add-point", "20")
    shop.book(card, "subtract-point", "4")
    assert lots(card) == [600, 2000]
    sleep(20)
    assert (settling.settle_due(), settling.settle_due()) == (1, 0)
    assert (shop.on(card), lots(card)) == ({"balance": 2000}, [0, 2000])
    assert told(card)[-1] == (18, -600, 2000)
    sleep(10)
    with pytest.raises(Refused, match="0.00 EUR"):
        shop.book(card, "subtract-point", "1")
    assert settling.settle_due() == 1
    assert shop.on(card) == {}
    with pytest.raises(Refused, match="cannot be undone"):
        shop.reverse(CardOperation.select().where(CardOperation.event == 18).get())


def test_whoever_comes_after_the_moment_finds_it_decided(shop, sleep):
    card = shop.card(shop.template("points", lot_days=1))
    shop.book(card, "add-scores", 10)
    sleep(1)
    assert [(one.field, one.before, one.after) for one in
            booking.foreseen(card.partner_id, card.serial, booking.Asked("add-scores", 3))] == [("bonus", 0, 3)]  # fmt: skip
    shop.book(card, "add-scores", 3)
    assert told(card) == [(5, 10, 10), (18, -10, 0), (5, 3, 3)]
    assert lots(card) == [0, 3]


def test_what_is_undone_comes_back_to_its_lots_and_ends_with_them(shop, sleep):
    card = shop.card(shop.template("points", lot_days=10))
    shop.book(card, "add-scores", 10)
    sleep(5)
    second = shop.book(card, "add-scores", 5)
    used = shop.book(card, "subtract-scores", 12)
    assert lots(card) == [0, 3]
    shop.reverse(used)
    assert lots(card) == [10, 5]
    shop.reverse(second)
    assert lots(card) == [10, 0]
    used = shop.book(card, "subtract-scores", 7)
    sleep(5)
    settling.settle_due()
    shop.reverse(used)
    assert shop.on(card) == {}


def test_what_was_there_before_a_template_had_lots_never_ends(shop, sleep):
    template = shop.template("points")
    card = shop.card(template)
    shop.book(card, "add-scores", 10)
    type(template).update(lot_days=1).execute()
    shop.book(card, "add-scores", 5)
    shop.book(card, "subtract-scores", 4)
    type(template).update(lot_days=None).execute()
    shop.book(card, "subtract-scores", 3)
    assert (shop.on(card), lots(card)) == ({"bonus": 8}, [0])
    sleep(2)
    assert settling.settle_due() == 0


def test_what_settles_a_debt_makes_no_lot(shop):
    card = shop.card(shop.template("points", lot_days=10, deal_gives=10))
    deal = shop.credit(card, 1)
    shop.book(card, "subtract-scores", 6)
    crediting.take_back(deal.id, 1, 1)
    shop.book(card, "add-scores", 8)
    assert (shop.on(card), lots(card)) == ({"bonus": 2}, [0, 2])


def test_what_is_given_back_after_its_end_settles_no_debt_and_books_nothing_of_it(shop, sleep):
    card = shop.card(shop.template("points", lot_days=10, deal_gives=10))
    deal = shop.credit(card, 1)
    spent = shop.book(card, "subtract-scores", 6)
    sleep(11)
    crediting.take_back(deal.id, 1, 1)
    shop.reverse(spent)
    booked = CardOperation.select(CardOperation.event).where(CardOperation.card == card).order_by(CardOperation.id)
    assert [one.event for one in booked][-2:] == [events.REVERSED, events.EXPIRED] and shop.on(card) == {"owed": 10}


def test_all_that_is_on_a_card_moves_with_its_lots_and_its_history_stays(shop, sleep):
    template = shop.template("points", lot_days=10, deal_gives=10)
    old, new = shop.card(template), shop.card(template)
    shop.book(old, "add-scores", 100)
    sleep(1)
    deal = shop.credit(old, 1)
    shop.book(old, "subtract-scores", 20)
    shop.book(new, "add-scores", 200)
    carrying.carry(old.id, new.id)
    shop.delete(old)
    Card.update(moved_to=new.id).where(Card.id == old.id).execute()
    assert (shop.on(old), shop.on(new)) == ({}, {"bonus": 290})
    assert (len(told(old)), len(told(new))) == (4, 2)
    assert lots(new) == [200, 80, 10]
    sleep(9)
    settling.settle_due()
    assert lots(new) == [200, 0, 10]
    crediting.take_back(deal.id, 1, 1)
    assert shop.on(new) == {"bonus": 200}
    with pytest.raises(Refused, match=f"moved to {new.serial}"):
        shop.book(old, "add-scores", 1)


def test_stamps_of_two_cards_make_rounds_and_rewards_are_told_of_both(shop):
    template = shop.template("stamps", deal_gives=4)
    old, new = shop.card(template), shop.card(template)
    shop.book(old, "add-stamp", 28)
    shop.book(old, "subtract-reward", 1)
    owing = shop.credit(new, 1)
    shop.book(new, "subtract-stamp", 4)
    crediting.take_back(owing.id, 1, 1)
    assert shop.on(new) == {"owed": 4}
    carrying.carry(old.id, new.id)
    new = Card.get_by_id(new.id)
    assert (new.uses, new.rewards, new.owed, new.rewards_earned, new.rewards_redeemed) == (4, 1, 0, 2, 1)


def test_a_card_with_nothing_on_it_tells_its_successors_what_was_received(shop):
    template = shop.template("points")
    shop.tier(template, 10)
    card = shop.card(template)
    for _ in range(2):
        shop.book(card, "add-scores", 10)
        shop.book(card, "receive-reward")
        card = moving.move(moving.move(card, source="portal"), source="portal")
    assert (shop.on(card), Card.get_by_id(card.id).rewards_redeemed, verify.faults()) == ({}, 2, [])
    for told in (1, 2):
        Card.update(rewards_redeemed=told).where(Card.id == card.id).execute()
        assert any("rewards that were received, but 2 were" in fault for fault in verify.faults()) == (told != 2)


def test_a_card_that_is_taken_over_begins_with_one_operation(shop):
    card = shop.card("stamps")
    opened = carrying.open_with(card.id, {"uses": 23, "rewards": 1}, source="portal")
    assert (opened.event, opened.amount, shop.entries(opened)) == (26, 23, {"uses": 3, "rewards": 3})
    assert carrying.open_with(card.id, {"uses": 0}, source="portal") is None
    shop.reverse(opened)
    assert shop.on(card) == {}


def moment(*day: int) -> int:
    return clock.to_micros(datetime(*day, tzinfo=UTC))


def test_periods_keep_the_day_of_the_first(shop):
    since = moment(2026, 1, 31, 10)
    begins = [clock.from_micros(nth(since, "month", number, "UTC")) for number in range(14)]
    assert [(one.month, one.day) for one in begins[:5]] == [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31)]
    assert begins[13] == datetime(2027, 2, 28, 10, tzinfo=UTC)
    assert clock.from_micros(nth(moment(2028, 2, 29), "year", 1, "UTC")) == datetime(2029, 2, 28, tzinfo=UTC)
    for period in ("day", "week", "month", "year"):
        edges = [nth(since, period, number, "Europe/Berlin") for number in range(40)]
        for begin, end in pairwise(edges):
            assert next_after(since, period, begin, "Europe/Berlin") == end
            assert next_after(since, period, end - 1, "Europe/Berlin") == end
            assert last_before(since, period, begin, "Europe/Berlin") == begin
            assert last_before(since, period, end - 1, "Europe/Berlin") == begin


def test_a_period_keeps_its_hour_on_the_partners_clock(shop):
    since = clock.to_micros(datetime(2026, 3, 1, 8, tzinfo=UTC))  # nine in Berlin
    assert clock.from_micros(nth(since, "month", 1, "Europe/Berlin")).hour == 7


def test_at_each_period_the_visits_are_set_anew(shop, sleep):
    Partner.update(time_zone="UTC").execute()
    template = shop.template("limits")
    tier = MembershipTier.create(template=template, name="Gold", visits=8)
    card = shop.card(template)
    began, week = clock.now(), timedelta(days=7)
    Card.update(
        membership_tier=tier, tier_period="week", tier_since=began, tier_next_at=began + week, due_at=began + week
    ).where(Card.id == card.id).execute()
    sleep(6.9)
    assert settling.settle_due() == 0
    sleep(0.2)
    shop.book(card, "subtract-visit", 3)
    sleep(14)  # two periods have passed, and one of them nobody saw
    shop.book(card, "subtract-visit", 2)
    assert told(card) == [(19, 8, 8), (8, -3, 5), (19, 3, 8), (8, -2, 6)]
    assert shop.on(card) == {"balance": 6, "visits": 5}
    latest = CardOperation.select().where(CardOperation.event == 19).order_by(CardOperation.id.desc()).get()
    assert latest.created_at == began + 3 * week
    card = Card.get_by_id(card.id)
    assert card.tier_next_at == card.due_at == began + 4 * week


def test_of_a_deleted_card_nothing_ends(shop, sleep):
    card = shop.card(shop.template("points", lot_days=1))
    shop.book(card, "add-scores", 10)
    shop.delete(card)
    sleep(2)
    assert settling.settle_due() == 0
    assert shop.on(card) == {"bonus": 10}


@pytest.mark.parametrize("who", ["kept", "gone", "both"])
def test_the_periods_of_a_membership_go_on_for_two_who_become_one_whoever_had_the_level(shop, sleep, who):
    template = shop.template("limits")
    tier = MembershipTier.create(template=template, name="Gold", visits=8)
    kept, gone = shop.card(template), shop.card(template)
    for card in {"kept": [kept], "gone": [gone], "both": [kept, gone]}[who]:
        membership.set_tier(card.partner_id, card.serial, tier.id, "week", "api")
    merging.merge(gone.member, kept.member)
    shop.book(kept, "subtract-visit", 1)
    assert verify.faults() == []
    sleep(7)
    assert settling.settle_due() == 1
    assert shop.on(kept) == {"balance": 8, "visits": 1}
