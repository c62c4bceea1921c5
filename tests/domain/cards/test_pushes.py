"""Who gets a push, what becomes of each of them, and what a cancelled one still does (contract: cards, "Pushes")."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.partners import partners
from portal.domain.cards import persons as persons
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.pushes import audience, pieces, pushes, quiet, sending, settling, starting
from portal.domain.cards.pushes.browsers import answered, keys, shown, subscriptions
from portal.domain.cards.pushes.browsers.outcomes import AGAIN, GONE, MOST_TRIES, REFUSED, TAKEN
from portal.domain.cards.pushes.tables import Push, PushAttempt, PushRecipient, PushSettings, PushSubscription
from portal.domain.cards.pushes.told import inbox, why
from portal.domain.cards.segments import segments
from portal.domain.errors import Invalid, NotFound
from portal.domain.events.tables import Event
from portal.domain.members import members
from portal.domain.steps import FAILED
from tests.support import loyalty
from tests.support.pushes import answer, browser, installed, work


@pytest.fixture
def template(world):
    yield loyalty.template(world.acme)
    assert verify.faults() == []


@pytest.fixture
def send(world, template):
    def send(message: str = "Hello", **given) -> Push:
        return pushes.send(world.acme.id, message, template.id, **given)

    return send


@pytest.fixture
def holder(world, template):
    """A card whose holder has so many browsers."""
    numbers = iter(range(1000))

    def holder(browsers: int = 1, **given) -> Card:
        card = installed(world.acme, template, **given)
        for _ in range(browsers):
            subscriptions.subscribe(card.member, *browser(next(numbers)))
        return card

    return holder


def again(push: Push) -> Push:
    return Push.get_by_id(push.id)


def counts(push: Push) -> tuple:
    """Its state; how many are sent, failed and passed over, of how many."""
    now = again(push)
    return now.state, now.sent, now.failed, now.cancelled, now.recipients


def reasons(push: Push) -> set:
    return {(row.state, row.reason) for row in PushRecipient.select().where(PushRecipient.push == push)}


def facts(push: Push) -> list[str]:
    return [row.type for row in Event.select().where(Event.thing_id == push.uuid).order_by(Event.id)]


def test_recipients_are_fixed_when_sending_begins(send, holder, monkeypatch):
    monkeypatch.setattr(pieces, "_LAST", pieces.Statement(pieces._LAST.written.replace("LIMIT 1000", "LIMIT 2")))
    before = [holder(0) for _ in range(3)]
    push = send()
    assert starting.work_due()
    late = holder(0, installed_at=clock.now())
    work()
    assert counts(push) == ("sent", 3, 0, 0, 3)
    assert inbox.messages(late.id).rows == [] and inbox.messages(before[2].id).rows
    assert facts(push) == ["push.written", "push.began", "push.sent"]


def test_who_wants_none_is_deleted_or_erased_is_passed_over_at_the_moment_of_sending(send, holder):
    muted, deleted, erased, good = (holder() for _ in range(4))
    push = send()
    while starting.work_due():
        pass
    Card.update(muted_at=clock.now()).where(Card.id == muted.id).execute()
    cards.delete(deleted)
    members.erase(erased.member)
    posted = work()
    assert [post.recipient for post in posted] == [PushRecipient.get(PushRecipient.card == good).id]
    assert counts(push) == ("sent", 1, 0, 3, 4)
    assert reasons(push) == {("sent", None), ("cancelled", "muted"), ("cancelled", "deleted")}


def test_a_segment_and_those_not_seen_for_days_narrow_it(world, send, holder):
    regular, stranger = holder(0), holder(0)
    put, by_rule = segments.make(world.acme.id, "Put"), segments.make(world.acme.id, "Rule", "unseen", 30)
    segments.put(put, regular.member)
    CardOperation.create(
        partner=world.acme.id, template=regular.template_id, card=regular, member=regular.member_id, event=1, field="uses", amount=0,
        balance=0, source="portal", created_at=clock.now(),
    )  # fmt: skip
    Card.update(created_at=0).execute()
    members.Member.update(created_at=0, seen_at=0).execute()
    made = [send(segment_id=put.id), send(segment_id=by_rule.id), send(unseen_days=30)]
    assert [audience.count(push) for push in made] == [1, 1, 1]
    work()
    assert [PushRecipient.get(PushRecipient.push == push).card_id for push in made] == [
        regular.id,
        stranger.id,
        stranger.id,
    ]
    with pytest.raises(Invalid):
        send(unseen_days=0)
    CardOperation.delete().execute()


def test_a_push_whose_segment_was_removed_fails_and_says_so(world, send, holder):
    holder(0)
    segment = segments.make(world.acme.id, "Regulars")
    push = send(segment_id=segment.id)
    segments.remove(segment)
    work()
    assert counts(push) == ("failed", 0, 0, 0, 0) and facts(push) == ["push.written", "push.failed"]


def test_others_segments_and_pushes_are_missing(world, send):
    theirs = segments.make(world.rival.id, "Theirs")
    with pytest.raises(NotFound):
        send(segment_id=theirs.id)
    push = send()
    for verb in (pushes.find, pushes.cancel):
        with pytest.raises(NotFound):
            verb(world.rival.id, push.uuid)


def test_after_it_is_cancelled_nobody_is_posted_to(send, holder, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    for _ in range(5):
        holder()
    push = send()
    while starting.work_due():
        pass
    batch = sending.take()
    pushes.cancel(push.partner_id, push.uuid)
    assert counts(push) == ("cancelled", 0, 0, 3, 5) and work() == []
    settling.settle(batch, [answer(batch.posts[0], TAKEN), answer(batch.posts[1], AGAIN)])
    assert counts(push) == ("cancelled", 1, 0, 4, 5)
    assert facts(push) == ["push.written", "push.began", "push.cancelled"]


def test_what_a_killed_worker_had_taken_is_taken_again_and_of_a_cancelled_push_passed_over(send, holder):
    holder()
    lost, cancelled = send("Lost"), send("Cancelled")
    while starting.work_due():
        pass
    sending.take()
    pushes.cancel(cancelled.partner_id, cancelled.uuid)
    assert work() == []
    PushRecipient.update(due_at=clock.now(), lease_ends=clock.now()).where(
        PushRecipient.due_at.is_null(False)
    ).execute()
    assert [post.topic for post in work()] == [lost.uuid.replace("-", "")]
    assert (counts(lost), counts(cancelled)) == (("sent", 1, 0, 0, 1), ("cancelled", 0, 0, 1, 1))


def test_what_a_worker_says_after_its_lease_went_to_another_changes_nothing(send, holder):
    holder()
    push = send()
    while starting.work_due():
        pass
    late = sending.take()
    PushRecipient.update(due_at=clock.now()).execute()
    other = sending.take()
    settling.settle(late, [answer(late.posts[0], REFUSED)])
    assert counts(push) == ("sending", 0, 0, 0, 1)
    settling.settle(other, [answer(other.posts[0], TAKEN)])
    assert counts(push) == ("sent", 1, 0, 0, 1)


def test_it_is_sent_when_any_browser_took_it_or_none_is_left(send, holder):
    both, gone, refused = holder(2), holder(1), holder(1)
    results = {
        both.member_id: iter((REFUSED, TAKEN)),
        gone.member_id: iter((GONE,)),
        refused.member_id: iter((REFUSED,)),
    }
    push = send()
    work(lambda post: next(results[post.browser.member_id]), status=400)
    assert counts(push) == ("sent", 2, 1, 0, 3)
    assert subscriptions.of(gone.member) == []
    assert all(inbox.messages(card.id).rows for card in (both, gone, refused))
    assert PushAttempt.select().count() == 4


def test_a_push_that_every_service_refused_has_failed(send, holder):
    holder()
    push = send()
    work(REFUSED)
    assert counts(push) == ("failed", 0, 1, 0, 1) and reasons(push) == {("failed", "refused")}
    assert facts(push)[-1] == "push.failed"


def test_a_service_that_cannot_is_asked_again_when_it_says_and_given_up_after_some_tries(send, holder):
    holder()
    push = send()
    work(AGAIN, retry_after=600)
    row = PushRecipient.get()
    assert (row.state, row.attempts) == ("queued", 1)
    assert timedelta(minutes=9) < row.due_at - clock.now() <= timedelta(minutes=10)
    for _ in range(MOST_TRIES - 1):
        PushRecipient.update(due_at=clock.now()).where(PushRecipient.state == "queued").execute()
        assert len(work(AGAIN)) == 1
    assert counts(push) == ("failed", 0, 1, 0, 1) and reasons(push) == {("failed", "tried_out")}


def test_what_there_was_no_time_for_is_posted_at_once_again(send, holder):
    holder()
    push = send()
    while starting.work_due():
        pass
    settling.settle(sending.take(), [])
    assert PushRecipient.get().attempts == 0
    assert len(work()) == 1 and counts(push) == ("sent", 1, 0, 0, 1)


def test_of_browsers_that_take_what_they_are_sent_nothing_is_written(send, holder, monkeypatch):
    """Ten thousand of them would be as many transactions while others wait to write."""
    holder()
    monkeypatch.setattr(answered, "transaction", lambda: pytest.fail("It is written."))
    push = send()
    work()
    assert counts(push) == ("sent", 1, 0, 0, 1)


@pytest.mark.parametrize(("of_older_key", "is_left"), [(True, False), (False, True)])
def test_a_browser_of_an_older_key_subscribes_anew(send, holder, of_older_key, is_left):
    holder()
    PushSubscription.update(server_key="old" if of_older_key else keys.public()).execute()
    send()
    work(REFUSED, status=403, said="BadJwtToken")
    left = PushSubscription.get_or_none()
    assert (left is not None) == is_left and PushAttempt.get().said == "BadJwtToken"


def test_what_a_browser_showed_before_its_service_answered_counts(send, holder):
    holder()
    push = send()
    while starting.work_due():
        pass
    batch = sending.take()
    assert shown.report(batch.posts[0].recipient, shown.signature(batch.posts[0].recipient))
    assert again(push).shown == 0
    settling.settle(batch, [answer(batch.posts[0], TAKEN)])
    assert (again(push).shown, again(push).sent) == (1, 1)


def test_nothing_leaves_a_test_mode_and_its_clock_decides(world):
    twin = world.acme.twin()
    template = loyalty.template(twin)
    card = installed(twin, template)
    subscriptions.subscribe(card.member, *browser(1))
    push = pushes.send(twin.id, "Hello", template.id, scheduled_at=clock.now() + timedelta(days=3))
    assert work() == [] and counts(push)[0] == "scheduled"
    partners.advance_clock(twin.partner, 4 * 86_400)
    assert work() == [] and counts(push) == ("sent", 1, 0, 0, 1)
    assert inbox.messages(card.id).rows[0].at > clock.now() + timedelta(days=3)


def test_a_test_modes_clock_ends_its_quiet_hours_too(world):
    twin = world.acme.twin()
    template = loyalty.template(twin)
    installed(twin, template)
    push = pushes.send(twin.id, "Hello", template.id, keeps_quiet=True)
    kept = PushSettings.create(partner=twin.id, quiet_from=0, quiet_to=0)
    while starting.work_due():
        pass
    minute = clock.now().hour * 60 + clock.now().minute
    PushSettings.update(quiet_from=(minute - 30) % 1440, quiet_to=(minute + 30) % 1440).where(
        PushSettings.id == kept.id
    ).execute()
    sending.take()
    assert counts(push) == ("sending", 0, 0, 0, 1) and sending.take() is None
    partners.advance_clock(twin.partner, 3600)
    assert sending.take() and counts(push) == ("sent", 1, 0, 0, 1)


def test_partners_take_turns_and_one_does_not_fill_every_hand(world, send, holder, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    monkeypatch.setattr(sending, "_TURNS", sending.Turns("push_recipient", "partner_id", 2))
    for _ in range(4):
        holder()
    theirs = installed(world.rival, loyalty.template(world.rival))
    subscriptions.subscribe(theirs.member, *browser(500))
    send(), pushes.send(world.rival.id, "Hello", theirs.template_id)
    while starting.work_due():
        pass
    taken = [sending.take() for _ in range(4)]
    whose = [PushRecipient.get_by_id(batch.posts[0].recipient).partner_id for batch in taken[:3]]
    assert whose == [world.acme.id, world.rival.id, world.acme.id] and taken[3] is None
    for batch in taken[:3]:
        settling.settle(batch, [answer(batch.posts[0], TAKEN)])
    work()


def test_a_push_that_keeps_quiet_waits_for_the_end_of_it_before_and_between(world, send, holder):
    holder()
    local = clock.now()
    minute = local.hour * 60 + local.minute
    kept = PushSettings.create(partner=world.acme.id, quiet_from=(minute - 30) % 1440, quiet_to=(minute + 30) % 1440)
    push, loud = send("Quiet", keeps_quiet=True), send("Loud")
    assert len(work()) == 1 and counts(loud)[0] == "sent"
    assert timedelta(minutes=28) < again(push).due_at - clock.now() <= timedelta(minutes=30)
    PushSettings.update(quiet_to=kept.quiet_from).execute()
    Push.update(due_at=clock.now()).where(Push.id == push.id).execute()
    while starting.work_due():
        pass
    PushSettings.update(quiet_to=(minute + 30) % 1440).execute()
    assert work() == [] and counts(push) == ("sending", 0, 0, 0, 1)
    assert timedelta(minutes=28) < PushRecipient.get(PushRecipient.push == push).due_at - clock.now()
    PushSettings.update(quiet_to=kept.quiet_from).execute()
    PushRecipient.update(due_at=clock.now()).where(PushRecipient.push == push).execute()
    assert len(work()) == 1


VIENNA = ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    ("at", "quiet_from", "quiet_to", "ends"),
    [
        ("2026-06-01T19:00", 21, 8, "2026-06-02T06:00"),  # 21:00 in Vienna
        ("2026-06-01T18:59", 21, 8, None),
        ("2026-06-02T05:59", 21, 8, "2026-06-02T06:00"),
        ("2026-06-02T06:00", 21, 8, None),
        ("2026-06-01T11:00", 13, 14, "2026-06-01T12:00"),
        ("2026-06-01T11:00", 13, 13, None),
        ("2026-03-28T21:00", 21, 8, "2026-03-29T06:00"),  # the night of the hour that is left out
        ("2026-03-29T00:30", 1, 2, "2026-03-29T01:00"),  # until 02:00, which is 03:00
        ("2026-10-24T20:00", 21, 8, "2026-10-25T07:00"),  # the night of the hour that comes twice
        ("2026-10-25T00:15", 1, 3, "2026-10-25T02:00"),  # 02:15, twice before it is 03:00
        ("2026-10-25T01:15", 1, 3, "2026-10-25T02:00"),
        ("2026-10-25T00:15", 2, 2.5, "2026-10-25T00:30"),
        ("2026-10-25T01:15", 2, 2.5, "2026-10-25T01:30"),
    ],
)  # fmt: skip
@pytest.mark.engine("sqlite")
def test_quiet_hours_are_those_of_the_wall_on_days_of_clock_changes_too(at, quiet_from, quiet_to, ends):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = quiet.ends(moment, VIENNA, int(quiet_from * 60), int(quiet_to * 60))
    assert found == (ends and datetime.fromisoformat(ends).replace(tzinfo=UTC))


def failed_at(push: Push, card: Card) -> str | None:
    """The step that failed; None when it was shown."""
    steps = why.explain(again(push), Card.get_by_id(card.id))
    failed = [step for step in steps if step["outcome"] == FAILED]
    assert len(failed) <= 1 and all(step["fix"] for step in failed)
    return failed[0]["check"] if failed else None


def test_what_is_tried_again_waits_until_it_has_ended_for_the_inbox_has_it_then(send, holder):
    card = holder()
    push = send()
    while starting.work_due():
        pass
    batch = sending.take()
    settling.settle(batch, [answer(batch.posts[0], AGAIN)])
    for due in (clock.now() + timedelta(minutes=1), clock.now() - timedelta(minutes=1)):
        PushRecipient.update(due_at=due).execute()
        [step] = [one for one in why.explain(again(push), card) if one["outcome"] == FAILED]
        assert (step["check"], step["fix"]) == (why.ANSWER, "Wait: it is tried again.")


def test_why_a_push_did_not_arrive_names_the_first_thing_that_was_not_so(world, send, holder, template):
    good, muted, boxed, refused, gone, silent = holder(), holder(), holder(0), holder(), holder(), holder(0)
    fresh = cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    push = send()
    assert failed_at(push, good) == why.BEGUN and failed_at(push, fresh) == why.INSTALLED
    while starting.work_due():
        pass
    late = holder()
    Card.update(muted_at=clock.now()).where(Card.id == muted.id).execute()
    assert failed_at(push, good) == why.LOUD
    results = {refused.member_id: REFUSED, gone.member_id: GONE}
    work(lambda post: results.get(post.browser.member_id, TAKEN), status=400)
    assert failed_at(push, good) == why.SHOWN
    shown.note([PushRecipient.get(PushRecipient.card == good).id])
    inbox.opened(silent.id)
    cards.delete(late)
    told = {card.id: failed_at(push, card) for card in (good, muted, boxed, refused, gone, silent, late)}
    assert list(told.values()) == [None, why.WANTED, why.BROWSER, why.ANSWER, why.ANSWER, None, why.PRESENT]
    assert failed_at(push, holder()) == why.CHOSEN
