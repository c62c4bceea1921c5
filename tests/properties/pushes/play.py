"""A play of pushes: cards come and go, holders opt out, and workers take, are killed, and say what services answered, in any order."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal import clock
from portal.domain import remembered, verify
from portal.domain.accounts.tables import Partner
from portal.domain.cards import persons as persons
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes import pushes, quiet, sending, settling, starting
from portal.domain.cards.pushes.browsers import shown, subscriptions
from portal.domain.cards.pushes.browsers.outcomes import AGAIN, GONE, REFUSED, TAKEN
from portal.domain.cards.pushes.tables import Push, PushRecipient, PushSettings
from portal.domain.cards.pushes.told import inbox
from portal.domain.errors import NotFound, Refused
from portal.domain.members import members, merging
from portal.domain.members.tables import Member
from tests.properties.stage import START
from tests.support import cast, engines, loyalty
from tests.support.pushes import answer, browser, installed

ENDED = {"sent", "failed", "cancelled"}
PICK = st.integers(0, 20)
RESULTS = st.lists(st.sampled_from([TAKEN, TAKEN, GONE, AGAIN, REFUSED, None]), min_size=8, max_size=8)
ZONE = "Europe/Vienna"
CLOCK_CHANGE = 1_792_886_400_000_000  # 2026-10-25 00:00 UTC: an hour before the clocks in Vienna go back
HOURS = st.sampled_from([(21 * 60, 8 * 60), (2 * 60, 2 * 60 + 30), (2 * 60, 2 * 60)])


class Pushes(RuleBasedStateMachine):
    """Two partners' cards of a template each, and the pushes of the first."""

    def __init__(self, app, engine, wall):
        super().__init__()
        self.app, self.engine, self.wall = app, engine, wall

    @initialize(hours=HOURS, before=st.sampled_from([6, 1, 0, -3]), minutes=st.sampled_from([0, 60]))
    def begin(self, hours, before, minutes):
        self.wall.micros = START
        engines.anew(self.engine)
        remembered.forget_all()
        world = cast.build(self.app)
        self.acme, self.rival = world.acme, world.rival
        self.wall.micros = CLOCK_CHANGE - before * 3_600_000_000
        Partner.update(time_zone=ZONE).where(Partner.id == self.acme.id).execute()
        PushSettings.create(partner=self.acme.id, quiet_from=hours[0], quiet_to=hours[1])
        self.hours, self.template = hours, loyalty.template(self.acme)
        self.foreign = installed(self.rival, loyalty.template(self.rival))
        subscriptions.subscribe(self.foreign.member, *browser(0))
        self.cards, self.pushes, self.held = [], [], []
        self.browsers, self.ended, self.states = 1, {}, {}
        for has_browser in (True, True, True, True, False):
            self.a_card_is_installed(has_browser)
        for keeps_quiet in (False, True):
            self.a_push_begins(keeps_quiet, None)
        self.time_passes(minutes)
        self.a_worker_takes_some()

    @rule(has_browser=st.booleans())
    def a_card_is_installed(self, has_browser):
        self.cards.append(installed(self.acme, self.template).id)
        if has_browser:
            self.somebody_subscribes(-1)

    @rule(pick=PICK)
    def somebody_subscribes(self, pick):
        try:
            subscriptions.subscribe(self.card(pick).member, *browser(self.browsers))
            self.browsers += 1
        except NotFound:
            assert Member.get_by_id(self.card(pick).member_id).erased_at

    @rule(pick=PICK, is_muted=st.booleans())
    def somebody_opts_out_or_in(self, pick, is_muted):
        Card.update(muted_at=clock.now() if is_muted else None).where(Card.id == self.card(pick).id).execute()

    @rule(pick=PICK)
    def a_card_is_deleted(self, pick):
        if self.card(pick).deleted_at is None:
            cards.delete(self.card(pick))

    @rule(pick=PICK)
    def somebody_is_erased(self, pick):
        try:
            members.erase(self.card(pick).member)
        except NotFound:
            pass

    @rule(one=PICK, other=PICK)
    def two_become_one(self, one, other):
        try:
            merging.merge(self.card(one).member, self.card(other).member)
        except (NotFound, Refused):
            pass

    @rule(keeps_quiet=st.booleans(), minutes=st.sampled_from([None, None, 5, 90]), pick=st.none() | PICK)
    def a_push_is_written(self, keeps_quiet, minutes, pick):
        at = None if minutes is None else clock.now() + timedelta(minutes=minutes)
        card = None if pick is None else self.card(pick)
        if card is None or card.deleted_at is None:
            serial = card and card.serial
            push = pushes.send(
                self.acme.id, "Hello", self.template.id, card=serial, scheduled_at=at, keeps_quiet=keeps_quiet
            )
            self.pushes.append(push)

    @rule(keeps_quiet=st.booleans(), pick=st.none() | PICK)
    def a_push_begins(self, keeps_quiet, pick):
        self.a_push_is_written(keeps_quiet, None, pick)
        self.the_worker_begins_pushes(4)

    @rule(pick=PICK)
    def one_is_cancelled(self, pick):
        if self.pushes:
            push = Push.get_by_id(self.pushes[pick % len(self.pushes)].id)
            try:
                pushes.cancel(self.acme.id, push.uuid)
                assert push.state in ("scheduled", "sending")
            except Refused:
                assert push.state in ENDED

    @rule(minutes=st.sampled_from([1, 4, 30, 60, 600]))
    def time_passes(self, minutes):
        self.wall.micros += minutes * 60_000_000

    @rule(times=st.integers(1, 4))
    def the_worker_begins_pushes(self, times):
        for _ in range(times):
            starting.work_due()

    @rule(results=RESULTS)
    def a_worker_takes_some_and_tells(self, results):
        self.a_worker_takes_some()
        self.a_worker_tells_what_was_answered(-1, results)

    @rule()
    def a_worker_takes_some(self):
        sent_to = {row.id: row.state for row in PushRecipient.select()}
        batch = sending.take()
        for post in batch.posts if batch else ():
            self.may_be_posted(post, sent_to)
        if batch and batch.recipients:
            self.held.append(batch)

    def may_be_posted(self, post, before: dict):
        """Nobody who has ended, wants none, or is not acme's; nothing of what is cancelled or keeps quiet now."""
        row = PushRecipient.get_by_id(post.recipient)
        card, push = row.card, row.push
        assert before[row.id] in ("queued", "sending") and row.state == "sending"
        assert card.partner_id == push.partner_id == self.acme.id and post.browser.member_id == card.member_id
        assert (card.muted_at, card.deleted_at, card.member.erased_at, push.state) == (None, None, None, "sending")
        if push.keeps_quiet:
            assert quiet.ends(clock.now(), ZoneInfo(ZONE), *self.hours) is None

    @rule(pick=PICK, results=RESULTS)
    def a_worker_tells_what_was_answered(self, pick, results):
        if self.held:
            batch = self.held.pop(pick % len(self.held))
            told = zip(batch.posts, results * len(batch.posts), strict=False)
            settling.settle(batch, [answer(post, result) for post, result in told if result])

    @rule(pick=PICK)
    def a_worker_is_killed(self, pick):
        if self.held:
            self.held.pop(pick % len(self.held))

    @rule(pick=PICK)
    def a_browser_shows_one(self, pick):
        rows = list(PushRecipient.select(PushRecipient.id))
        if rows:
            row = rows[pick % len(rows)].id
            shown.report(row, shown.signature(row))

    @rule(pick=PICK)
    def an_inbox_is_opened(self, pick):
        inbox.opened(self.card(pick).id)

    @invariant()
    def what_has_ended_stays_and_each_is_counted_once(self):
        if not hasattr(self, "states"):
            return
        found = {row.id: (row.state, row.reason) for row in PushRecipient.select()}
        assert self.ended.items() <= found.items()
        self.ended |= {row: told for row, told in found.items() if told[0] in ENDED}
        states = {push.id: push.state for push in Push.select()}
        assert self.states.items() <= states.items()
        self.states |= {push: state for push, state in states.items() if state in ENDED}

    def teardown(self):
        if not hasattr(self, "states"):
            return
        assert verify.faults() == []
        for _ in range(24):  # Whoever is left does the rest: nobody is lost.
            self.wall.micros += 7 * 3_600_000_000
            while starting.work_due():
                pass
            while batch := sending.take():
                if batch.recipients:
                    settling.settle(batch, [answer(post, TAKEN) for post in batch.posts])
        assert PushRecipient.select().where(PushRecipient.due_at.is_null(False)).count() == 0
        assert Push.select().where(Push.due_at.is_null(False)).count() == 0
        assert not PushRecipient.select().where(PushRecipient.card == self.foreign).exists()
        assert verify.faults() == []

    def card(self, pick) -> Card:
        return Card.get_by_id(self.cards[pick % len(self.cards)])
