"""One writer at a time on SQLite: a short lock on a file of its own, with a bounded wait.

SQLite's own busy handler sleeps longer and longer, so that under load some writers starve. Queueing in front
of BEGIN IMMEDIATE keeps the slowest write an order of magnitude quicker (threads queue on a mutex, processes on flock).
"""

import fcntl
import os
import threading
import time
from contextlib import contextmanager

WAIT_SECONDS = 5.0
_PAUSE_SECONDS = 0.00001  # The system adds seven times as much by itself; a lock that is free meanwhile is nobody's.


class Busy(Exception):
    """The database could not take the write in time; nothing was written, and trying again is right."""

    sentence = "The portal is busy; nothing was written. Try again in a moment."


class WriteLock:
    """A lock shared by the threads of this process and by every process on this machine."""

    def __init__(self, path: str):
        self.path = path
        self._threads = threading.Lock()
        self._descriptor: int | None = None

    @contextmanager
    def held(self, wait: float = WAIT_SECONDS):
        """Hold the lock. Raises Busy when it is not had within `wait` seconds."""
        deadline = time.monotonic() + wait
        if not self._threads.acquire(timeout=wait):
            raise Busy(Busy.sentence)
        try:
            descriptor = self._lock_file(deadline)
            try:
                yield
            finally:
                fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _lock_file(self, deadline: float) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return self._descriptor
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy(Busy.sentence) from None
                time.sleep(_PAUSE_SECONDS)
