"""Wallets are told what changed on the cards in them: what is due, how much of it is one, and what becomes of what fails."""

import dataclasses
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards import persons as persons
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.pushes import pushes, starting
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.pushes.tables import PushAttempt, PushRecipient
from portal.domain.cards.pushes.told import inbox, why
from portal.domain.cards.templates import templates
from portal.domain.cards.wallets import changes, holdings, registrations, setups
from portal.domain.cards.wallets.tables import WalletHolding, WalletRegistration, WalletSetup
from portal.domain.events import log
from portal.domain.events.tables import Event, Sequence
from portal.domain.members import members
from portal.domain.steps import FAILED
from portal.worker import drains
from tests.support import loyalty, wallets
from tests.support.apple_service import apple_service
from tests.support.pushes import browser


@pytest.fixture
def template(world):
    wallets.set_up(world.acme)
    return loyalty.template(world.acme)


@pytest.fixture
def kept(world, template):
    """A card that a phone with this token keeps, and of which it was told all."""

    def kept(token: str = "good", party=None) -> Card:
        party = party or world.acme
        of = template if party is world.acme else loyalty.template(party)
        card = cards.issue(party.id, loyalty.customer(party).id, of.id)
        registrations.register(card, f"device {token}", token)
        noted()
        WalletHolding.update(due_at=None).execute()
        return Card.get_by_id(card.id)

    return kept


def noted() -> None:
    """What was recorded is looked at."""
    while log.give_positions():
        pass
    while changes.note():
        pass


def stamped(card: Card) -> None:
    booking.book(card.partner_id, card.serial, Asked("add-stamp", 1))


def due() -> list[int]:
    """The cards of which something is to be told."""
    return [row.card_id for row in WalletHolding.select().where(WalletHolding.due_at.is_null(False))]


def test_a_holder_of_another_name_is_told_on_each_of_their_cards(world, kept):
    card, other = kept("good-1"), kept("good-2")
    members.change(card.member, {"first_name": "Another"})
    noted()
    assert due() == [card.id] and other.id


def test_a_change_of_a_card_is_due_once_however_often_it_changes(kept):
    card, other = kept("good-1"), kept("good-2")
    for _ in range(3):
        stamped(card)
    noted()
    assert due() == [card.id]
    batch = holdings.take()
    assert [row.card_id for row in batch.rows] == [card.id] and holdings.take() is None
    holdings.settle(batch, {})
    assert due() == [] and holdings.take() is None
    cards.delete(other)
    noted()
    assert due() == [other.id]  # Its pass says that it is void.


def test_what_changes_while_it_is_told_is_told_again(kept):
    card = kept()
    stamped(card)
    noted()
    batch = holdings.take()
    stamped(card)
    noted()
    holdings.settle(batch, {})
    assert [row.card_id for row in holdings.take().rows] == [card.id]


def test_a_new_look_is_told_to_every_card_of_the_template_a_piece_at_a_time(world, template, kept, monkeypatch):
    monkeypatch.setattr(changes, "_PIECE", 2)
    written = changes._OF_TEMPLATE.written.replace("LIMIT 500", "LIMIT 2")
    monkeypatch.setattr(changes, "_OF_TEMPLATE", changes.Statement(written))
    made = [kept(f"good-{number}") for number in range(5)]
    other = cards.issue(world.acme.id, loyalty.customer(world.acme).id, loyalty.template(world.acme, name="Other").id)
    registrations.register(other, "device", "other")
    WalletHolding.update(due_at=None).execute()
    stamped(made[0])
    templates.change(template, {"name": "Another name"})
    stamped(other)
    noted()
    assert sorted(due()) == sorted([*(card.id for card in made), other.id])


def test_one_that_fails_waits_longer_each_time_and_then_for_the_next_change(kept):
    card = kept()
    stamped(card)
    noted()
    waits = []
    while batch := holdings.take():
        (row,) = batch.rows
        wait = holdings.wait(row.attempts, None)
        waits.append(wait)
        holdings.settle(batch, {row.id: wait} if wait else {})
        stamped(card)
        noted()  # A change meanwhile does not hurry it.
        assert holdings.take() is None or wait is None
        WalletHolding.update(due_at=0).where(WalletHolding.lease_ends.is_null(), WalletHolding.attempts > 0).execute()
        if wait is None:
            break
    assert waits == [*(timedelta(minutes=minutes) for minutes in (1, 4, 16, 64)), None]
    assert holdings.wait(1, 90) == timedelta(seconds=90) and holdings.wait(1, 10**9) == timedelta(days=1)


