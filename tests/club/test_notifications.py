"""Holders switch the notifications of a card on and off; the worker in their browser reports by itself."""

import pytest

from portal import clock
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers import keys, shown, subscriptions
from portal.domain.cards.pushes.tables import Push, PushRecipient, PushSubscription
from tests.support import club, loyalty

POINT = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM"
BROWSER = {"endpoint": "https://127.0.0.1:9/push/mia", "p256dh": POINT, "auth": "tBHItJI5svbpez7KI4CCXg"}


@pytest.fixture
def card(world):
    return loyalty.card(world.acme)


def place(card) -> str:
    return f"/club/acme/c/{card.key}"


def switch(world, card, **given):
    return world.anonymous().post(f"{place(card)}/notifications", given, htmx=True)


def now(card) -> Card:
    return Card.get_by_id(card.id)


@pytest.fixture
def pushed(card):
    """A message in the card's inbox."""
    push = Push.create(
        partner=card.partner_id, template=card.template_id, audience="template", message="Free coffee\ntoday", made_by="x",
        state="sent", recipients=1, sent=1,
    )  # fmt: skip
    at = clock.now()
    return PushRecipient.create(push=push, partner=card.partner_id, card=card, state="sent", settled_at=at)


@pytest.mark.on_both_engines
@pytest.mark.settings(allow_private_addresses=True)
def test_a_holder_switches_notifications_on_in_a_browser_and_off(world, card):
    assert "Switch off" in switch(world, card, on="1", **BROWSER).text
    row = PushSubscription.get()
    assert (row.member_id, row.endpoint, row.server_key) == (card.member_id, BROWSER["endpoint"], keys.public())
    page = world.anonymous().get(place(card)).text
    assert row.digest in page and keys.public() in page
    off = switch(world, card, on="0", endpoint=BROWSER["endpoint"]).text
    assert (
        "data-muted" in off
        and "data-done-with" in off
        and now(card).muted_at
        and not PushSubscription.select().exists()
    )
    assert "data-muted" not in switch(world, card, on="1").text and now(card).muted_at is None


@pytest.mark.settings(allow_private_addresses=True)
def test_a_browser_goes_on_for_another_card_that_wants_its_news(world, card):
    other = cards.issue(world.acme.id, card.member_id, loyalty.template(world.acme, 5).id)
    switch(world, card, on="1", **BROWSER)
    assert "data-done-with" not in switch(world, card, on="0", endpoint=BROWSER["endpoint"]).text
    assert PushSubscription.select().exists() and now(other).muted_at is None
    assert "data-done-with" in switch(world, other, on="0", endpoint=BROWSER["endpoint"]).text


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "http://10.0.0.1/"},
        {"endpoint": "no"},
        {"p256dh": "AAAA"},
        {"auth": ""},
        {"endpoint": "https://[::1]/"},
    ],
)
def test_what_no_push_may_be_sent_to_is_refused_and_changes_nothing(world, card, changed):
    assert "could not be set up" in switch(world, card, on="1", **BROWSER | changed).text
    assert not PushSubscription.select().exists()


@pytest.mark.settings(sign_in_limit=1)
def test_who_switches_often_keeps_nobody_else_in_the_network_from_it(world, card):
    assert "Too many tries" in [switch(world, card, on="0").text for _ in range(2)][-1]
    assert "Too many tries" not in switch(world, loyalty.card(world.acme, 1), on="0").text


@pytest.mark.settings(sign_in_limit=1)
def test_who_names_hosts_of_their_own_is_counted_by_network_and_browsers_are_not(world):
    """Looking up a name keeps a worker of the web waiting: whoever has cards enough chose for how long."""
    *cards, last = [loyalty.card(world.acme) for _ in range(7)]
    own = [switch(world, one, on="1", **BROWSER).text for one in cards]
    assert [("Too many tries" in text) for text in own] == [False] * 5 + [True]
    real = BROWSER | {"endpoint": "https://fcm.googleapis.com/fcm/send/mia", "auth": "x"}
    assert "Too many tries" not in switch(world, last, on="1", **real).text
    subscriptions.subscribe(last.member, **real | {"auth": BROWSER["auth"]})
    renewed = {**BROWSER, "old": real["endpoint"]}
    assert world.anonymous().post("/push/renewal", renewed).status_code == 429
    assert world.anonymous().post("/push/renewal", renewed | real).status_code == 422


def test_without_scripts_it_is_switched_too_and_leads_back(world, card):
    answer = world.anonymous().post(f"{place(card)}/notifications", {"on": "0"})
    assert (answer.status_code, answer.location) == (303, place(card)) and now(card).muted_at
    member = club.signed_in(world, world.acme).post(f"{place(card)}/notifications", {"on": "1"})
    assert member.location == f"/club/acme/cards/{card.serial}" and now(card).muted_at is None


def test_nobody_switches_a_card_of_another_club_a_deleted_one_or_by_a_forged_form(world, card):
    visitor, foreign = world.anonymous(), loyalty.card(world.rival)
    assert visitor.post(f"/club/acme/c/{foreign.key}/notifications", {"on": "0"}).status_code == 404
    assert visitor.post_without_token(f"{place(card)}/notifications", {"on": "0"}).status_code == 400
    cards.delete(card)
    assert visitor.post(f"{place(card)}/notifications", {"on": "0"}).status_code == 404
    assert not Card.select().where(Card.muted_at.is_null(False)).exists()


def test_the_inbox_stands_on_the_page_and_is_seen_by_who_opens_it(world, card, pushed):
    world.anonymous().get(place(card), headers={"User-Agent": "WhatsApp/2.2"})
    assert PushRecipient.get().shown_at is None, "A look ahead is nobody's."
    page = world.anonymous().get(place(card)).text
    assert "Free coffee\ntoday" in page and "New</strong>" in page and PushRecipient.get().shown_at
    assert "New</strong>" not in world.anonymous().get(place(card)).text


def test_a_browser_reports_what_it_showed_by_the_signature_that_it_was_sent(world, card, pushed):
    forged, signed = f"/push/{pushed.id}/nothing/shown", f"/push/{pushed.id}/{shown.signature(pushed.id)}/shown"
    for link in (forged, signed):
        assert PushRecipient.get().shown_at is None
        assert world.anonymous().post_without_token(link).status_code == 204
    assert PushRecipient.get().shown_at and Push.get().shown == 1


@pytest.mark.on_both_engines
@pytest.mark.settings(allow_private_addresses=True)
def test_a_browser_whose_address_changed_proves_itself_by_the_old_one(world, card):
    member, (endpoint, *secrets) = card.member, BROWSER.values()
    subscriptions.subscribe(member, endpoint, *secrets, server_key="of before")
    new = BROWSER | {"endpoint": "https://127.0.0.1:9/push/new"}
    for old in ("https://127.0.0.1:9/push/other", ""):
        assert world.anonymous().post_without_token("/push/renewal", new | {"old": old}).status_code == 204
    assert PushSubscription.get().endpoint == endpoint
    assert world.anonymous().post_without_token("/push/renewal", new | {"old": endpoint}).status_code == 204
    assert [(row.endpoint, row.server_key) for row in PushSubscription.select()] == [(new["endpoint"], "of before")]
    assert (
        world.anonymous().post_without_token("/push/renewal", {**new, "old": new["endpoint"], "auth": "x"}).status_code
        == 422
    )
