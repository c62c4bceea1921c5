"""A limit holds to the last request, however many processes count."""

import multiprocessing
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.server import limits
from portal.server.limits import Limiter, Policy
from portal.server.windows import Windows
from tests.support.starting import FORKS

POLICY = Policy("token", 50, 3600)


def take_many(kind: type[Limiter], path: str, tries: int, allowed) -> None:
    limiter = kind(Path(path))
    with_room = sum(limiter.take("token:1", POLICY).allowed for _ in range(tries))
    with allowed.get_lock():
        allowed.value += with_room


@pytest.mark.parametrize("kind", [Limiter, Windows])
def test_a_limit_is_exact_across_processes(tmp_path, kind):
    allowed = FORKS.Value("i", 0)
    processes = [FORKS.Process(target=take_many, args=(kind, str(tmp_path / "limits"), 40, allowed)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert allowed.value == POLICY.most


def test_callers_and_policies_are_counted_apart(tmp_path):
    limiter, one = Limiter(tmp_path / "limits"), Policy("a", 1, 3600)
    assert limiter.take("x", one).allowed
    assert not limiter.take("x", one).allowed
    assert limiter.take("y", one).allowed
    assert limiter.take("x", Policy("b", 1, 3600)).allowed


def test_a_refusal_says_when_to_come_back(tmp_path):
    limiter, one = Limiter(tmp_path / "limits"), Policy("token", 1, 60)
    limiter.take("x", one)
    headers = dict(limiter.take("x", one).headers())
    assert 0 < int(headers["Retry-After"]) <= 60
    assert headers["RateLimit-Policy"] == '"token";q=1;w=60'


def test_what_is_left_is_told(tmp_path):
    limiter = Limiter(tmp_path / "limits")
    assert [limiter.take("x", Policy("token", 3, 3600)).remaining for _ in range(3)] == [2, 1, 0]


def test_a_process_started_by_fork_counts_for_itself(tmp_path):
    limiter = Limiter(tmp_path / "limits")
    limiter.take("token:1", POLICY)
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=lambda: [limiter.take("token:1", POLICY) for _ in range(10)]) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert limiter.take("token:1", POLICY).remaining == POLICY.most - 32


def test_nobody_can_look_for_names_that_share_a_slot(tmp_path):
    one = Policy("a", 1, 3600)
    assert Limiter(tmp_path / "limits", "a secret").take("x", one).allowed
    assert Limiter(tmp_path / "limits", "another").take("x", one).allowed
    assert not Limiter(tmp_path / "limits", "a secret").take("x", one).allowed


def test_no_minute_has_more_than_a_window_allows_and_what_is_given_back_is_free(tmp_path, monkeypatch):
    now = [10**15]
    monkeypatch.setattr(limits, "time", SimpleNamespace(time_ns=lambda: now[0]))
    windows, policy = Windows(tmp_path / "guesses"), Policy("guesses", 3, 60)
    taken = []
    for _ in range(360):
        now[0] += 10**9
        taken += [now[0]] * windows.take("x", policy).allowed
    assert all(sum(begin <= moment < begin + 60 * 10**9 for moment in taken) <= 3 for begin in taken)
    assert len(taken) >= 3 * 360 // 60, "No less either."
    now[0] += 60 * 10**9
    first, *rest = [windows.take("x", policy) for _ in range(3)]
    refused = windows.take("x", policy)
    assert (refused.allowed, refused.remaining, refused.seconds) == (False, 0, 60)
    windows.give_back("x", policy, first.moment)
    assert [windows.take("x", policy).allowed for _ in range(2)] == [True, False]
    assert windows.take("y", policy).remaining == 2 and [each.remaining for each in rest] == [1, 0]
