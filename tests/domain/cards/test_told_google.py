"""Google's wallet is told how cards look now, and what is sent to them, as the company's service account."""

import dataclasses
import json
import time

import pytest

from portal import clock
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.pushes import pushes, sending, settling, starting
from portal.domain.cards.pushes.tables import PushAttempt, PushRecipient
from portal.domain.cards.wallets import holdings, registrations, setups
from portal.domain.cards.wallets.tables import GOOGLE, WalletHolding, WalletSetup
from portal.domain.members import members
from portal.worker import drains
from portal.worker import google as google_worker
from portal.worker import wallets as wallet_telling
from tests.support import loyalty, wallets
from tests.support.google_service import google_service

pytestmark = pytest.mark.engine("sqlite")  # The statements of it run in test_told_wallets on both.


@pytest.fixture
def google():
    with google_service() as service:
        yield service


@pytest.fixture
def ours(settings, google):
    its = {"google_wallet": google.at, "google_tokens": google.tokens, "allow_private_addresses": True}
    its["apple_push"] = "https://127.0.0.1:9"  # where nobody is
    return dataclasses.replace(settings, **its)


@pytest.fixture
def card(world):
    """A stamp card whose link was handed out an hour ago, and of which Google was told all."""
    wallets.set_up(world.acme)
    card = loyalty.card(world.acme, 0, name="Coffee")
    assert world.anonymous().get(f"/c/{card.key}/google").status_code == 302
    WalletHolding.update(since=clock.micros() - 3_600_000_000).execute()
    return Card.get_by_id(card.id)


@pytest.fixture
def tell(ours, card):
    def tell() -> None:
        drains.run("events", ours)
        drains.run("wallets", ours)

    tell()
    WalletHolding.update(due_at=None, attempts=0).execute()
    return tell


@pytest.fixture
def told(google, tell):
    """What Google is told from now on."""
    google.got.clear()
    google.claims.clear()
    return google.got


def stamped(card: Card) -> None:
    booking.book(card.partner_id, card.serial, Asked("add-stamp", 3))


def held() -> WalletHolding:
    return WalletHolding.get(WalletHolding.wallet == GOOGLE)


def its(card: Card) -> str:
    return f"/walletobjects/v1/loyaltyObject/{wallets.ISSUER}.{card.serial.replace('-', '')}"


def pushed(card: Card, ours, message: str = "Hello") -> PushRecipient:
    push = pushes.send(card.partner_id, message, card.template_id, card=card.serial)
    while starting.work_due():
        pass
    drains.run("push recipients", ours)
    return PushRecipient.get(PushRecipient.push == push)


def test_what_changed_is_told_by_the_account_that_signs(google, card, tell, told):
    stamped(card)
    stamped(card)
    tell()
    (one,) = told
    assert (one.method, one.path) == ("PATCH", its(card))
    assert one.body["loyaltyPoints"]["balance"] == {"string": "6 of 10 stamps"} and one.body["state"] == "ACTIVE"
    assert one.body["validTimeInterval"] is None
    (claims,) = google.claims
    assert claims["iss"] == "cards@acme.example" and claims["scope"].endswith("/auth/wallet_object.issuer")
    assert abs(claims["iat"] - time.time()) < 600 and claims["exp"] - claims["iat"] == 600
    assert held().due_at is None and WalletSetup.get(WalletSetup.wallet == GOOGLE).refusal is None


def test_it_is_told_in_the_holders_language_and_that_a_card_is_deleted(card, tell, told):
    members.choose_language(card.member_id, "ru")
    cards.delete(card)
    tell()
    assert told[0].body["state"] == "INACTIVE"
    assert told[0].body["loyaltyPoints"]["balance"] == {"string": "Штампов: 0 из 10"}


def test_a_card_that_nobody_saved_is_dropped_quietly_unless_it_may_be_being_saved(google, card, tell, told):
    google.statuses = [404, 404, 200]
    stamped(card)
    tell()
    assert held().due_at is None and WalletSetup.get(WalletSetup.wallet == GOOGLE).refusal is None
    WalletHolding.update(since=clock.micros()).execute()
    stamped(card)
    tell()
    assert 590 < clock.to_micros(held().due_at) / 1e6 - time.time() < 660
    WalletHolding.update(due_at=0).execute()
    tell()
    assert held().due_at is None and len(told) == 3


