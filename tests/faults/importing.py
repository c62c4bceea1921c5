"""Workers that are killed while they import a file."""

from collections.abc import Callable
from datetime import timedelta

from portal import clock
from portal.worker.queue import drain_task, queue_for
from tests.support.waiting import until


def kill_in_the_middle(portal, imports: type, drain: str, begun: Callable[[], bool]) -> None:
    """Start a worker, and kill it once the work has begun. A second of its lease is left."""
    portal.start("worker")
    drain_task(queue_for(portal.settings))(drain)
    until(begun, "the worker to begin")
    portal.kill("worker")
    ends = clock.now() + timedelta(seconds=1)
    imports.update(due_at=ends).where(imports.due_at.is_null(False)).execute()


def go_on(portal, ended: Callable[[], bool]) -> None:
    """Start a worker that nobody wakes: it looks by itself until the dead one's lease is over."""
    portal.start("worker")
    until(ended, "the rest")
    portal.kill("worker")
