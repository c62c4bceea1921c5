"""Following a promoter's link: where it leads, and the click that is kept of it.

Clicks are the one thing that is not durable before the answer: they wait for at most half a second and are written
together, so that a crash may lose the last second of them (design: "Rules of the data", 10).
"""

import atexit
import logging
import threading
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import AWAY, Statement, mend_connection, transaction
from portal.domain.affiliate.clicks import addresses, keys, targets, visitors

DESKTOP, MOBILE = "Desktop", "Mobile"
PAUSE_SECONDS = 0.5
_TOGETHER, _MOST_WAITING = 100, 20_000
_LONGEST_QUERY = 2000
_logger = logging.getLogger("portal.clicks")


_EARLY = Statement(
    """INSERT INTO click (key, promotion_id, query, device, at) VALUES (:key, :promotion, '', 'All', :at)
    ON CONFLICT (key) DO NOTHING"""
)
_ID = Statement("SELECT id FROM click WHERE key = :key")


class Click(NamedTuple):
    """A click as it waits to be written; its moment in microseconds. The visitor is never written."""

    key: str
    promotion: int
    landing: int | None
    query: str
    device: str
    at: int
    visitor: str = ""


def follow(name: str, landing_code: str | None, query: str, device: str) -> tuple[str, Click]:
    """Where the link leads, with `myshare` and `click` added, and the click to be kept. Raises NotFound.

    `name` is a promoter's uid, or what a promoter calls a link. `query` is the link's own, one character a byte; it
    travels along as it is.
    """
    target, query = targets.of(name, landing_code, query, device)
    key, at = keys.new(target.promotion_id, target.clock_offset)
    travelling = addresses.travelling(query)
    place = addresses.leading_to(target.url, travelling, target.uid, key)
    return place, Click(key, target.promotion_id, target.landing_id, travelling[:_LONGEST_QUERY], device, at)


def write_early(key: str, promotion: int, at: int) -> int:
    """Write a click whose deal was quicker, in the transaction of the deal; its row's id. The batch completes it."""
    _EARLY.run(key=key, promotion=promotion, at=at)
    return _ID.value(key=key)


def keep(click: Click, visitor: str = "") -> None:
    """Have the click written with the next batch. When the database is away for long, the oldest are given up.

    `visitor` is what tells one from another, such as address and browser together.
    """
    _batch.add(click._replace(visitor=visitor))


def flush() -> None:
    """Write what waits now; what is being written is written when it returns."""
    _batch.flush()


def discard() -> None:
    """Forget what waits."""
    _batch.take()


class _Batch:
    """Clicks that wait, and the thread that writes them; it starts with the first click of its process."""

    def __init__(self):
        self._waiting: list[Click] = []
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, click: Click) -> None:
        with self._lock:
            self._waiting.append(click)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="clicks", daemon=True)
                self._thread.start()
                atexit.register(self.flush)
        self._woken.set()

    def take(self) -> list[Click]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken

    def flush(self) -> None:
        with self._writing:
            taken = self.take()
            for first in range(0, len(taken), _TOGETHER):
                try:
                    _write(taken[first : first + _TOGETHER])
                except AWAY:
                    self._put_back(taken[first:])
                    raise

    def _put_back(self, clicks: list[Click]) -> None:
        with self._lock:
            self._waiting[:0] = clicks
            lost = len(self._waiting) - _MOST_WAITING
            if lost > 0:
                del self._waiting[:lost]
                _logger.error("%d clicks were given up: the database is away", lost)

    def _run(self) -> None:
        clock.use(0)
        while True:
            self._woken.wait()
            self._woken.clear()
            threading.Event().wait(PAUSE_SECONDS)
            try:
                self.flush()
            except Exception as error:
                _logger.exception("clicks could not be written and are tried again: %s", error)
                mend_connection()
                self._woken.set()


_batch = _Batch()


def _write(clicks: list[Click]) -> None:
    given = {
        f"{name}_{number}": value for number, click in enumerate(clicks) for name, value in click._asdict().items()
    }
    with transaction():
        first = visitors.first_today([(click.promotion, click.visitor) for click in clicks])
        _insert(len(clicks)).run(**given, **{f"is_first_{number}": is_first for number, is_first in enumerate(first)})


@cache
def _insert(count: int) -> Statement:
    """One insert of so many rows; a click that its deal wrote first is completed."""
    names = ("key", "promotion", "landing", "query", "device", "at", "is_first")
    places = ([f":{name}_{number}" for name in names] for number in range(count))
    rows = ", ".join(f"({', '.join(row)})" for row in places)
    return Statement(
        f"""INSERT INTO click (key, promotion_id, landing_id, query, device, at, is_first) VALUES {rows}
        ON CONFLICT (key) DO UPDATE SET landing_id = excluded.landing_id, query = excluded.query,
        device = excluded.device, is_first = excluded.is_first"""
    )
