"""Who got a push, what was tried, browsers and phones that are no more: kept for a while, as README says."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.partners import partners
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.pushes.browsers.outcomes import REFUSED, TAKEN
from portal.domain.cards.pushes.tables import Push, PushAttempt, PushRecipient, PushSubscription
from portal.domain.cards.pushes.told import inbox, lists, why
from portal.domain.cards.wallets import registrations
from portal.domain.cards.wallets.tables import WalletHolding, WalletRegistration
from portal.domain.keeping import keeping
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.sign_ins.tables import MemberSignIn
from tests.support import loyalty
from tests.support.pushes import browser, installed, work

DAY = 86_400


@pytest.fixture
def template(world):
    return loyalty.template(world.acme)


def left() -> tuple[int, int, int]:
    """How many pushes, recipients and answers there are."""
    return tuple(table.select().count() for table in (Push, PushRecipient, PushAttempt))


def forget(days: int, most: int = 500) -> None:
    with clock.acting(days * DAY):
        while keeping.forget_old(most):
            assert verify.faults() == []
    assert verify.faults() == []


def test_who_got_a_push_is_forgotten_400_days_after_its_end_and_its_counts_stay(world, template):
    held = [installed(world.acme, template) for _ in range(5)]
    subscriptions.subscribe(held[0].member, *browser(1))
    push = pushes.send(world.acme.id, "Hello", template.id)
    work()
    forget(399)
    assert left() == (1, 5, 1) and inbox.messages(held[1].id).rows
    forget(401, most=2)
    assert left() == (1, 0, 0) and inbox.messages(held[1].id).rows == []
    kept = Push.get_by_id(push.id)
    assert (kept.state, kept.recipients, kept.sent, kept.forgotten) == ("sent", 5, 5, 5)
    assert lists.one(push.id).sent == 5
    assert "forgotten" in next(step for step in why.explain(kept, held[1]) if step["outcome"] == "failed")["detail"]


def test_who_still_waits_for_a_push_is_never_forgotten(world, template):
    installed(world.acme, template)
    soon = clock.now() + timedelta(days=1000)
    pushes.send(world.acme.id, "Later", template.id, scheduled_at=soon)
    begun = pushes.send(world.acme.id, "Now", template.id)
    work(result=None)
    Push.update(state="sending", ended_at=None).where(Push.id == begun.id).execute()
    with clock.acting(900 * DAY):
        assert keeping.forget_old() == 0
    assert left()[:2] == (2, 1)


def test_verify_knows_who_is_forgotten_from_who_is_lost(world, template):
    for _ in range(2):
        installed(world.acme, template)
    push = pushes.send(world.acme.id, "Hello", template.id)
    work()
    with clock.acting(401 * DAY):
        assert keeping.forget_old(1) == 1
    assert PushRecipient.delete().execute() == 1
    [fault] = verify.faults()
    assert push.uuid in str(fault) and "1 are forgotten and 0 are left" in str(fault)


def test_what_was_tried_on_oneself_goes_whole_after_30_days(world, template):
    own, _ = installed(world.acme, template), installed(world.acme, template)
    pushes.send(world.acme.id, "Hello", template.id, card=own.serial, is_trial=True)
    pushes.send(world.acme.id, "Hello", template.id, card=own.serial)
    work()
    forget(29)
    assert left()[:2] == (2, 2) and lists.numbered(world.acme.id, 0, 10)[1] == 2
    forget(31, most=1)
    [push] = Push.select()
    assert not push.is_trial and left()[:2] == (1, 1) and lists.numbered(world.acme.id, 0, 10)[1] == 1


def test_a_test_modes_pushes_age_by_its_own_clock(world):
    twin = world.acme.twin()
    template = loyalty.template(twin)
    installed(twin, template)
    pushes.send(twin.id, "Hello", template.id)
    work()
    forget(50)
    assert left()[1] == 1
    partners.advance_clock(twin.partner, 401 * DAY)
    forget(0)
    assert left()[1] == 0


def test_a_browser_whose_service_refuses_everything_goes_90_days_after_the_first_refusal(world, template):
    refusing, taking = installed(world.acme, template), installed(world.acme, template)
    for number, card in enumerate((refusing, taking)):
        subscriptions.subscribe(card.member, *browser(number))
    theirs = PushSubscription.get(PushSubscription.member == refusing.member_id).id
    for day in (0, 60):
        with clock.acting(day * DAY):
            pushes.send(world.acme.id, "Hello", template.id)
        work(lambda post: REFUSED if post.browser.id == theirs else TAKEN, status=400)
    forget(89)
    assert PushSubscription.select().count() == 2
    forget(91)
    assert [row.member_id for row in PushSubscription.select()] == [taking.member_id]


def test_phones_forget_a_card_90_days_after_it_was_deleted(world, template):
    kept, gone, later = (installed(world.acme, template) for _ in range(3))
    for card in (gone, kept, later):
        registrations.register(card, "phone", "token")
    cards.delete(gone)
    with clock.acting(50 * DAY):
        cards.delete(later)
    forget(89, most=1)
    assert WalletRegistration.select().count() == 3
    with clock.acting(91 * DAY):
        for _ in range(6):  # a look each minute, of one registration
            keeping.forget_old(1)
    for table in (WalletRegistration, WalletHolding):
        assert {row.card_id for row in table.select()} == {kept.id, later.id}


def test_a_sign_in_of_a_members_is_kept_90_days_after_it_was_ended(world, template):
    member = installed(world.acme, template).member
    for _ in range(2):
        sign_ins.begin(member, "mia@members.example", "192.0.2.1", "a browser")
    first, second = MemberSignIn.select().order_by(MemberSignIn.id)
    sign_ins.end_one(member.id, first.id)
    forget(91)
    assert [row.id for row in MemberSignIn.select()] == [second.id]


def test_uuids_that_a_counter_gave_are_never_forgotten(world, template):
    """A phone may send what it queued whenever it comes back."""
    card = installed(world.acme, template)
    uuid = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    CardOperation.create(
        partner=world.acme.id, template=template, card=card, member=card.member_id, event=1, field="uses", amount=0, balance=0,
        source="counter", request=uuid, created_at=clock.now(),
    )  # fmt: skip
    with clock.acting(4000 * DAY):
        while keeping.forget_old():
            pass
    assert CardOperation.get().request == uuid
    assert Card.get_by_id(card.id)