def test_what_a_dead_worker_had_taken_is_taken_again_and_its_late_word_changes_nothing(kept):
    card = kept()
    stamped(card)
    noted()
    dead = holdings.take()
    WalletHolding.update(due_at=0, lease_ends=1).execute()
    alive = holdings.take()
    assert [row.card_id for row in alive.rows] == [card.id]
    holdings.settle(dead, {})
    assert due() == [card.id]
    holdings.settle(alive, {})
    assert due() == []


def test_partners_take_turns_and_no_batch_is_of_two(world, kept):
    wallets.set_up(world.rival, wallets.apple(of="rival", pass_type="pass.example.rival"))
    mine, theirs = [kept(f"good-{number}") for number in range(30)], kept("good-theirs", world.rival)
    for card in (*mine, theirs):
        stamped(card)
    noted()
    batches = [holdings.take() for _ in range(3)]
    assert sorted(len(batch.rows) for batch in batches) == [1, 5, 25]
    assert sorted({batch.partner_id for batch in batches[:2]}) == sorted([world.acme.id, world.rival.id])


def test_nothing_leaves_the_house_from_a_test_mode_or_for_a_closed_partner(world, kept):
    kept()
    for values in ({"live_partner": world.rival.id}, {"live_partner": None, "disabled_at": clock.now()}):
        Partner.update(**values).where(Partner.id == world.acme.id).execute()
        WalletHolding.update(due_at=0).execute()
        assert holdings.take().rows == [] and due() == []


def test_events_of_before_the_first_card_in_a_wallet_are_passed_over(world, monkeypatch):
    monkeypatch.setattr(changes, "_FAR", 0)
    loyalty.card(world.acme)
    noted()
    last = Event.select().order_by(Event.position.desc()).get().position
    assert Sequence.get_by_id("wallet changes").value == last


def test_nothing_is_kept_of_who_is_erased(kept):
    card = kept()
    members.erase(card.member)
    assert not WalletHolding.select().exists() and not WalletRegistration.select().exists()


@pytest.fixture
def tell(settings, tmp_path, monkeypatch):
    """The worker does all that is due, at Apple's service on loopback."""
    with apple_service(tmp_path, monkeypatch) as service:
        ours = dataclasses.replace(settings, apple_push=service.at, allow_private_addresses=True)

        def tell() -> list[str]:
            """The tokens that were told now."""
            before = len(service.got)
            drains.run("events", ours)
            drains.run("wallets", ours)
            return service.told[before:]

        tell.service, tell.ours = service, ours
        yield tell


def of(card: Card) -> WalletHolding:
    return WalletHolding.get(WalletHolding.card == card)


def test_the_worker_tells_all_phones_of_what_changed_on_one_connection(kept, tell):
    made = [kept(f"good-{number}") for number in range(3)]
    registrations.register(made[0], "watch", "good-watch")
    tell()
    before = tell.service.connections
    for card in (*made, made[0]):
        stamped(card)
    assert sorted(tell()) == ["good-0", "good-1", "good-2", "good-watch"]
    assert tell.service.connections == before + 1 and tell() == [] and due() == []
    setup = WalletSetup.get(WalletSetup.wallet == "apple")
    assert setup.answered_at and setup.refusal is None


@pytest.mark.parametrize("token", ["gone", "bad"])
def test_a_phone_that_apple_no_longer_knows_is_forgotten(kept, tell, token):
    card = kept(token)
    registrations.register(card, "watch", "good")
    stamped(card)
    assert sorted(tell()) == sorted([token, "good"])
    assert [row.push_token for row in WalletRegistration.select()] == ["good"] and due() == []


def test_a_phone_that_registered_anew_meanwhile_is_not_forgotten(kept):
    card = kept("gone")
    (phone,) = registrations.of_cards([card.id])
    registrations.register(card, "device gone", "newer")
    registrations.forget(phone)
    assert [row.push_token for row in WalletRegistration.select()] == ["newer"]


@pytest.mark.parametrize(("token", "seconds"), [("busy", 90), ("broken", 60), ("reset", 60)])
def test_what_apple_cannot_take_is_told_later(kept, tell, token, seconds):
    card = kept(token)
    stamped(card)
    began = clock.wall_micros()
    assert tell() == [token] and tell() == []
    waits = clock.to_micros(of(card).due_at) - began
    assert seconds * 1_000_000 <= waits < (seconds + 60) * 1_000_000 and WalletRegistration.select().exists()


def test_what_apple_refuses_for_good_is_told_no_more_and_stands_on_the_page(world, kept, tell):
    card = kept("other")
    stamped(card)
    assert tell() == ["other"] and tell() == [] and due() == []
    assert WalletSetup.get(WalletSetup.wallet == "apple").refusal == "DeviceTokenNotForTopic"
    page = world.as_("acme").get("/account/wallets").text
    assert "DeviceTokenNotForTopic" in page
    setups.set_up_apple(world.acme.id, *wallets.apple(), world.acme.users["owner"].id, wallets.PASSWORD)
    assert "DeviceTokenNotForTopic" not in world.as_("acme").get("/account/wallets").text


