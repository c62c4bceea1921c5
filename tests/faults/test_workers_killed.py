"""A job worker that is killed in the middle of settling deals: nothing is done twice, nothing is left undone."""

from pathlib import Path

import pytest

from portal.domain import verify
from tests.faults.due import due_now, leave_due_deals, refuse_twice, settled, wake
from tests.faults.shop import until

ROUNDS = [pytest.param(2, id="short"), pytest.param(20, id="long", marks=pytest.mark.long)]
MANY, THREADS = 200, 8


@pytest.fixture
def workers(portal):
    """The names of two workers at work on the portal."""
    names = ["worker", "worker2"]
    for name in names:
        start(portal, name)
    return names


def start(portal, name: str) -> None:
    """A worker, at its work once its four threads and its schedule run beside the main one."""
    portal.start(name)
    threads = Path(f"/proc/{portal.processes[name].pid}/task")
    until(lambda: len(list(threads.iterdir())) >= 6, f"{name} at its work")


def settling(portal, name: str) -> None:
    """Return in the middle of the work."""
    leave_due_deals(portal, MANY, name)
    with portal.connected():
        before = sum(settled().values())
        wake(portal, THREADS)
        until(lambda: sum(settled().values()) >= before + 10, "the workers to begin")


@pytest.mark.parametrize("rounds", ROUNDS)
def test_the_other_worker_does_the_rest(portal, workers, rounds):
    for round_ in range(1, rounds + 1):
        settling(portal, f"one{round_}")
        portal.kill(workers[round_ % 2])
        with portal.connected():
            assert due_now()
            wake(portal)  # The schedule would, within a minute.
            until(lambda: not due_now(), "the rest", 30)
            refuse_twice(round_ * MANY)
            assert verify.faults() == []
        start(portal, workers[round_ % 2])


def test_the_next_worker_does_the_rest_when_both_are_killed(portal, workers):
    settling(portal, "both")
    for name in workers:
        portal.kill(name)
    with portal.connected():
        assert due_now()
        assert verify.faults() == []
        portal.start("worker")
        until(lambda: not due_now(), "the rest", 30)
        refuse_twice(MANY)
        assert verify.faults() == []
