"""Many clients at one card: no more is taken than is there, a round is finished once, and what is undone is undone once."""

from collections import Counter

import pytest

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardEntry, CardOperation
from portal.domain.cards.templates.tables import RewardTier
from portal.domain.identifiers import new_uuid
from tests.races.control import is_lost
from tests.support import loyalty

pytestmark = pytest.mark.races
CLIENTS, CROWD = 8, 16


def card_of(merchant, *template, **given) -> Card:
    """A card of the merchant's, of a template of its own."""
    with merchant.server.connected():
        return loyalty.card(merchant.partner, *template, **given)


def put_on(merchant, card: Card, verb: str, quantity: int) -> int:
    """Book it, and tell the operation's id."""
    with merchant.server.connected():
        return booking.book(merchant.partner.id, card.serial, Asked(verb, quantity)).id


def asked_at_once(merchant, card: Card, verb: str, body: dict) -> Counter:
    """Eight clients ask for the same; how often each status was answered."""
    answers = merchant.at_once([("POST", f"/v2/cards/{card.serial}/{verb}", body)] * CLIENTS)
    return Counter(answer.status_code for answer in answers)


def on(merchant, card: Card) -> dict[str, int]:
    """What is on it, and what its entries come to, which is the same."""
    with merchant.server.connected():
        now = Card.get_by_id(card.id)
        counts = {name: getattr(now, name) for name in ("uses", "rewards", "balance", "bonus") if getattr(now, name)}
        for name, count in counts.items():
            entries = CardEntry.select().where(CardEntry.card == card, CardEntry.field == name)
            assert sum(entry.amount for entry in entries) == count
    return counts


@pytest.mark.parametrize("there", [1, 5])
def test_eight_clients_take_no_more_than_is_there(merchant, there):
    card = card_of(merchant, 5)
    put_on(merchant, card, "add-point", 10 * there)
    assert asked_at_once(merchant, card, "subtract-point", {"points": 10}) == {200: there, 422: CLIENTS - there}
    assert on(merchant, card) == {}


def test_without_the_guard_more_is_taken_than_is_there(unguarded):
    def play(_):
        card = card_of(unguarded, 5)
        put_on(unguarded, card, "add-point", 10)
        return asked_at_once(unguarded, card, "subtract-point", {"points": 10})[200] > 1

    assert is_lost(play)


def test_at_the_edge_of_a_round_no_stamp_is_lost_and_one_reward_is_earned(merchant):
    card = card_of(merchant)
    put_on(merchant, card, "add-stamp", 9)
    assert asked_at_once(merchant, card, "add-stamp", {"stamps": 1}) == {200: CLIENTS}
    assert on(merchant, card) == {"uses": 7, "rewards": 1}


def test_without_the_guard_stamps_are_lost_at_the_edge_of_a_round(unguarded):
    def play(_):
        card = card_of(unguarded)
        put_on(unguarded, card, "add-stamp", 9)
        asked_at_once(unguarded, card, "add-stamp", {"stamps": 1})
        with unguarded.server.connected():
            now = Card.get_by_id(card.id)
            return now.uses + 10 * now.rewards < 9 + CLIENTS

    assert is_lost(play)


def test_of_all_who_undo_an_operation_one_does(merchant, crowd):
    for _ in range(3):
        card = card_of(merchant, 7)
        operation = put_on(merchant, card, "add-scores", 10)
        put_on(merchant, card, "add-scores", 500)
        assert crowd.all("undo_operation", merchant.partner.id, operation).count(True) == 1
        assert on(merchant, card) == {"bonus": 500}


def test_without_the_guard_an_operation_is_undone_several_times(unguarded, unguarded_crowd):
    def play(_):
        card = card_of(unguarded, 7)
        operation = put_on(unguarded, card, "add-scores", 10)
        return unguarded_crowd.all("undo_operation", unguarded.partner.id, operation).count(True) > 1

    assert is_lost(play)


def test_a_request_that_comes_from_everywhere_is_booked_once(merchant, crowd):
    card, request = card_of(merchant), new_uuid()
    booked = crowd.all("book_request", merchant.partner.id, card.serial, request)
    assert len(set(booked)) == 1
    with merchant.server.connected():
        assert CardOperation.select().where(CardOperation.request == request).count() == 1
    assert on(merchant, card) == {"uses": 1}


def test_of_all_who_saw_what_an_operation_would_do_one_does_it(merchant, crowd):
    card = card_of(merchant)
    with merchant.server.connected():
        seen = booking.mark(booking.foreseen(merchant.partner.id, card.serial, Asked("add-stamp", 1)))
    assert crowd.all("book_seen", merchant.partner.id, card.serial, seen).count(True) == 1
    assert on(merchant, card) == {"uses": 1}


def test_a_reward_is_received_as_often_as_it_may_be_whoever_has_the_points(merchant, crowd):
    with merchant.server.connected():
        template = loyalty.template(merchant.partner, 7)
        RewardTier.create(template=template, name="Coffee", kind=0, value=0, threshold=1, usage_limit=3)
        serials = []
        for name in range(CROWD):
            member = loyalty.customer(merchant.partner, f"Customer {name}")
            serials.append(loyalty.cards.issue(merchant.partner.id, member.id, template.id).serial)
            booking.book(merchant.partner.id, serials[-1], Asked("add-scores", CROWD))
    assert crowd.all("receive_reward", merchant.partner.id, serials).count(True) == 3
