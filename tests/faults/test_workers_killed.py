"""A job worker that is killed in the middle of settling deals: nothing is done twice, nothing is left undone."""

from pathlib import Path

import pytest

from portal.domain import verify
from portal.domain.affiliate.deals.tables import Deal
from portal.worker.drains import DRAINS
from tests.faults.due import due_now, leave_due_deals, refuse_twice, settled, wake
from tests.support.waiting import until

ROUNDS = [pytest.param(2, id="short"), pytest.param(20, id="long", marks=pytest.mark.long)]
MANY, THREADS, TRIES = 200, 8, 5


@pytest.fixture
def workers(portal):
    """The names of two workers at work on the portal."""
    names = ["worker", "worker2"]
    for name in names:
        start(portal, name)
    return names


def start(portal, name: str) -> None:
    """A worker, at its work once a thread of each lane and those of the queue run beside the main one."""
    portal.start(name)
    threads = Path(f"/proc/{portal.processes[name].pid}/task")
    until(lambda: len(list(threads.iterdir())) >= len(DRAINS) + 3, f"{name} at its work")


def kill_in_the_middle(portal, *names: str) -> None:
    """Kill these workers while deals are being settled. When they were quicker than that, they get more deals."""
    for _ in range(TRIES):
        leave_due_deals(portal, MANY)
        with portal.connected():
            before = sum(settled().values())
            wake(portal, THREADS)
            until(lambda before=before: sum(settled().values()) >= before + 10, "the workers to begin")
            for name in names:
                portal.kill(name)
            if due_now():
                return
        for name in names:
            start(portal, name)
    raise AssertionError(f"the workers were quicker {TRIES} times")


@pytest.mark.parametrize("rounds", ROUNDS)
def test_the_other_worker_does_the_rest(portal, workers, rounds):
    for round_ in range(rounds):
        dead = workers[round_ % 2]
        kill_in_the_middle(portal, dead)
        with portal.connected():
            wake(portal)  # The schedule would, within a minute.
            until(lambda: not due_now(), "the rest")
            refuse_twice(Deal.select().count())
            assert verify.faults() == []
        start(portal, dead)


def test_the_next_worker_does_the_rest_when_both_are_killed(portal, workers):
    kill_in_the_middle(portal, *workers)
    with portal.connected():
        assert verify.faults() == []
        portal.start("worker")
        until(lambda: not due_now(), "the rest")
        refuse_twice(Deal.select().count())
        assert verify.faults() == []
