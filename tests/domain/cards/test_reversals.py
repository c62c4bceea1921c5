"""What was booked is undone once, whole and exactly; what a deal gave is taken back by the rule of its day."""

import pytest

from portal.domain.cards import codes
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import crediting, reversing
from portal.domain.cards.templates.tables import CardTemplate, RewardTier
from portal.domain.errors import NotFound, Refused
from portal.domain.identifiers import new_uuid


@pytest.mark.parametrize(
    "word, before, asked",
    [
        ("stamps", [("add-stamp", 9)], ("add-stamp", 3)),
        ("stamps", [("add-stamp", 9)], ("subtract-stamp", 3)),
        ("stamps", [("add-reward", 2)], ("subtract-reward", 2)),
        ("stamp visits", [("add-visit", 9)], ("add-visit", 21)),
        ("stamp spend", [("add-amount", "98.50")], ("add-amount", "7.25")),
        ("stamp spend", [("add-amount", "98.50")], ("subtract-amount", "17.25")),
        ("cashback", [("add-amount", "12")], ("add-amount", "33.33")),
        ("cashback", [("add-amount", "50")], ("subtract-amount", "33.33")),
        ("gift", [("add-point", "12")], ("subtract-point", "7.77")),
        ("discount", [], ("add-point", "7.77")),
        ("multipass", [("add-visit", 5)], ("subtract-visit", 2)),
        ("no limits", [], ("add-visit", 2)),
        ("point visits", [], ("add-visit", 3)),
        ("point spend", [("add-amount", "8")], ("add-amount", "33.33")),
        ("point spend", [("add-amount", "48")], ("subtract-amount", "33.33")),
        ("coupon", [], ("redeem-coupon", None)),
    ],
)
def test_what_is_undone_was_not_there(shop, word, before, asked):
    card = shop.card(word)
    for one in before:
        shop.book(card, *one)
    there = Card.get_by_id(card.id)
    undone = shop.book(card, *asked)
    booked = shop.reverse(undone)
    assert {name: -amount for name, amount in shop.entries(undone).items()} == shop.entries(booked)
    assert (booked.amount, booked.reverses_id) == (-undone.amount, undone.id)
    assert Card.get_by_id(card.id).__data__ | {"updated_at": there.updated_at} == there.__data__


def test_an_operation_is_undone_once_and_an_undoing_never(shop):
    card = shop.card("stamps")
    operation = shop.book(card, "add-stamp", 3)
    request = new_uuid()
    undone = shop.reverse(operation, request=request)
    assert shop.reverse(operation, request=request) == undone
    for one in (operation, undone):
        with pytest.raises(Refused):
            shop.reverse(one)
    with pytest.raises(NotFound):
        reversing.reverse(shop.world.rival.id, operation.id, source="api")
    assert (shop.on(card), shop.written()) == ({}, (2, 2))


def test_a_coupon_is_redeemed_once_more_when_that_was_undone_and_never_twice_at_a_time(shop):
    card = shop.card("coupon")
    first = shop.book(card, "redeem-coupon")
    shop.reverse(first)
    assert Card.get_by_id(card.id).coupon_redeemed_at is None
    shop.book(card, "redeem-coupon")
    with pytest.raises(Refused, match="This coupon was redeemed"):
        shop.book(card, "redeem-coupon")
    with pytest.raises(Refused) as refusal:
        shop.reverse(first)
    assert refusal.value.code is codes.ALREADY_REVERSED


def test_a_reward_that_was_handed_out_is_not_taken_back(shop):
    card = shop.card("stamps")
    shop.book(card, "add-stamp", 9)
    full = shop.book(card, "add-stamp", 1)
    shop.book(card, "subtract-reward", 1)
    before = shop.written()
    with pytest.raises(Refused) as refusal:
        shop.reverse(full)
    assert refusal.value.code is codes.NOT_ENOUGH
    assert (shop.on(card), shop.written()) == ({}, before)


def test_an_unused_reward_goes_back_with_the_stamp_that_had_made_it_and_later_stamps_stay(shop):
    card = shop.card("stamps")
    shop.book(card, "add-stamp", 9)
    full = shop.book(card, "add-stamp", 3)
    shop.book(card, "add-stamp", 9)
    assert shop.on(card) == {"uses": 1, "rewards": 2}
    shop.reverse(full)
    card = Card.get_by_id(card.id)
    assert (card.uses, card.rewards, card.rewards_earned) == (8, 1, 1)


def test_a_received_reward_is_given_back_with_its_use(shop):
    template = shop.template("points")
    tier = shop.tier(template, 10, usage_limit=1)
    card = shop.card(template)
    shop.book(card, "add-scores", 10)
    shop.reverse(shop.book(card, "receive-reward"))
    assert (shop.on(card), RewardTier.get_by_id(tier.id).used) == ({"bonus": 10}, 0)
    assert Card.get_by_id(card.id).rewards_redeemed == 0
    shop.book(card, "receive-reward")


