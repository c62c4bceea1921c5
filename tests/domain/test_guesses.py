"""Counters of guesses: nobody empties, evicts or fills them for others, and the table that holds them is bounded and ages."""

import pytest

from portal import clock
from portal.database import transaction
from portal.domain import sealing
from portal.domain.accounts.sign_ins import guesses
from portal.domain.accounts.sign_ins.guesses import Counter, TooMany
from portal.domain.accounts.sign_ins.tables import Guess
from portal.domain.keeping import keeping

pytestmark = pytest.mark.usefixtures("engine")
OWNER = Counter("password", "owner@acme.example", 3, 600)


@pytest.fixture(autouse=True)
def secret(settings):
    sealing.use_secret(settings.secret_key)


def taken(*counters) -> bool:
    try:
        guesses.take(*counters)
    except TooMany:
        return False
    return True


def test_no_refusal_around_it_undoes_that_a_guess_was_counted():
    with pytest.raises(RuntimeError), transaction():
        guesses.take(OWNER)


def test_so_many_at_once_and_then_one_more_now_and_then(monkeypatch):
    assert [taken(OWNER) for _ in range(5)] == [True, True, True, False, False]
    wall = clock.wall_micros()
    for later, allowed in ((199, False), (201, True), (202, False), (403, True), (1200, True)):
        monkeypatch.setattr(clock, "wall_micros", lambda later=later: wall + later * 1_000_000)
        assert taken(OWNER) is allowed, later


def test_the_clock_of_a_test_mode_brings_no_more():
    assert [taken(OWNER) for _ in range(3)] == [True] * 3
    with clock.acting(86_400):
        assert not taken(OWNER)


def test_a_refusal_says_when_one_more_is_counted():
    for _ in range(3):
        guesses.take(OWNER)
    with pytest.raises(TooMany) as refusal:
        guesses.take(OWNER)
    assert 190 <= refusal.value.seconds <= 200


def test_what_was_no_guess_is_given_back():
    for _ in range(20):
        guesses.take(OWNER)
        guesses.give_back(OWNER)
    guesses.give_back(Counter("password", "never@tried.example", 3, 600))


def test_a_refused_guess_counts_nothing_for_others():
    mine, ours = Counter("address", "192.0.2.7", 1, 600), OWNER
    assert taken(mine, ours)
    assert not any(taken(mine, ours) for _ in range(20))
    assert [taken(ours) for _ in range(3)] == [True, True, False]


def test_thousands_of_other_names_put_no_counter_out():
    for _ in range(3):
        guesses.take(OWNER)
    for number in range(2000):
        guesses.take(Counter("password", f"{number}@flood.example", 3, 600))
    assert not taken(OWNER)


def test_the_table_is_bounded_and_nobody_can_aim_at_a_bucket():
    buckets = {Counter("password", f"{number}@flood.example", 3, 600).bucket for number in range(1000)}
    assert max(buckets) - min(buckets) < guesses.BUCKETS and len(buckets) > 990
    assert OWNER.bucket // guesses.BUCKETS == min(buckets) // guesses.BUCKETS
    assert OWNER.bucket // guesses.BUCKETS != OWNER._replace(kind="code").bucket // guesses.BUCKETS
    before = OWNER.bucket
    sealing.use_secret("another secret key of thirty-two characters")
    assert OWNER.bucket != before


def test_counters_go_once_they_are_quiet_and_not_before(monkeypatch):
    taken(OWNER), taken(Counter("code", "7", 1, 864_000))
    wall = clock.wall_micros()
    for later, left in ((0, 2), (86_400 + 100, 2), (86_400 + 300, 1), (86_400 * 11 + 1, 0)):
        monkeypatch.setattr(clock, "wall_micros", lambda later=later: wall + later * 1_000_000)
        keeping.forget_old()
        assert Guess.select().count() == left, later
