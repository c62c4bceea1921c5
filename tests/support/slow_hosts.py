"""Hosts that answer, a byte now and then, until a test lets go of them."""

import threading
from contextlib import contextmanager

from tests.delivery.servers import serving

_PAUSE_SECONDS = 0.05


class Dripping:
    """A host that drips the head of an HTTP answer: whoever waits for each byte alone waits for ever."""

    def __init__(self):
        self.port = self.most_open = self._open = 0
        self._let_go, self._lock = threading.Event(), threading.Lock()

    @contextmanager
    def serving(self):
        """Serve on loopback; let go of all at the end."""
        with serving(self._drip) as served:
            self.port = served.port
            try:
                yield self
            finally:
                self.let_go()

    def open_now(self) -> int:
        """How many wait for it."""
        return self._open

    def let_go(self) -> None:
        """Hang up on all that wait, and on those who come."""
        self._let_go.set()

    def _drip(self, line, served) -> None:
        self._count(1)
        try:
            while not self._let_go.wait(_PAUSE_SECONDS):
                line.sendall(b"H")
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._lock:
            self._open += change
            self.most_open = max(self.most_open, self._open)