def test_a_wallet_that_is_off_or_whose_certificate_ended_is_told_nothing(world, kept, tell):
    card = kept()
    setups.switch(world.acme.id, "apple", False)
    stamped(card)
    assert tell() == [] and due() == []
    setups.switch(world.acme.id, "apple", True)
    WalletSetup.update(ends_at=clock.now() - timedelta(days=1)).where(WalletSetup.wallet == "apple").execute()
    stamped(card)
    assert tell() == [] and due() == []


def pushed(card: Card, message: str = "Hello", **given) -> PushRecipient:
    """A push to the card alone, as far as it came."""
    push = pushes.send(card.partner_id, message, card.template_id, card=card.serial, **given)
    while starting.work_due():
        pass
    return PushRecipient.get(PushRecipient.push == push)


def again(row):
    return type(row).get_by_id(row.id)


def test_a_push_is_sent_when_apple_took_it_and_the_pass_shows_it(world, kept, tell):
    card = kept()
    row = pushed(card, "Double stamps today")
    assert again(row).state == "queued"
    tag = registrations.changed("device good", wallets.PASS_TYPE, "")[1]
    drains.run("push recipients", tell.ours)
    assert (again(row).state, tell.service.told) == ("sent", ["good"])
    answer = PushAttempt.get(PushAttempt.recipient == row)
    assert (answer.channel, answer.host, answer.status, answer.result) == ("apple", "localhost", 200, "taken")
    assert holdings.shown(card.id).message == "Double stamps today"
    assert registrations.changed("device good", wallets.PASS_TYPE, tag)[0] == [card.serial]
    last = why.explain(again(row).push, card)[-1]
    assert last["outcome"] == FAILED and last["detail"] == "Wallets do not tell what they show."


def test_a_push_that_apple_refuses_fails_with_its_reason_and_lies_in_the_inbox(kept, tell):
    card = kept("other")
    row = pushed(card)
    drains.run("push recipients", tell.ours)
    assert (again(row).state, again(row).reason) == ("failed", "refused")
    step = next(step for step in why.explain(again(row).push, card) if step["outcome"] == FAILED)
    assert step["detail"] == "localhost answered: DeviceTokenNotForTopic"
    assert [message.message for message in inbox.messages(card.id).rows] == ["Hello"]


def test_a_push_that_apple_cannot_take_is_tried_after_what_it_asks_for(kept, tell):
    row = pushed(kept("busy"))
    began = clock.wall_micros()
    drains.run("push recipients", tell.ours)
    waits = clock.to_micros(again(row).due_at) - began
    assert again(row).state == "queued" and 90_000_000 <= waits < 150_000_000


def test_a_card_that_was_taken_out_of_the_wallet_has_its_push_in_the_inbox(kept, tell):
    card = kept("gone")
    row = pushed(card)
    drains.run("push recipients", tell.ours)
    assert again(row).state == "sent" and not WalletRegistration.select().exists()
    step = next(step for step in why.explain(again(row).push, card) if step["outcome"] == FAILED)
    assert step["fix"].startswith("The card is not in that wallet")


def test_a_push_to_a_browser_and_a_wallet_goes_to_both_and_is_one(kept, tell):
    card = kept()
    subscriptions.subscribe(card.member, *browser(1, at="http://127.0.0.1:9"))  # where nobody takes it
    row = pushed(card)
    drains.run("push recipients", tell.ours)
    assert again(row).state == "sent" and tell.service.told == ["good"]
    assert {(one.channel, one.result) for one in PushAttempt.select()} == {("browser", "again"), ("apple", "taken")}
    assert again(row).push.sent == 1


def test_no_push_goes_to_the_wallet_of_who_wants_none_or_where_wallets_are_off(world, kept, tell):
    muted, off = kept("good-muted"), kept("good-off")
    Card.update(muted_at=clock.now()).where(Card.id == muted.id).execute()
    rows = [pushed(muted), pushed(off)]
    setups.switch(world.acme.id, "apple", False)
    drains.run("push recipients", tell.ours)
    assert [again(row).state for row in rows] == ["cancelled", "sent"] and tell.service.told == []
    assert holdings.shown(off.id) is None and holdings.shown(muted.id) is None


def test_what_was_written_to_somebody_who_is_erased_stands_in_no_pass(kept, tell):
    card = kept()
    pushed(card, "For you alone")
    drains.run("push recipients", tell.ours)
    members.erase(card.member)
    assert holdings.shown(card.id) is None
