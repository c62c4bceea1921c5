"""Every operation changes what its type counts, to the unit, and what cannot be borne is refused whole."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain.accounts.locations import locations
from portal.domain.cards import codes
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.verbs import NAMES, VERBS
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.identifiers import new_uuid
from portal.domain.totals import totals
from tests.domain.cards.conftest import TEMPLATES

# The matrix of the contract: what each operation is allowed on.
MATRIX = {
    "add-transaction-amount": {"cashback"},
    "subtract-transaction-amount": {"cashback"},
    "add-point": {"cashback", "gift", "discount"},
    "subtract-point": {"cashback", "gift", "discount"},
    "add-reward": {"stamps", "stamp visits", "stamp spend"},
    "subtract-reward": {"stamps", "stamp visits", "stamp spend"},
    "add-scores": {"points", "multipass"},
    "subtract-scores": {"points", "point visits", "point spend", "multipass"},
    "add-stamp": {"stamps", "stamp visits", "stamp spend"},
    "subtract-stamp": {"stamps", "stamp visits", "stamp spend"},
    "add-visit": {"multipass", "no limits", "stamp visits", "point visits"},
    "subtract-visit": {"multipass", "limits"},
    "add-purchase": {"stamp spend", "point spend"},
    "subtract-purchase": {"stamp spend", "point spend"},
    "add-amount": {"cashback", "stamp spend", "point spend"},
    "subtract-amount": {"cashback", "stamp spend", "point spend"},
    "receive-reward": {"points", "point visits", "point spend"},
    "redeem-coupon": {"coupon"},
}


def test_the_matrix_names_every_operation():
    assert set(MATRIX) == set(NAMES)


@pytest.mark.parametrize("word", TEMPLATES)
def test_a_card_takes_the_operations_of_its_type_and_no_others(shop, word):
    card = shop.card(word, uses=0)
    for verb, words in MATRIX.items():
        before = shop.written()
        try:
            shop.book(card, verb, 1)
        except Refused as error:
            assert (error.code is codes.WRONG_CARD_TYPE) == (word not in words), (verb, error.sentence)
            assert shop.written() == before
        else:
            assert word in words, verb
    assert {verb.name for verb in booking.allowed(card)} == {name for name in VERBS if word in MATRIX[name]}


@pytest.mark.parametrize(
    "word, asked, on",
    [
        ("stamps", [("add-stamp", 3)], {"uses": 3}),
        ("stamps", [("add-stamp", 9), ("add-stamp", 3)], {"uses": 2, "rewards": 1}),
        ("stamps", [("add-stamp", 10)], {"rewards": 1}),
        ("stamps", [("add-stamp", 35)], {"uses": 5, "rewards": 3}),
        ("stamps", [("add-stamp", 5), ("subtract-stamp", 5)], {}),
        ("stamps", [("add-reward", 2), ("subtract-reward", 1)], {"rewards": 1}),
        ("stamp visits", [("add-visit", 2)], {"uses": 2, "visits": 2}),
        ("stamp spend", [("add-purchase", "27.50")], {"uses": 2, "rest": 750}),
        ("stamp spend", [("add-purchase", "7.50"), ("add-purchase", "7.50")], {"uses": 1, "rest": 500}),
        ("stamp spend", [("add-purchase", "107.50")], {"rewards": 1, "rest": 750}),
        ("stamp spend", [("add-purchase", "27.50"), ("subtract-amount", "8.00")], {"uses": 1, "rest": 950}),
        ("stamp spend", [("add-amount", "27.50"), ("subtract-purchase", "27.50")], {}),
        ("cashback", [("add-transaction-amount", "267.39")], {"bonus": 2674, "spent": 26739}),
        ("cashback", [("add-amount", "100"), ("subtract-amount", "40")], {"bonus": 600, "spent": 6000}),
        ("cashback", [("add-transaction-amount", "0.05")], {"spent": 5}),
        ("cashback", [("add-point", "267.39"), ("add-point", "0.89")], {"bonus": 26828}),
        ("gift", [("add-point", "50"), ("subtract-point", "12.34")], {"balance": 3766}),
        ("discount", [("add-point", "1.25")], {"bonus": 125}),
        ("multipass", [("add-visit", 10), ("subtract-visit", 3)], {"balance": 7, "visits": 3}),
        ("multipass", [("add-scores", 5), ("subtract-scores", 2)], {"bonus": 3}),
        ("no limits", [("add-visit", 4)], {"visits": 4}),
        ("points", [("add-scores", 30), ("subtract-scores", 5)], {"bonus": 25}),
        ("point visits", [("add-visit", 2)], {"bonus": 10, "visits": 2}),
        ("point spend", [("add-purchase", "27.50")], {"bonus": 6, "rest": 750}),
        ("point spend", [("add-purchase", "27.50"), ("subtract-purchase", "17.50")], {"bonus": 3}),
        ("coupon", [("redeem-coupon", None)], {"coupon": 1}),
    ],
)
def test_what_is_counted(shop, word, asked, on):
    card = shop.card(word)
    for verb, quantity in asked:
        shop.book(card, verb, quantity)
    assert shop.on(card) == on


@pytest.mark.parametrize(
    "word, asked, said",
    [
        ("stamps", [("add-stamp", 3), ("subtract-stamp", 5)], "The card has 3 stamps, less than the 5 stamps asked for."),
        ("stamps", [("add-stamp", 12), ("subtract-stamp", 3)], "The card has 2 stamps, less than the 3 stamps asked for."),
        ("stamps", [("subtract-reward", 1)], "The card has 0 rewards, less than the 1 reward asked for."),
        ("cashback", [("add-point", "1"), ("subtract-point", "1.01")], "The card has 1.00 EUR, less than the 1.01 EUR asked for."),
        ("cashback", [("add-amount", "100"), ("subtract-amount", "101")], "The card has 10.00 EUR, less than the 10.10 EUR"),
        ("gift", [("subtract-point", "5")], "The card has 0.00 EUR, less than the 5.00 EUR asked for."),
        ("discount", [("add-point", "1"), ("subtract-point", "2")], "The card has 1.00 points, less than the 2.00 points"),
        ("stamp spend", [("add-amount", "15"), ("subtract-amount", "20")], "The card has 1 stamp, less than the 2 stamps"),
        ("limits", [("subtract-visit", 1)], "The card has 0 visits, less than the 1 visit"),
        ("points", [("receive-reward", None)], "There is no reward to receive."),
        ("coupon", [("redeem-coupon", None), ("redeem-coupon", None)], "This coupon was redeemed."),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_taken(shop, word, asked, said):
    card = shop.card(word)
    for verb, quantity in asked[:-1]:
        shop.book(card, verb, quantity)
    before, there = shop.written(), shop.on(card)
    with pytest.raises(Refused) as refusal:
        shop.book(card, *asked[-1])
    assert refusal.value.sentence.startswith(said)
    assert (shop.written(), shop.on(card)) == (before, there)
    assert [step["outcome"] for step in refusal.value.steps] == ["passed"] * 5 + ["failed"]


def test_a_membership_without_a_level_is_to_get_one(shop):
    with pytest.raises(Refused) as refusal:
        shop.book(shop.card("limits"), "subtract-visit", 1)
    assert refusal.value.steps[-1]["fix"] == "Set the level of the card first."


@pytest.mark.parametrize("verb, field", [("add-stamp", "stamps"), ("add-point", "points"), ("add-amount", "amount")])
@pytest.mark.parametrize("quantity", [None, 0, -1, 1_000_001, "0.001", "NaN", "1e30", "-0.5"])
def test_no_card_takes_a_quantity_that_is_none(shop, verb, field, quantity):
    card = shop.card("cashback" if verb != "add-stamp" else "stamps")
    with pytest.raises(Invalid) as refusal:
        shop.book(card, verb, quantity)
    assert refusal.value.field == field
    assert shop.written() == (0, 0)


def test_stamps_are_whole(shop):
    with pytest.raises(Invalid):
        shop.book(shop.card("stamps"), "add-stamp", "1.5")
    with pytest.raises(Invalid):
        shop.book(shop.card("discount"), "add-point", "1.001")


@pytest.mark.parametrize("written", ["{0}", "{1}", " {1} ", "{2}", "１２３"])
def test_a_card_is_found_by_its_number_in_any_notation(shop, written):
    card = shop.card("stamps")
    digits = card.serial.replace("-", "")
    wide = digits.translate({ord(str(n)): chr(ord("０") + n) for n in range(10)})
    number = written.format(card.serial, digits, wide)
    if written == "１２３":
        with pytest.raises(NotFound):
            booking.book(card.partner_id, number, booking.Asked("add-stamp", 1))
    else:
        booking.book(card.partner_id, number, booking.Asked("add-stamp", 1))
        assert shop.on(card) == {"uses": 1}


def test_a_stranger_finds_no_card(shop):
    card = shop.card("stamps")
    with pytest.raises(NotFound):
        booking.book(shop.world.rival.id, card.serial, booking.Asked("add-stamp", 1))
    assert shop.on(card) == {}


def test_a_deleted_or_expired_card_takes_nothing(shop):
    deleted, expired = shop.card("stamps"), shop.card("stamps", expires_at=clock.now())
    shop.delete(deleted)
    for card, code in ((deleted, codes.CARD_DELETED), (expired, codes.CARD_EXPIRED)):
        with pytest.raises(Refused) as refusal:
            shop.book(card, "add-stamp", 1)
        assert refusal.value.code is code
        assert booking.allowed(Card.get_by_id(card.id)) == []
    assert shop.written() == (0, 0)


def test_a_request_is_booked_once_for_ever(shop):
    card, other, request = shop.card("stamps"), shop.card("stamps"), new_uuid()
    first = shop.book(card, "add-stamp", 2, request=request)
    assert shop.book(card, "add-stamp", 2, request=request.upper()) == first
    assert shop.book(other, "add-stamp", 2, request=request) == first
    assert (shop.on(card), shop.on(other), shop.written()) == ({"uses": 2}, {}, (1, 1))


def test_an_operation_tells_what_it_changed_by_whom_and_is_counted(shop):
    card = shop.card("stamps")
    shop.book(card, "add-stamp", 9)
    booked = shop.book(card, "add-stamp", 3, comment=" two for one ", purchase_sum=Decimal("12.50"), source="counter")
    assert (booked.event, booked.field, booked.amount, booked.balance) == (1, "uses", 3, 2)
    assert (booked.comment, booked.purchase_sum, booked.source) == ("two for one", 1250, "counter")
    assert shop.entries(booked) == {"uses": -7, "rewards": 1}
    assert totals.of(card.partner_id, "operations") == 2
    told = list(Event.select().where(Event.thing == "card").order_by(Event.id))
    assert [(event.type, event.thing_id, event.data) for event in told][-1] == (
        "card.credited", card.serial, {"operation": booked.id},
    )  # fmt: skip


def test_what_an_operation_would_do_is_told_and_nothing_is_written(shop):
    card = shop.card("stamps")
    shop.book(card, "add-stamp", 9)
    told = booking.foreseen(card.partner_id, card.serial, booking.Asked("add-stamp", 3))
    assert [(change.field, change.before, change.after, change.said_after) for change in told] == [
        ("uses", 9, 2, "2 stamps"), ("rewards", 0, 1, "1 reward"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        booking.foreseen(card.partner_id, card.serial, booking.Asked("subtract-stamp", 10))
    assert (shop.on(card), shop.written()) == ({"uses": 9}, (1, 1))


def test_a_reward_is_received_for_its_threshold_and_the_only_one_in_reach_needs_no_name(shop):
    template = shop.template("points")
    coffee, cake = shop.tier(template, 10), shop.tier(template, 25, name="Cake", usage_limit=1)
    card = shop.card(template)
    shop.book(card, "add-scores", 50)
    with pytest.raises(Refused, match="Several rewards are in reach: Coffee, Cake"):
        shop.book(card, "receive-reward")
    booked = shop.book(card, "receive-reward", tier_id=cake.id)
    assert (booked.amount, booked.balance, booked.reward_tier_id) == (-25, 25, cake.id)
    with pytest.raises(Refused, match="as often as it may be"):
        shop.book(card, "receive-reward", tier_id=cake.id)
    assert shop.book(card, "receive-reward").reward_tier_id == coffee.id
    with pytest.raises(NotFound):
        shop.book(card, "receive-reward", tier_id=cake.id + 100)
    card = Card.get_by_id(card.id)
    assert (card.bonus, card.rewards_redeemed, card.last_redeemed_at is not None) == (15, 2, True)
    assert (type(cake).get_by_id(cake.id).used, type(cake).get_by_id(coffee.id).used) == (1, 1)


def test_nothing_is_booked_at_a_location_that_is_closed_or_a_strangers(shop):
    card, place = shop.card("stamps"), locations.open_(shop.world.acme.id, "Main street")
    strange = locations.open_(shop.world.rival.id, "Side street")
    asked = {"location_id": place.id, "request": new_uuid()}
    first = shop.book(card, "add-stamp", 1, **asked)
    locations.close(place)
    assert shop.book(card, "add-stamp", 1, **asked) == first
    with pytest.raises(Invalid, match="Choose a location that is open") as raised:
        shop.book(card, "add-stamp", 1, location_id=place.id)
    assert raised.value.field == "location"
    with pytest.raises(NotFound):
        shop.book(card, "add-stamp", 1, location_id=strange.id)
    assert shop.on(card) == {"uses": 1}
