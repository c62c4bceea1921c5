"""Uses of member offers: their limits hold together, what is told agrees with what happens, a mistake is undone."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.member_offers import grants, likes
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.listing import one
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.terms import settings, terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import checks, uses
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.member_offers.words import EXCLUSIVE, SCOPES
from portal.domain.members import bans, members, merging
from portal.domain.members.oauth.bans import Banned
from portal.domain.members.tables import Member
from portal.domain.steps import FAILED, NOT_REACHED, PASSED
from tests.support.club_offers import asks, member, offer, use

DAY = 86_400


@pytest.fixture
def now_is(monkeypatch):
    """Set the wall to a moment of UTC."""

    def set_(*moment: int) -> None:
        micros = clock.to_micros(datetime(*moment, tzinfo=UTC))
        monkeypatch.setattr(clock, "wall_micros", lambda: micros)

    return set_


@pytest.fixture
def in_berlin(world):
    Partner.update(time_zone="Europe/Berlin").where(Partner.id == world.acme.id).execute()


def refusal(party, who, what, code=None) -> str:
    """The word that a use is refused with; nothing may have been written, and what is told must agree."""
    before = list(OfferUse.select().order_by(OfferUse.id).tuples())
    case = one(asks(party, who.id), what.offer_id, list(SCOPES))
    with pytest.raises(uses.Unusable) as refused:
        use(party, who, what, code)
    assert list(OfferUse.select().order_by(OfferUse.id).tuples()) == before
    if not refused.value.sentence.startswith("Usage authorization"):
        assert not checks.is_usable(case)
    failed = [step["check"] for step in refused.value.steps if step["outcome"] == FAILED]
    assert len(failed) == 1 and all(step["fix"] for step in refused.value.steps if step["outcome"] == FAILED)
    return refused.value.sentence


def told(party, who, what):
    return one(asks(party, who.id), what.offer_id, list(SCOPES))


def test_three_limits_hold_together_and_the_least_remainder_is_told(world):
    mia, omar = member(world.acme), member(world.acme)
    what = offer(world.acme, member_limit=3, period="DAY", period_limit=2, global_limit=4)
    assert (told(world.acme, mia, what).uses_left, told(world.acme, mia, what).period_left) == (3, 2)
    use(world.acme, mia, what), use(world.acme, mia, what)
    case = told(world.acme, mia, what)
    assert (case.uses_left, case.period_left, checks.is_usable(case)) == (1, 0, False)
    assert refusal(world.acme, mia, what) == "Periodic user limit exceeded"
    with clock.acting(DAY):
        assert use(world.acme, mia, what).uses_left == 0
        assert refusal(world.acme, mia, what) == "User limit exceeded"
        assert told(world.acme, omar, what).uses_left == 1
        assert use(world.acme, omar, what).uses_left == 0
        assert refusal(world.acme, omar, what) == "Global limit exceeded"
    assert MemberTerms.get_by_id(what.id).uses == 4 and verify.faults() == []


def test_without_limits_nothing_is_left_to_tell(world):
    mia, what = member(world.acme), offer(world.acme)
    assert use(world.acme, mia, what).uses_left is None
    assert told(world.acme, mia, what).period_left is None


def test_a_use_while_active_is_refused_and_consumes_nothing(world):
    mia, what = member(world.acme), offer(world.acme, active_seconds=60, member_limit=5)
    used = use(world.acme, mia, what)
    assert used.row.active_until == used.asking.now + 60_000_000
    assert refusal(world.acme, mia, what) == "Already active"
    assert told(world.acme, mia, what).uses_left == 4
    with clock.acting(60):
        assert told(world.acme, mia, what).row.active_until == used.row.active_until
        assert use(world.acme, mia, what).uses_left == 3


def test_how_long_a_use_is_active_says_the_club_unless_the_offer_does(world):
    mia, what = member(world.acme), offer(world.acme, active_seconds=None)
    assert use(world.acme, mia, what).active_seconds == 35
    settings.set_active_seconds(world.acme.id, 90)
    assert told(world.acme, mia, what).active_seconds == 90
    with pytest.raises(Invalid):
        settings.set_active_seconds(world.acme.id, 86_401)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"type": "EXCLUSIVE"}, "Not granted"),
        ({"needs_authorization": True}, "Usage authorization token missing"),
        ({"type": "BIRTHDAY"}, "Not in usable timeframes"),
        ({"usable_since": datetime(2100, 1, 1, tzinfo=UTC)}, "Not in usable timeframes"),
        ({"usable_until": datetime(2001, 1, 1, tzinfo=UTC)}, "Not in usable timeframes"),
        ({"scope": "informational"}, "Not usable"),
        ({"type": "EXCLUSIVE", "needs_authorization": True, "scope": "informational"}, "Not granted"),
        ({"needs_authorization": True, "scope": "informational"}, "Usage authorization token missing"),
    ],
)
def test_the_first_check_that_fails_decides_the_word(world, given, word):
    mia, what = member(world.acme), offer(world.acme, **given)
    assert refusal(world.acme, mia, what) == word
    with pytest.raises(uses.Unusable) as refused:
        use(world.acme, mia, what)
    outcomes = [step["outcome"] for step in refused.value.steps]
    assert outcomes == [*[PASSED] * outcomes.index(FAILED), FAILED, *[NOT_REACHED] * (7 - outcomes.index(FAILED))]


def test_a_month_counts_until_its_last_second_in_the_clubs_time(world, in_berlin, now_is):
    now_is(2030, 3, 1, 12)
    mia, what = member(world.acme), offer(world.acme, period="MONTH", period_limit=1)
    now_is(2030, 3, 31, 21, 59, 59)  # 23:59:59 in Berlin, whose clocks went forward that day
    use(world.acme, mia, what)
    assert refusal(world.acme, mia, what) == "Periodic user limit exceeded"
    now_is(2030, 3, 31, 22)
    use(world.acme, mia, what)
    now_is(2030, 4, 30, 21, 59, 59)
    assert refusal(world.acme, mia, what) == "Periodic user limit exceeded"


def test_another_period_counts_what_was_used_in_it_and_undone_uses_count_no_more(world):
    mia, what = member(world.acme), offer(world.acme, period="DAY", period_limit=3)
    use(world.acme, mia, what), use(world.acme, mia, what)
    uses.undo(world.acme.id, OfferUse.select().order_by(OfferUse.id).first().uuid)
    assert told(world.acme, mia, what).period_left == 2
    terms.change(what, {"period": "YEAR", "period_limit": 2})
    assert told(world.acme, mia, what).period_left == 1
    with pytest.raises(Invalid) as refused:
        terms.change(what, {"period": None})
    assert refused.value.field == "period"


def test_a_birthday_offer_is_for_seven_days_and_29_february_counts_as_the_28th(world, in_berlin, now_is):
    now_is(2030, 1, 1)
    mia, what = member(world.acme, date_of_birth="2000-02-29"), offer(world.acme, type="BIRTHDAY")
    for moment, is_usable in (
        ((2031, 2, 27, 22, 59, 59), False),
        ((2031, 2, 27, 23), True),
        ((2031, 3, 6, 22, 59, 59), True),
        ((2031, 3, 6, 23), False),
    ):
        now_is(*moment)
        assert checks.is_usable(told(world.acme, mia, what)) is is_usable
    newyear = member(world.acme, date_of_birth="1990-12-30")
    now_is(2031, 1, 5)
    assert checks.is_usable(told(world.acme, newyear, what))


def test_a_welcome_offer_is_for_thirty_days(world):
    mia, what = member(world.acme), offer(world.acme, type="WELCOME")
    with clock.acting(30 * DAY - 60):
        assert checks.is_usable(told(world.acme, mia, what))
    with clock.acting(30 * DAY):
        assert refusal(world.acme, mia, what) == "Not in usable timeframes"


def test_an_exclusive_offer_is_used_while_it_is_granted(world):
    mia, what = member(world.acme), offer(world.acme, type=EXCLUSIVE)
    grants.grant(asks(world.acme, mia.id), what.offer_id, list(SCOPES), 60)
    use(world.acme, mia, what)
    with clock.acting(60):
        assert refusal(world.acme, mia, what) == "Not granted"
        grants.grant(asks(world.acme, mia.id), what.offer_id, list(SCOPES))
        use(world.acme, mia, what)
        assert refusal(world.acme, member(world.acme), what) == "Not granted"
    with clock.acting(61):
        grants.take_back(world.acme.id, mia.id, what.offer_id)
        assert refusal(world.acme, mia, what) == "Not granted"


def test_a_code_of_the_counter_is_used_once_by_its_member_for_its_offer_within_ten_minutes(world):
    mia, omar = member(world.acme), member(world.acme)
    what, other = (offer(world.acme, needs_authorization=True) for _ in range(2))
    code = authorizations.make(asks(world.acme, mia.id), what.offer_id)
    assert len(code) == 6 and code.isdecimal()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for who, which, typed in ((mia, what, wrong), (omar, what, code), (mia, other, code), (mia, what, "")):
        assert refusal(world.acme, who, which, typed) == "Usage authorization token invalid"
    with clock.acting(600):
        assert refusal(world.acme, mia, what, code) == "Usage authorization token invalid"
    use(world.acme, mia, what, f" {code[:3]} {code[3:]}")
    assert refusal(world.acme, mia, what, code) == "Usage authorization token invalid"
    with pytest.raises(Refused):
        authorizations.make(asks(world.acme, mia.id), offer(world.acme).offer_id)


def test_a_code_is_not_used_up_by_a_use_that_another_check_refuses(world):
    mia, what = member(world.acme), offer(world.acme, needs_authorization=True, member_limit=1)
    first, second = (authorizations.make(asks(world.acme, mia.id), what.offer_id) for _ in range(2))
    use(world.acme, mia, what, first)
    assert refusal(world.acme, mia, what, second) == "User limit exceeded"
    terms.change(what, {"member_limit": 2})
    use(world.acme, mia, what, second)


def test_an_undone_use_is_kept_as_undone_and_the_limits_count_it_no_more(world):
    mia, what = member(world.acme), offer(world.acme, member_limit=1, global_limit=1, active_seconds=60)
    use(world.acme, mia, what)
    mistaken = OfferUse.get()
    uses.undo(world.acme.id, mistaken.uuid)
    case = told(world.acme, mia, what)
    assert (case.uses_left, case.row.active_until, checks.is_usable(case)) == (1, None, True)
    use(world.acme, mia, what)
    assert OfferUse.select().count() == 2 and OfferUse.get_by_id(mistaken.id).undone_at is not None
    with pytest.raises(Refused, match="undone before"):
        uses.undo(world.acme.id, mistaken.uuid)
    with pytest.raises(NotFound):
        uses.undo(world.rival.id, mistaken.uuid)
    assert verify.faults() == []


def test_an_offer_that_a_member_does_not_see_is_as_none(world):
    mia = member(world.acme)
    hidden, theirs = offer(world.acme, is_shown=False), offer(world.rival)
    sold = offer(world.acme, is_active=False)
    for what in (hidden, theirs, sold):
        with pytest.raises(OfferMissing):
            use(world.acme, mia, what)
        with pytest.raises(OfferMissing):
            told(world.acme, mia, what)
    assert OfferMember.select().count() == 0


def test_a_limit_below_what_was_used_leaves_nothing_and_is_no_fault(world):
    mia, what = member(world.acme), offer(world.acme)
    for _ in range(3):
        use(world.acme, mia, what)
    terms.change(what, {"member_limit": 2, "global_limit": 1})
    assert told(world.acme, mia, what).uses_left == 0
    assert refusal(world.acme, mia, what) == "User limit exceeded"


def test_two_who_become_one_have_the_uses_of_both_against_the_limits_of_one(world):
    what, liked = offer(world.acme, member_limit=3), offer(world.acme)
    gone, kept = member(world.acme), member(world.acme)
    use(world.acme, gone, what), use(world.acme, gone, liked)
    last = use(world.acme, kept, what)
    merging.merge(gone, kept)
    case = told(world.acme, kept, what)
    assert (case.uses_left, case.row.last_used_at) == (1, last.asking.now)
    assert told(world.acme, Member.get_by_id(gone.id), what).uses_left == 1  # Their old number leads to them.
    assert told(world.acme, kept, liked).row.uses == 1
    assert verify.faults() == []


def test_of_two_who_become_one_likes_grants_and_the_later_ban_stay(world):
    night, tea = offer(world.acme, type=EXCLUSIVE, member_limit=2), offer(world.acme, period="YEAR", period_limit=1)
    for seconds in ((60, None), (None, 60), (DAY, 60), (60, DAY), (None, DAY)):
        gone, kept = member(world.acme), member(world.acme)
        for who, lasts in zip((gone, kept), seconds, strict=True):
            grants.grant(asks(world.acme, who.id), night.offer_id, list(SCOPES), lasts)
        longest = max((lasts is None, lasts or 0) for lasts in seconds)
        likes.like(asks(world.acme, gone.id), tea.offer_id, list(SCOPES))
        use(world.acme, gone, night), use(world.acme, kept, night), use(world.acme, gone, tea)
        bans.ban(gone, clock.now() + timedelta(days=2), "Sold codes")
        bans.ban(kept, clock.now() + timedelta(days=1))
        merging.merge(gone, kept)
        assert told(world.acme, kept, tea).row.liked_at and not checks.is_usable(told(world.acme, kept, tea))
        until = told(world.acme, kept, night).row.granted_until
        assert (until is None) == longest[0]
        assert until is None or until > clock.micros() + (longest[1] - 30) * 1_000_000
        assert Member.get_by_id(kept.id).ban_reason == "Sold codes"
        bans.lift(kept)
        assert refusal(world.acme, kept, night) == "User limit exceeded"
        assert refusal(world.acme, kept, tea) == "Periodic user limit exceeded"
    assert verify.faults() == []


@pytest.fixture
def while_waiting(monkeypatch):
    """Something happens while a use waits for the row of its member."""

    def happens(something) -> None:
        locked = uses._locked

        def waited(*asked):
            something()
            return locked(*asked)

        monkeypatch.setattr(uses, "_locked", waited)

    return happens


def test_a_use_that_waited_over_the_end_of_a_period_is_of_the_period_in_which_its_turn_comes(
    world, in_berlin, now_is, while_waiting
):
    now_is(2026, 3, 31, 21, 59, 59)
    mia, what = member(world.acme), offer(world.acme, period="MONTH", period_limit=1)
    use(world.acme, mia, what)
    while_waiting(lambda: now_is(2026, 3, 31, 22, 0, 0))
    case = use(world.acme, mia, what)
    assert (case.period_left, case.asking.now) == (0, clock.micros())
    assert OfferUse.select().order_by(OfferUse.id.desc()).get().used_at == clock.now()
    assert refusal(world.acme, mia, what) == "Periodic user limit exceeded"


def test_a_member_who_is_banned_while_they_wait_uses_nothing(world, while_waiting):
    mia, what = member(world.acme), offer(world.acme, global_limit=5)
    while_waiting(lambda: bans.ban(mia, clock.now() + timedelta(days=1)))
    with pytest.raises(Banned):
        use(world.acme, mia, what)
    assert OfferUse.select().count() == 0 and MemberTerms.get_by_id(what.id).uses == 0
    assert verify.faults() == []


def test_the_last_use_that_others_made_since_it_was_read_is_not_made_again(world, monkeypatch):
    mia, what = member(world.acme), offer(world.acme, global_limit=1)
    read = uses.cases.of

    def late(*asked):
        found = read(*asked)
        MemberTerms.update(uses=1).where(MemberTerms.id == what.id).execute()
        return found

    monkeypatch.setattr(uses.cases, "of", late)
    with pytest.raises(uses.Unusable, match="Global limit exceeded"):
        use(world.acme, mia, what)
    assert OfferUse.select().count() == 0 and not OfferMember.select().where(OfferMember.uses > 0).exists()


def test_who_is_erased_uses_nothing_more_and_what_was_used_counts(world):
    mia, what = member(world.acme), offer(world.acme, global_limit=2)
    use(world.acme, mia, what)
    members.erase(mia)
    with pytest.raises(OfferMissing):
        use(world.acme, mia, what)
    assert told(world.acme, member(world.acme), what).uses_left == 1 and verify.faults() == []


def test_what_was_granted_to_nobody_who_may_have_it_is_refused_with_its_word(world):
    mia = member(world.acme)

    def word(what) -> str:
        with pytest.raises(Refused) as refused:
            grants.grant(asks(world.acme, mia.id), what.offer_id, list(SCOPES))
        return refused.value.sentence

    assert word(offer(world.acme)) == "Not grantable"
    assert word(offer(world.acme, type=EXCLUSIVE, usable_until=clock.now() - timedelta(days=1))) == "Not grantable"
    spent = offer(world.acme, type=EXCLUSIVE, global_limit=1)
    grants.grant(asks(world.acme, mia.id), spent.offer_id, list(SCOPES))
    use(world.acme, mia, spent)
    assert word(spent) == "Global limit exceeded"
    for seconds in (0, -1, 10**12):
        with pytest.raises(Invalid):
            grants.grant(asks(world.acme, mia.id), spent.offer_id, list(SCOPES), seconds)


def test_what_was_asked_for_by_a_forms_key_is_not_done_again(world):
    mia, tom, what = member(world.acme), member(world.acme), offer(world.acme, member_limit=1)
    for who in (mia, mia, tom):
        assert uses.use(asks(world.acme, who.id), what.offer_id, list(SCOPES), once="key").row.uses == 1
    assert OfferUse.select().where(OfferUse.terms == what).count() == 2
