"""A play of member offers: members use, like and are granted them, staff change terms and undo mistakes, time passes, strangers
try, in any order. What is told, what happens and what the model says is one."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal import clock
from portal.domain import remembered, verify
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Refused
from portal.domain.member_offers import asking, grants, likes, listing
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.listing import Wanted
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import checks, uses
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.member_offers.words import SCOPES, TIMESPANS
from tests.properties.member_offers.model import SECOND, Offer, Use
from tests.properties.stage import START
from tests.support import cast, club_offers, engines

CLOCK_CHANGE = 1_792_886_400 * SECOND  # 2026-10-25 00:00 UTC: an hour before the clocks in Berlin go back
LIMIT = st.one_of(st.none(), st.integers(1, 4))
PERIOD = st.one_of(st.none(), st.tuples(st.sampled_from(list(TIMESPANS)), st.integers(1, 3)))
PICK = st.integers(0, 20)


class MemberOffers(RuleBasedStateMachine):
    """Acme's club in Berlin, three members, and offers of any terms."""

    def __init__(self, app, engine, wall):
        super().__init__()
        self.app, self.engine, self.wall = app, engine, wall

    @initialize(before=st.sampled_from([0, 1, 30]))
    def begin(self, before):
        self.wall.micros = START
        engines.anew(self.engine)
        remembered.forget_all()
        world = cast.build(self.app)
        self.acme, self.rival = world.acme, world.rival
        Partner.update(time_zone="Europe/Berlin").where(Partner.id == self.acme.id).execute()
        self.wall.micros = CLOCK_CHANGE - before * 3600 * SECOND
        self.members = [club_offers.member(self.acme).id for _ in range(3)]
        self.stranger = club_offers.member(self.rival).id
        self.offers: list[tuple[MemberTerms, Offer]] = []
        self.likes: set[tuple[int, int]] = set()
        self.used_codes: list[str] = []
        for limits in ((None, ("HOUR", 1), None), (2, None, 3), (None, ("DAY", 2), None)):
            self.an_offer_is_made(*limits, 0, 0)

    @rule(
        member_limit=LIMIT,
        period=PERIOD,
        global_limit=LIMIT,
        active=st.sampled_from([0, 0, 60, 7200]),
        kind=st.integers(0, 5),
    )
    def an_offer_is_made(self, member_limit, period, global_limit, active, kind):
        if len(self.offers) > 4:
            return
        limits = self.limits(member_limit, period, global_limit)
        offer = Offer(limits, active, is_exclusive=kind == 3, needs_code=kind == 4, is_informational=kind == 5)
        made = club_offers.offer(
            self.acme, active_seconds=active, type="EXCLUSIVE" if kind == 3 else "REGULAR", needs_authorization=kind == 4,
            scope="informational" if kind == 5 else "standard", **limits,
        )  # fmt: skip
        self.offers.append((made, offer))

    @rule(pick=PICK, who=PICK, with_code=st.integers(0, 5), times=st.integers(1, 3))
    def a_member_uses_one(self, pick, who, with_code, times):
        for _ in range(times):
            self.use(pick, who, with_code)

    def use(self, pick, who, with_code):
        (made, offer), member = self.offer(pick), self.members[who % 3]
        code = self.code(offer, with_code)
        if not offer.is_shown:
            self.is_hidden(made, member)
            return
        told = checks.is_usable(self.told(made, member))
        word = offer.refusal(member, self.wall.micros, code)
        try:
            case = uses.use(asking.at(self.acme.id, member), made.offer_id, list(SCOPES), code)
        except uses.Unusable as error:
            assert error.sentence == word
            assert told is False or "authorization" in error.sentence
            return
        assert word is None and told
        offer.uses.append(Use(member, self.wall.micros, self.wall.micros + offer.active_seconds * SECOND))
        if offer.needs_code:
            del offer.codes[code]
            self.used_codes.append(code)
        assert case.uses_left == offer.uses_left(member)

    @rule(pick=PICK, which=PICK)
    def staff_undo_a_use(self, pick, which):
        made, offer = self.offer(pick)
        if not offer.uses:
            return
        use = offer.uses[which % len(offer.uses)]
        rows = list(OfferUse.select().where(OfferUse.terms == made.id).order_by(OfferUse.id))
        uuid = rows[which % len(offer.uses)].uuid
        try:
            uses.undo(self.acme.id, uuid)
        except Refused:
            assert use.is_undone
        else:
            assert not use.is_undone
            use.is_undone = True

    @rule(pick=PICK, who=PICK, seconds=st.one_of(st.none(), st.sampled_from([1, 3600, 90_000])))
    def a_member_is_granted_one(self, pick, who, seconds):
        (made, offer), member = self.offer(pick), self.members[who % 3]
        limit = offer.limits.get("global_limit")
        is_left = limit is None or len(offer.live()) < limit
        try:
            grants.grant(asking.at(self.acme.id, member), made.offer_id, list(SCOPES), seconds)
        except OfferMissing:
            assert not offer.is_shown
        except Refused as error:
            assert error.sentence == ("Global limit exceeded" if offer.is_exclusive else "Not grantable")
            assert not (offer.is_exclusive and is_left)
        else:
            offer.grants[member] = seconds and self.wall.micros + seconds * SECOND

    @rule(pick=PICK, who=PICK)
    def staff_make_a_code(self, pick, who):
        (made, offer), member = self.offer(pick), self.members[who % 3]
        try:
            code = authorizations.make(asking.at(self.acme.id, member), made.offer_id)
        except (OfferMissing, Refused):
            return
        assert offer.needs_code and offer.is_shown
        offer.codes[code] = (member, self.wall.micros + 600 * SECOND)

    @rule(pick=PICK, who=PICK, is_liked=st.booleans(), times=st.integers(1, 2))
    def a_member_likes_one_or_not(self, pick, who, is_liked, times):
        (made, offer), member = self.offer(pick), self.members[who % 3]
        act = likes.like if is_liked else likes.unlike
        if offer.is_shown:
            for _ in range(times):
                act(asking.at(self.acme.id, member), made.offer_id, list(SCOPES))
            (self.likes.add if is_liked else self.likes.discard)((made.id, member))

    @rule(pick=PICK, member_limit=LIMIT, period=PERIOD, global_limit=LIMIT, is_shown=st.booleans())
    def staff_change_one(self, pick, member_limit, period, global_limit, is_shown):
        made, offer = self.offer(pick)
        offer.limits, offer.is_shown = self.limits(member_limit, period, global_limit), is_shown
        terms.change(made, {**offer.limits, "is_shown": is_shown})

    @rule(seconds=st.sampled_from([0, 1, 59, 1800, 3600, 7200, 86_400, 6 * 86_400, 31 * 86_400]))
    def time_passes(self, seconds):
        self.wall.micros += seconds * SECOND

    @rule(pick=PICK)
    def a_guest_reads_and_consumes_nothing(self, pick):
        (made, offer), guest = self.offer(pick), asking.at(self.acme.id)
        if offer.is_shown:
            case = listing.one(guest, made.offer_id, list(SCOPES))
            assert case.uses_left is None and case.period_left is None and not checks.is_usable(case)
        for act in (uses.use, likes.like, likes.unlike, grants.grant):
            try:
                act(guest, made.offer_id, list(SCOPES))
            except (OfferMissing, Refused):
                continue
            raise AssertionError(act)

    @rule(pick=PICK)
    def strangers_and_guests_consume_nothing(self, pick):
        made, _ = self.offer(pick)
        with_another = asking.at(self.rival.id, self.stranger)
        for act in (uses.use, likes.like, grants.grant):
            try:
                act(with_another, made.offer_id, list(SCOPES))
            except OfferMissing:
                continue
            raise AssertionError(act)
        assert asking.at(self.acme.id, self.stranger).member_id is None

    @rule(pick=PICK, who=PICK)
    def what_is_not_permitted_is_not_there(self, pick, who):
        made, _ = self.offer(pick)
        others = [scope for scope in SCOPES if scope != made.scope]
        who_asks = asking.at(self.acme.id, self.members[who % 3])
        for act in (listing.one, uses.use, likes.like):
            try:
                act(who_asks, made.offer_id, others)
            except OfferMissing:
                continue
            raise AssertionError(act)
        for scope in others:
            assert made.offer_id not in self.listed(who_asks, scope)

    @invariant()
    def what_is_told_is_what_is_left(self):
        now = clock.micros()
        for member in self.members:
            who = asking.at(self.acme.id, member)
            found = {
                case.row.terms_id: case
                for scope in ("standard", "informational")
                for case in listing.visible(who, Wanted(scope)).cases
            }
            assert set(found) == {made.id for made, offer in self.offers if offer.is_shown}
            for made, offer in self.offers:
                if offer.is_shown:
                    self.agrees(found[made.id], offer, member, now)

    def agrees(self, case, offer, member, now):
        limit = offer.limits.get("period_limit")
        assert case.uses_left == offer.uses_left(member)
        assert case.period_left == (None if limit is None else max(0, limit - offer.in_period(member, now)))
        word = offer.refusal(member, now, None)
        if word == "Usage authorization token missing":  # A code aside.
            offer.needs_code, kept = False, offer.needs_code
            word, offer.needs_code = offer.refusal(member, now, None), kept
        assert checks.is_usable(case) is (word is None)
        assert (case.row.liked_at is not None) is ((case.row.terms_id, member) in self.likes)

    def teardown(self):
        if hasattr(self, "offers"):
            assert verify.faults() == []

    def offer(self, pick) -> tuple[MemberTerms, Offer]:
        return self.offers[pick % len(self.offers)]

    def code(self, offer, which) -> str | None:
        """None, one that nobody has, one of the offer's latest, one of another offer's, or one that was used."""
        others = [code for _, other in self.offers if other is not offer for code in other.codes]
        known = [None, "000000", *list(offer.codes)[-2:], *others[-1:], *self.used_codes[-1:]]
        return known[which % len(known)]

    def told(self, made, member):
        return listing.one(asking.at(self.acme.id, member), made.offer_id, list(SCOPES))

    def is_hidden(self, made, member):
        try:
            uses.use(asking.at(self.acme.id, member), made.offer_id, list(SCOPES))
        except OfferMissing:
            return
        raise AssertionError("a hidden offer was used")

    def listed(self, who, scope) -> set[int]:
        return {case.row.offer_id for case in listing.visible(who, Wanted(scope)).cases}

    def limits(self, member_limit, period, global_limit) -> dict:
        timespan, period_limit = period or (None, None)
        return {
            "member_limit": member_limit,
            "period": timespan,
            "period_limit": period_limit,
            "global_limit": global_limit,
        }