@pytest.mark.parametrize(("status", "seconds"), [(429, 90), (500, 60), (0, 60)])
def test_what_google_cannot_take_is_told_later(google, card, tell, told, status, seconds):
    google.statuses = [status]
    stamped(card)
    tell()
    waits = clock.to_micros(held().due_at) / 1e6 - time.time()
    assert seconds - 10 < waits < seconds + 60 and len(told) == 1


def test_what_google_refuses_stands_on_the_page_until_it_takes_something(world, google, card, tell, told):
    google.statuses = [401]
    stamped(card)
    tell()
    assert held().due_at is None
    assert "It is 401." in world.as_("acme").get("/account/wallets").text
    stamped(card)
    tell()
    assert "It is 401." not in world.as_("acme").get("/account/wallets").text


def test_an_account_that_google_does_not_know_tells_nothing(world, google, card, tell, told):
    google.token_status = 400
    stamped(card)
    tell()
    assert told == [] and held().due_at is None
    assert "No such account." in world.as_("acme").get("/account/wallets").text


def test_google_is_never_asked_where_it_is_off_or_no_link_was_handed_out(world, google, card, tell, told):
    setups.switch(world.acme.id, GOOGLE, False)
    stamped(card)
    tell()
    setups.switch(world.acme.id, GOOGLE, True)
    other = cards.issue(world.acme.id, loyalty.customer(world.acme).id, card.template_id)
    registrations.register(other, "phone", "good")  # of Apple's, which is told alone
    stamped(other)
    tell()
    assert told == [] and google.claims == [] and other.id in [row.card_id for row in WalletHolding.select()]


def test_a_push_is_a_message_of_the_object(google, card, ours, told):
    row = pushed(card, ours, "Double stamps")
    (one,) = told
    assert (one.method, one.path, row.state) == ("POST", f"{its(card)}/addMessage", "sent")
    name = card.template.partner.name
    told_to = {"id": row.push.uuid, "header": name, "body": "Double stamps", "messageType": "TEXT_AND_NOTIFY"}
    assert one.body["message"] == told_to
    answer = PushAttempt.get(PushAttempt.recipient == row)
    assert (answer.channel, answer.host, answer.result) == ("google", "127.0.0.1", "taken")


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [(404, "sent", None), (401, "failed", "refused"), (429, "queued", None), (0, "queued", None)],
)
def test_a_push_that_google_does_not_take_is_what_a_browsers_would_be(google, card, ours, told, status, state, reason):
    google.statuses = [status]
    row = pushed(card, ours)
    assert (row.state, row.reason) == (state, reason)


def test_a_push_that_may_have_come_is_looked_for_before_it_is_sent_again(google, card, ours, told):
    google.statuses = [500]
    row = pushed(card, ours)
    google.messages = [{"id": row.push.uuid}]
    PushRecipient.update(due_at=0).execute()
    drains.run("push recipients", ours)
    assert [one.method for one in told] == ["POST", "GET"]
    assert PushRecipient.get_by_id(row.id).state == "sent"


def test_what_goes_to_google_is_json_in_utf_8(card, ours, told):
    pushed(card, ours, "Привет ☕")
    assert json.dumps(told[0].body, ensure_ascii=False).count("Привет ☕") == 1 and holdings.shown(card.id) is None


def test_what_there_was_no_time_for_costs_no_try(google, card, ours, told, monkeypatch):
    monkeypatch.setattr(google_worker, "_WITHIN", 0.0)
    push = pushes.send(card.partner_id, "Hello", card.template_id, card=card.serial)
    while starting.work_due():
        pass
    batch = sending.take()
    settling.settle(batch, wallet_telling.pushed(batch.partner_id, batch.in_wallets, ours))
    row = PushRecipient.get(PushRecipient.push == push)
    assert (row.state, row.attempts, told) == ("queued", 0, [])
