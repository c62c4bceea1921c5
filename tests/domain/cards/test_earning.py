"""Rules of earning and referral: what is refused says so, and who brought a friend is rewarded once."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards import codes
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import moving
from portal.domain.errors import Invalid, Refused
from portal.domain.members import merging


def refused(shop, card, *asked, **more) -> str:
    before = shop.written()
    with pytest.raises(Refused) as refusal:
        shop.book(card, *asked, **more)
    assert refusal.value.code is codes.NOT_EARNED
    assert [step["outcome"] for step in refusal.value.steps] == ["passed"] * 4 + ["failed", "not reached"]
    assert shop.written() == before
    return refusal.value.sentence


def test_a_purchase_below_the_least_earns_nothing(shop):
    card = shop.card(shop.template("cashback", least_purchase=1000))
    assert refused(shop, card, "add-amount", "9.99") == "A purchase below 10.00 EUR earns nothing."
    refused(shop, card, "add-point", "1", purchase_sum=Decimal("9.99"))
    shop.book(card, "add-amount", "10")
    shop.book(card, "add-point", "1")
    shop.book(card, "subtract-point", "1", purchase_sum=Decimal("5"))
    assert shop.on(card) == {"bonus": 100, "spent": 1000}


def test_no_more_is_earned_at_once_than_the_template_gives(shop):
    card = shop.card(shop.template("stamp spend", most_at_once=3))
    assert refused(shop, card, "add-stamp", 4) == "At most 3 stamps are earned at once; this would be 4 stamps."
    refused(shop, card, "add-amount", "40")
    shop.book(card, "add-stamp", 3)
    shop.book(card, "add-amount", "39.99")
    shop.book(card, "add-reward", 5)
    assert shop.on(card) == {"uses": 6, "rest": 999, "rewards": 5}


def test_a_card_earns_so_often_on_a_day_of_the_partners(shop, monkeypatch):
    Partner.update(time_zone="Pacific/Auckland").execute()
    card = shop.card(shop.template("stamps", most_a_day=2, deal_gives=1))
    wall = [
        1_790_000_000_000_000 // 86_400_000_000 * 86_400_000_000 + 11 * 3_600_000_000
    ]  # an hour before midnight there
    monkeypatch.setattr(clock, "wall_micros", lambda: wall[0])
    shop.credit(card, 100)
    first = shop.book(card, "add-stamp", 1)
    shop.book(card, "add-stamp", 1)
    assert "2 times a day" in refused(shop, card, "add-stamp", 1)
    shop.book(card, "subtract-stamp", 1)
    shop.reverse(first)
    shop.book(card, "add-stamp", 1)
    refused(shop, card, "add-stamp", 1)
    wall[0] += 3_600_000_000
    shop.book(card, "add-stamp", 1)


def test_what_was_paid_with_points_earns_nothing_where_the_template_says_so(shop):
    card = shop.card(shop.template("cashback", earns_on_points=False))
    shop.book(card, "add-amount", "100", purchase_sum=Decimal("80"))
    shop.book(card, "add-amount", "10")
    assert shop.on(card) == {"bonus": 900, "spent": 9000}
    refused(shop, card, "add-amount", "10", purchase_sum=Decimal(0))
    other = shop.card("cashback")
    shop.book(other, "add-amount", "100", purchase_sum=Decimal("80"))
    assert shop.on(other) == {"bonus": 1000, "spent": 10000}


@pytest.mark.parametrize("paid", ["-1", "0.001", "1e30", "NaN"])
def test_a_purchase_sum_is_money(shop, paid):
    with pytest.raises(Invalid) as refusal:
        shop.book(shop.card("stamps"), "add-stamp", 1, purchase_sum=Decimal(paid))
    assert refusal.value.field == "purchaseSum"


def test_who_brought_a_friend_is_rewarded_once_and_so_is_the_friend(shop):
    template = shop.template("stamps", referrer_gets=12, friend_gets=2, deal_gives=1)
    referrer = shop.card(template)
    friend = shop.card(template, referred_by=referrer)
    shop.credit(friend, 100)
    assert shop.on(referrer) == {}
    first = shop.book(friend, "add-stamp", 1)
    shop.book(friend, "add-stamp", 1)
    assert (shop.on(friend), shop.on(referrer)) == ({"uses": 5}, {"uses": 2, "rewards": 1})
    shop.reverse(first)
    assert shop.on(referrer) == {"uses": 2, "rewards": 1}
    shop.book(friend, "add-stamp", 1)
    assert shop.on(referrer) == {"uses": 2, "rewards": 1}
    assert Card.get_by_id(referrer.id).stamps_by_referral == 12


@pytest.mark.parametrize("is_moved", [False, True])
@pytest.mark.parametrize("who_stays", ["referrer", "friend"])
def test_who_turns_out_to_be_one_with_the_friend_brought_nobody(shop, who_stays, is_moved):
    template = shop.template("points", referrer_gets=12, friend_gets=2)
    referrer = shop.card(template)
    friend = shop.card(template, referred_by=referrer)
    referrer = moving.move(referrer, source="portal") if is_moved else referrer
    gone, kept = (friend, referrer) if who_stays == "referrer" else (referrer, friend)
    merging.merge(gone.member, kept.member)
    shop.book(kept, "add-scores", 1)
    assert shop.on(kept) == {"bonus": 1}


def test_a_referrer_without_a_card_gets_nothing_and_the_friend_does(shop):
    template = shop.template("points", referrer_gets=12, friend_gets=2)
    referrer = shop.card(template)
    friend = shop.card(template, referred_by=referrer)
    shop.delete(referrer)
    shop.book(friend, "add-scores", 1)
    assert (shop.on(friend), shop.on(referrer)) == ({"bonus": 3}, {})
