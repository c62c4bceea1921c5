"""The task queue: how the web has a worker look. What is due stands in the domain's rows, and is found without it, too."""

import logging
import time
from collections.abc import Callable
from threading import Lock

import psycopg
from huey import Huey, PostgresHuey, SqliteHuey
from huey.serializer import SignedSerializer

from portal import config, private_files
from portal.domain.events import log
from portal.worker.drains import DRAINS

_DELAY_SECONDS = 1
_WOKEN_BY_EVENTS = tuple(drain.name for drain in DRAINS if drain.by_events)
_logger = logging.getLogger("portal.worker")


def _elsewhere(name: str) -> None:
    """The process that asks does nothing itself."""


def queue_for(settings: config.Settings) -> Huey:
    """The queue: in PostgreSQL itself, or in a file of its own beside SQLite's (on the same file it would lock itself out)."""
    # Tasks are pickled; the signature keeps whoever can write to the queue from running code here.
    shared = {"serializer": SignedSerializer(secret=settings.secret_key, salt="portal.queue"), "results": False}
    if not settings.is_sqlite:
        return _in_postgresql(lambda: PostgresHuey("portal", dsn=settings.database_url, **shared))
    private_files.folder(settings.data_dir)
    # Nothing is lost with the queue, so it need not be synced or kept in a write-ahead log.
    path = settings.data_dir / "queue.db"
    private_files.file(path)
    return SqliteHuey("portal", filename=str(path), fsync=False, journal_mode="truncate", timeout=1, **shared)


def _in_postgresql(opened: Callable[[], Huey]) -> Huey:
    """Of two processes that make the queue's tables at once, PostgreSQL refuses the second, which then finds them made."""
    try:
        return opened()
    except psycopg.errors.UniqueViolation:
        return opened()


def drain_task(queue: Huey, look: Callable[[str], None] = _elsewhere):
    """The queue's one task, `drain(name)`: has a worker look for one kind of due work."""

    @queue.task(name="drain")
    def drain(name: str) -> None:
        look(name)

    return drain


class Waker:
    """Asks the worker to look. Many calls within a second are one task; a lost queue never fails the caller."""

    def __init__(self, settings: config.Settings):
        self._settings = settings
        self._task = None
        self._covered_until: dict[str, float] = {}
        self._lock = Lock()

    def wake(self, name: str) -> None:
        """Have the drain run a second from now. What was committed before this call is seen by it."""
        if time.monotonic() < self._covered_until.get(name, 0.0):
            return
        with self._lock:
            if time.monotonic() < self._covered_until.get(name, 0.0):
                return
            self._covered_until[name] = time.monotonic() + _DELAY_SECONDS
            self._enqueue(name)

    def on_events(self) -> None:
        """Something was recorded: wake whatever may have work by it."""
        for name in _WOKEN_BY_EVENTS:
            self.wake(name)

    def _enqueue(self, name: str) -> None:
        tries = 1 if self._settings.is_sqlite else 2  # A connection that died meanwhile is noticed by using it.
        for left in reversed(range(tries)):
            try:
                return self._put(name)
            except Exception:
                if not left:
                    # The row is committed, and is found within a minute: no reason to fail the request.
                    _logger.exception("the queue could not be told to drain %s", name)

    def _put(self, name: str) -> None:
        if self._task is None:
            self._task = drain_task(queue_for(self._settings))
        self._task.schedule(args=(name,), delay=_DELAY_SECONDS)


_waker: Waker | None = None


def wake(name: str) -> None:
    """Have the drain of this name run soon; nothing where no queue was set up."""
    if _waker is not None:
        _waker.wake(name)


def wake_on_events(settings: config.Settings) -> None:
    """Have the worker woken after each commit that recorded events or put a mail."""
    global _waker
    _waker = Waker(settings)
    log.when_recorded(_waker.on_events)
