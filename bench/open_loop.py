"""An open loop: requests begin when they are due, however long others take, as those of people who know nothing of each other do.

A request that finds no connection free opens another one; its time counts from when it was due.
"""

import selectors
import time
from collections.abc import Callable, Iterator

from bench.load import Ask, Connection, Sample

_MOST = 128  # connections
_LOOKS_EVERY = 0.5  # seconds between the questions whether it is over


def load(port: int, asks: Iterator[Ask], rate: float, is_over: Callable[[float], bool]) -> Sample:
    """Send `rate` requests a second until it is over, which is asked with the seconds that have passed."""
    loop = _Loop(port, asks, rate)
    began = time.perf_counter()
    try:
        loop.run(began, is_over)
    except (OSError, TimeoutError) as error:
        loop.sample.fail(str(error))
    finally:
        loop.close()
    loop.sample.seconds = time.perf_counter() - began
    return loop.sample


class _Loop:
    """The connections, those of them that are free, and what they gave."""

    def __init__(self, port: int, asks: Iterator[Ask], rate: float):
        self.port, self.asks, self.pause = port, asks, 1 / rate
        self.sample, self.free, self.every = Sample(), list[Connection](), list[Connection]()
        self.selector = selectors.DefaultSelector()

    def run(self, began: float, is_over: Callable[[float], bool]) -> None:
        due, looks = began, began + _LOOKS_EVERY
        while True:
            now = time.perf_counter()
            while due <= now:
                self._begin(due)
                due += self.pause
            if now >= looks:
                if is_over(now - began):
                    return
                looks = now + _LOOKS_EVERY
            for key, _ in self.selector.select(max(0.0, min(due, looks) - time.perf_counter())):
                self._take(key.data)

    def _begin(self, due: float) -> None:
        if not self.free:
            if len(self.every) >= _MOST:
                raise TimeoutError(f"{_MOST} requests wait for an answer")
            self.free.append(Connection(self.port))
            self.every.append(self.free[0])
            self.selector.register(self.free[0].socket, selectors.EVENT_READ, self.free[0])
        client = self.free.pop()
        client.send(next(self.asks))
        client.began = due

    def _take(self, client: Connection) -> None:
        if not client.is_answered():
            return
        if client.is_right():
            self.sample.latencies.append(time.perf_counter() - client.began)
        else:
            self.sample.fail(client.data[:160].decode(errors="replace"))
        self.free.append(client)

    def close(self) -> None:
        for client in self.every:
            client.socket.close()
        self.selector.close()
