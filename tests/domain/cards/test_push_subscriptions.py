"""The browsers that show pushes to a customer, what proves that they did, and the inbox of a card."""

import threading
from base64 import urlsafe_b64encode

import pytest

from portal import clock
from portal.database import drop_connection
from portal.domain import sealing
from portal.domain.cards import persons as persons
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import moving
from portal.domain.cards.pushes.browsers import keys, shown, subscriptions
from portal.domain.cards.pushes.tables import Push, PushRecipient, PushSubscription, ServerKey
from portal.domain.cards.pushes.told import inbox
from portal.domain.errors import Invalid, NotFound
from portal.domain.members import members, merging
from tests.support.pushes import browser


def push(*cards: Card, message: str = "Hello", state: str = "sent", **given) -> list[PushRecipient]:
    """A push that these cards got."""
    counted = {state: len(cards)} if state in ("sent", "failed", "cancelled") else {}
    made = Push.create(
        partner=cards[0].partner_id, template=cards[0].template_id, message=message, state="sent" if counted else "sending",
        made_by="system", recipients=len(cards), **counted, **{"audience": "template"} | given,
    )  # fmt: skip
    due = clock.now() if state in ("queued", "sending") else None
    return [
        PushRecipient.create(push=made, partner=made.partner_id, card=card, state=state, settled_at=clock.now(), due_at=due)
        for card in cards
    ]  # fmt: skip


def seen(recipient: PushRecipient) -> tuple[bool, int]:
    """Whether it was shown, and how many its push counts."""
    row = PushRecipient.get_by_id(recipient.id)
    return row.shown_at is not None, Push.get_by_id(row.push_id).shown


def test_the_key_of_the_server_is_made_once_whoever_asks_first(engine):
    ready, found = threading.Barrier(4), []

    def ask():
        ready.wait()
        found.append(keys.pair())
        drop_connection()

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(set(found)) == 1 and ServerKey.select().count() == 1
    assert found[0].private not in ServerKey.get().private


def test_a_key_that_another_secret_sealed_is_replaced(engine, settings):
    before = keys.public()
    sealing.use_secret("another secret of at least thirty-two letters")
    try:
        assert keys.public() == keys.public() != before
    finally:
        sealing.use_secret(settings.secret_key)


def test_a_browser_is_subscribed_once_and_installs_the_cards(shop):
    card = shop.card("stamps")
    first = subscriptions.subscribe(card.member, *browser(1))
    again = subscriptions.subscribe(card.member, *browser(1, key=2))
    assert first.id == again.id and again.p256dh != first.p256dh and again.server_key == keys.public()
    assert Card.get_by_id(card.id).installed_at
    assert subscriptions.unsubscribe(card.member, browser(1)[0])
    assert not subscriptions.unsubscribe(card.member, browser(1)[0])
    assert subscriptions.of(card.member) == []


def test_of_a_customers_browsers_the_newest_ten_stay(shop):
    member = shop.card("stamps").member
    for number in range(12):
        subscriptions.subscribe(member, *browser(number))
    here = {one.endpoint for one in subscriptions.of(member)}
    assert here == {browser(number)[0] for number in range(2, 12)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "ftp://push.example/1"), ("endpoint", "https://me:secret@push.example/1"), ("endpoint", "https://p.example/ 1"),
        ("endpoint", "https://push.example/" + "x" * 2048), ("endpoint", ""), ("p256dh", "AAAA"), ("p256dh", "ä"), ("auth", ""),
        ("p256dh", urlsafe_b64encode(b"\4" + bytes(64)).decode()), ("auth", urlsafe_b64encode(bytes(15)).decode()),
    ],
)  # fmt: skip
def test_what_no_browser_says_is_refused(shop, field, value):
    given = dict(zip(("endpoint", "p256dh", "auth"), browser(1), strict=True)) | {field: value}
    with pytest.raises(Invalid) as refusal:
        subscriptions.subscribe(shop.card("stamps").member, **given)
    assert refusal.value.field == field


def test_an_erased_customer_has_no_browsers_and_gets_none(shop):
    card = shop.card("stamps")
    push(card, message="Dear Mia", audience="card", card=card)
    subscriptions.subscribe(card.member, *browser(1))
    members.erase(card.member)
    assert subscriptions.of(card.member) == [] and Push.get().message == ""
    with pytest.raises(NotFound):
        subscriptions.subscribe(card.member, *browser(1))


def test_the_browsers_of_both_show_what_is_sent_to_the_one(shop):
    template = shop.template("stamps")
    kept, gone = shop.card(template), shop.card(template)
    (first, second), (only,) = push(kept, gone), push(gone)
    for member, number in ((kept.member, 1), (gone.member, 1), (gone.member, 2)):
        subscriptions.subscribe(member, *browser(number))
    Card.update(muted_at=clock.now()).where(Card.id == gone.id).execute()
    merging.merge(gone.member, kept.member)
    assert {one.endpoint for one in subscriptions.of(kept.member)} == {browser(1)[0], browser(2)[0]}
    assert PushSubscription.select().count() == 2
    assert [message.id for message in inbox.messages(kept.id).rows] == [only.id, first.id]
    assert PushRecipient.get_by_id(second.id).card_id == gone.id
    assert Card.get_by_id(kept.id).muted_at


def test_a_lost_cards_inbox_is_in_the_new_one(shop):
    card = shop.card("stamps")
    got = push(card, audience="card", card=card)[0]
    newer = moving.move(card, source="portal")
    assert [message.id for message in inbox.messages(newer.id).rows] == [got.id]
    assert (inbox.messages(card.id).rows, Push.get().card_id) == ([], newer.id)


def test_what_was_shown_counts_once_and_only_for_who_can_prove_it(shop):
    one, other = push(shop.card("stamps"))[0], push(shop.card("stamps"))[0]
    assert not shown.report(one.id, shown.signature(other.id))
    assert shown.report(one.id, shown.signature(one.id))
    assert not shown.report(one.id, shown.signature(one.id))
    assert not shown.report(99, shown.signature(99))
    assert (seen(one), seen(other)) == ((True, 1), (False, 0))


def test_what_a_browser_shows_before_it_is_settled_is_counted_when_it_is(shop):
    early = push(shop.card("stamps"), state="sending")[0]
    passed_over = push(shop.card("stamps"), state="cancelled")[0]
    assert shown.report(early.id, shown.signature(early.id)) and seen(early) == (True, 0)
    assert not shown.report(passed_over.id, shown.signature(passed_over.id))


def test_opening_the_inbox_shows_what_is_in_it(shop):
    card = shop.card("stamps")
    old, new = push(card, message="First")[0], push(card, message="Second", state="failed")[0]
    push(card, message="Not yet", state="queued")
    assert [message.message for message in inbox.messages(card.id).rows] == ["Second", "First"]
    assert [message.is_new for message in inbox.opened(card.id).rows] == [True, True]
    assert [message.is_new for message in inbox.opened(card.id).rows] == [False, False]
    assert (seen(old), seen(new)) == ((True, 1), (True, 1))
