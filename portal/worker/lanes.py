"""Lanes: each kind of work has threads of its own, so that one which waits for a slow host delays no other.

Within a lane the rows say whose turn it is and what is taken (`portal/domain/turns.py`), so any number of workers may run.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from portal import clock
from portal.config import Settings
from portal.database import LOST, mend_connection, rest_connection
from portal.domain.events import log
from portal.domain.installation import marks

_LOOKS_EVERY, _LOOKS_AGAIN, _REMEMBERS_EVERY = 60.0, 1.0, 50.0  # seconds
_ENDS_WITHIN = 20.0  # Seconds for all; what is not done by then is under leases, as when the worker is killed.
_logger = logging.getLogger("portal.worker")


@dataclass(frozen=True)
class Drain:
    """A kind of work. `step` does one short piece that is due, in turns between partners, and says whether there was one.

    `hands` are the pieces done at once, more than one where a piece waits for somebody outside. `by_events` has it looked
    for after each commit that records a fact, `looks_again` a second later for as long as it says so.
    """

    name: str
    step: Callable[[Settings], bool]
    hands: int = 1
    by_events: bool = False
    looks_again: Callable[[], bool] = bool


class Lane:
    """A drain at its work: its hands look when they are woken, and once a minute for what became due by itself."""

    def __init__(self, drain: Drain, settings: Settings):
        self._drain, self._settings = drain, settings
        self._woken, self._ended = threading.Event(), threading.Event()
        self._remembers_at = 0.0
        self._hands = [
            threading.Thread(target=self._work, name=f"{drain.name}-{number}", daemon=True)
            for number in range(drain.hands)
        ]

    def start(self) -> None:
        """Begin, with a look at once."""
        for hand in self._hands:
            hand.start()

    def wake(self) -> None:
        """Have it look now."""
        self._woken.set()

    def end(self, until: float) -> None:
        """Finish what is being done, and no more; waits until this moment of the monotonic clock at most."""
        self._ended.set()
        self._woken.set()
        for hand in self._hands:
            hand.join(max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while not self._ended.is_set():
            again = run(self._drain, self._settings, self._ended.is_set)
            self._remember_look()
            rest_connection()
            self._woken.wait(_LOOKS_AGAIN if again else _LOOKS_EVERY)
            if not self._ended.is_set():
                self._woken.clear()

    def _remember_look(self) -> None:
        """For the operator's board, about once a minute."""
        if time.monotonic() >= self._remembers_at:
            self._remembers_at = time.monotonic() + _REMEMBERS_EVERY
            _remember(marks.looked, self._drain)


class Lanes:
    """All lanes of a worker."""

    def __init__(self, drains: tuple[Drain, ...], settings: Settings):
        self._lanes = {drain.name: Lane(drain, settings) for drain in drains}

    def start(self) -> None:
        """Begin the work of every kind."""
        for lane in self._lanes.values():
            lane.start()

    def wake(self, name: str) -> None:
        """Have the lane look now. Another release may have asked for one that is not here."""
        if name in self._lanes:
            self._lanes[name].wake()

    def end(self) -> None:
        """Finish what is being done, within some seconds."""
        until = time.monotonic() + _ENDS_WITHIN
        for lane in self._lanes.values():
            lane.end(until)


def run(drain: Drain, settings: Settings, is_ended: Callable[[], bool] = bool) -> bool:
    """Do what is due, as the system and on the wall's clock; whether to look again soon.

    What fails is logged, and left to the next look.
    """
    clock.use(0)
    log.acting_as(log.SYSTEM)
    try:
        while not is_ended() and _with_live_connection(drain.step, settings):
            pass
        return drain.looks_again()
    except Exception as error:
        _logger.exception("draining %s failed and is tried again within a minute: %s", drain.name, error)
        mend_connection()  # Whatever state it is in, the next look starts afresh.
        _remember(marks.failed, drain)
        return False


def _remember(mark: Callable[[str], None], drain: Drain) -> None:
    """The board can do without, where the database is away."""
    try:
        mark(drain.name)
    except Exception as error:
        _logger.warning("that %s was looked at could not be remembered: %s", drain.name, error)
        mend_connection()


def _with_live_connection(step: Callable[[Settings], bool], settings: Settings) -> bool:
    """The connection may have died since the last look: then a second try has another, and nobody waits a minute."""
    try:
        return step(settings)
    except LOST:
        mend_connection()
        return step(settings)
