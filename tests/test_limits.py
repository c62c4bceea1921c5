"""A limit holds to the last request, however many processes count."""

import multiprocessing
from pathlib import Path

from portal.server.limits import Limiter, Policy

POLICY = Policy("token", 50, 3600)


def take_many(path: str, tries: int, allowed) -> None:
    limiter = Limiter(Path(path))
    with_room = sum(limiter.take("token:1", POLICY).allowed for _ in range(tries))
    with allowed.get_lock():
        allowed.value += with_room


def test_a_limit_is_exact_across_processes(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    allowed = spawn.Value("i", 0)
    processes = [spawn.Process(target=take_many, args=(str(tmp_path / "limits"), 40, allowed)) for _ in range(4)]
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
