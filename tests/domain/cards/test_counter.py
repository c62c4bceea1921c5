"""The counter's rules: a code of a card ages, an operation is undone for a minute, and a day is summed."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain import sealing
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import attributions, codes, days, offering, undoing
from portal.domain.cards.operations import booking, moving
from portal.domain.cards.operations.booking import Asked
from portal.domain.errors import NotFound, Refused
from portal.domain.identifiers import new_uuid
from tests.support import loyalty


@pytest.fixture
def card(world):
    return loyalty.card(world.acme)


@pytest.fixture
def pass_(monkeypatch):
    """Let seconds pass."""
    begun, passed = clock.wall_micros(), [0]
    monkeypatch.setattr(clock, "wall_micros", lambda: begun + passed[0] * 1_000_000)

    def let(seconds: int) -> None:
        passed[0] += seconds

    return let


@pytest.mark.engine("sqlite")
def test_a_code_is_another_one_each_half_minute_and_opens_the_card_for_about_two_minutes(world, card, pass_):
    first = codes.code_of(card)
    assert 0 < first.seconds <= codes.SECONDS and codes.looks_like_one(first.text)
    pass_(first.seconds - 1)
    assert codes.code_of(card).text == first.text
    pass_(1)
    assert codes.code_of(card).text != first.text
    pass_(90)
    assert codes.card_behind(world.acme.id, first.text) == card
    pass_(31)
    with pytest.raises(codes.Old, match="open the card again"):
        codes.card_behind(world.acme.id, first.text)
    pass_(400 * 86_400)
    with pytest.raises(codes.Old):  # However old it is, it is never called unknown.
        codes.card_behind(world.acme.id, first.text)


@pytest.mark.engine("sqlite")
def test_a_code_that_no_page_has_shown_and_another_partners_are_not_there(world, card):
    text = codes.code_of(card).text
    number, step, signature = text.split(".")
    other = loyalty.card(world.acme)
    forged = (
        f"{codes.still_of(other)}.{step}.{signature}", f"{number}.{int(step, 16) + 1:x}.{signature}",
        f"{number}.{step}.{'A' * 22}", f"{number}.{step}.{signature[:-1]}", f"{number}.{step}", text.replace(".", ""),
        f"{number}.{step}.{sealing.signature('code of a card', card.serial)}",
    )  # fmt: skip
    for wrong in forged:
        with pytest.raises(NotFound):
            codes.card_behind(world.acme.id, wrong)
    with pytest.raises(NotFound):
        codes.card_behind(world.rival.id, text)


@pytest.mark.engine("sqlite")
def test_codes_of_a_lost_card_do_not_open_the_one_that_replaced_it(world, card):
    newer = moving.move(card, source="portal")
    forged = codes.code_of(card).text.replace(codes.still_of(card), codes.still_of(newer))
    with pytest.raises(NotFound):
        codes.card_behind(world.acme.id, forged)


def test_a_reversal_that_is_sent_again_is_the_first_one_and_another_one_is_refused(world, card, pass_):
    manager = world.acme.users["cashier"].id
    done = booking.book(world.acme.id, card.serial, Asked("add-stamp", 3, source="counter", manager_id=manager))
    once = new_uuid()
    first = undoing.undo(world.acme.id, done.id, manager, once)
    pass_(3600)
    assert undoing.undo(world.acme.id, done.id, manager, once) == first
    with pytest.raises(Refused):
        undoing.undo(world.acme.id, done.id, manager, new_uuid())
    assert (first.source, first.manager_id, Card.get_by_id(card.id).uses) == ("counter", manager, 0)


def test_a_day_is_the_partners_own_and_of_its_counters(world, card):
    cashier, manager = (world.acme.users[role].id for role in ("cashier", "manager"))
    for who, count, source in ((cashier, 2, "counter"), (manager, 1, "counter"), (cashier, 4, "api")):
        booking.book(world.acme.id, card.serial, Asked("add-stamp", count, source=source, manager_id=who))
    rival = loyalty.card(world.rival)
    booking.book(world.rival.id, rival.serial, Asked("add-stamp", 9, source="counter", manager_id=cashier))
    of = [(line.times, line.amount) for line in days.of_cashier(world.acme.partner, cashier)]
    assert of == [(1, 2)] and [(line.times, line.amount) for line in days.of_partner(world.acme.partner)] == [(2, 3)]


def test_stamps_are_one_line_of_the_day_whatever_currency_was_paid_in(world, card):
    pounds, gift = loyalty.card(world.acme, currency="GBP"), loyalty.card(world.acme, 5)
    for of, verb, paid in ((card, "add-stamp", "3"), (pounds, "add-stamp", "4"), (pounds, "add-stamp", None)):
        booking.book(world.acme.id, of.serial, Asked(verb, 1, None, paid and Decimal(paid), source="counter"))
    other = loyalty.card(world.acme, 5, currency="GBP")
    for of in (gift, other):
        booking.book(world.acme.id, of.serial, Asked("add-point", Decimal(5), source="counter"))
    told = [(line.label, line.times, line.amount, line.paid) for line in days.of_partner(world.acme.partner)]
    assert told[0] == ("Stamps added", 3, 3, {"EUR": 300, "GBP": 400})
    assert [(times, amount) for _, times, amount, _ in told[1:]] == [(1, 500), (1, 500)]


@pytest.mark.engine("sqlite")
def test_a_reward_that_waits_is_the_first_that_the_counter_offers(world, card):
    assert next(verb.name for verb in offering.offered(card)) == "add-stamp"
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 10, source="counter"))
    assert [verb.name for verb in offering.offered(Card.get_by_id(card.id))][:2] == ["subtract-reward", "add-stamp"]


@pytest.mark.engine("sqlite")
def test_who_served_is_proved_for_a_month(world, pass_):
    cashier = world.acme.users["cashier"].id
    proof = attributions.proof_of(world.acme.id, cashier)
    pass_(30 * 86_400)
    assert attributions.who_served(world.acme.id, proof) == cashier
    with pytest.raises(Refused):
        attributions.who_served(world.rival.id, proof)
    pass_(2 * 86_400)
    with pytest.raises(Refused, match="more than a month"):
        attributions.who_served(world.acme.id, proof)