def test_nothing_is_undone_on_a_deleted_card(shop):
    card = shop.card("stamps")
    operation = shop.book(card, "add-stamp", 3)
    shop.delete(card)
    with pytest.raises(Refused) as refusal:
        shop.reverse(operation)
    assert refusal.value.code is codes.CARD_DELETED
    assert crediting.take_back(operation.id, 1, 1) is None
    assert shop.on(card) == {"uses": 3}


def test_what_a_canceled_deal_cannot_take_is_owed_and_the_next_credits_settle_it_first(shop):
    card = shop.card(shop.template("points", deal_gives=100))
    deal = shop.credit(card, 5000)
    shop.book(card, "subtract-scores", 80)
    taken = crediting.take_back(deal.id, 5000, 5000)
    assert shop.entries(taken) == {"bonus": -20, "owed": 80}
    assert shop.on(card) == {"owed": 80}
    with pytest.raises(Refused):
        shop.book(card, "subtract-scores", 1)
    part = shop.book(card, "add-scores", 50)
    assert (part.amount, part.balance, shop.entries(part)) == (0, 0, {"owed": -50})
    rest = shop.book(card, "add-scores", 50)
    assert (rest.amount, shop.entries(rest)) == (20, {"bonus": 20, "owed": -30})
    assert shop.on(card) == {"bonus": 20}


def test_what_was_spent_and_is_undone_settles_what_is_owed_for_it(shop):
    card = shop.card(shop.template("points", deal_gives=100))
    deal = shop.credit(card, 5000)
    spent = shop.book(card, "subtract-scores", 80)
    crediting.take_back(deal.id, 1, 1)
    assert shop.entries(shop.reverse(spent)) == {"bonus": 80}
    assert shop.on(card) == {}


def test_a_deal_takes_back_by_the_rule_of_its_day_and_its_share(shop):
    template = shop.template("cashback")
    card = shop.card(template)
    deal = shop.credit(card, 10000)
    CardTemplate.update(percent=2000).where(CardTemplate.id == template.id).execute()
    assert shop.on(card) == {"bonus": 1000, "spent": 10000}
    assert shop.entries(crediting.take_back(deal.id, 4000, 10000)) == {"bonus": -400, "spent": -4000}
    assert crediting.take_back(deal.id, 4000, 10000) is None
    assert shop.entries(crediting.take_back(deal.id, 7333, 10000)) == {"bonus": -333, "spent": -3333}
    assert shop.entries(crediting.take_back(deal.id, 10000, 10000)) == {"bonus": -267, "spent": -2667}
    with pytest.raises(Refused, match="took some of it back"):
        shop.reverse(deal)
    assert shop.on(card) == {}


@pytest.mark.parametrize("word", ["stamp spend", "point spend"])
def test_parts_of_a_purchase_by_spend_take_back_all_of_it_whatever_the_step_is_today(shop, word):
    template = shop.template(word)
    card = shop.card(template)
    shop.book(card, "add-amount", "98.50")
    before = shop.on(card)
    deal = shop.credit(card, 2750)
    CardTemplate.update(step=500).where(CardTemplate.id == template.id).execute()
    for back in (333, 1500, 1501, 2750):
        crediting.take_back(deal.id, back, 2750)
    assert shop.on(card) == before


def test_a_deal_that_was_undone_by_hand_is_not_taken_back_again(shop):
    card = shop.card(shop.template("stamps", deal_gives=2))
    deal = shop.credit(card, 100)
    shop.reverse(deal)
    assert crediting.take_back(deal.id, 100, 100) is None
    assert shop.on(card) == {}


def test_stamps_of_a_canceled_deal_are_taken_of_unused_rewards_too(shop):
    card = shop.card(shop.template("stamps", deal_gives=8))
    first, second = shop.credit(card, 100), shop.credit(card, 100)
    assert shop.on(card) == {"uses": 6, "rewards": 1}
    crediting.take_back(first.id, 100, 100)
    assert shop.on(card) == {"uses": 8}
    shop.book(card, "add-stamp", 2)
    shop.book(card, "subtract-reward", 1)
    crediting.take_back(second.id, 100, 100)
    assert shop.on(card) == {"owed": 8}
    shop.book(card, "add-stamp", 19)
    assert shop.on(card) == {"uses": 1, "rewards": 1}


def test_a_deal_gives_by_what_was_paid_and_nothing_where_it_is_too_small(shop):
    card = shop.card("discount")
    shop.credit(card, 1234)
    assert shop.on(card) == {"bonus": 1234}
    visits = shop.card("stamp visits")
    shop.credit(visits, 1234)
    assert shop.on(visits) == {"uses": 1, "visits": 1}
    assert shop.credit(shop.card("points"), 1234) is None
    small = shop.card(shop.template("cashback", least_purchase=1000))
    with pytest.raises(Refused) as refusal:
        shop.credit(small, 999)
    assert refusal.value.code is codes.NOT_EARNED
