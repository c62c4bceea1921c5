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
        client = self.free.pop() if self.free else self._opened()
        self._send(client, next(self.asks), due)

    def _opened(self) -> Connection:
        if len(self.every) >= _MOST:
            raise TimeoutError(f"{_MOST} requests wait for an answer")
        client = Connection(self.port)
        self.every.append(client)
        self.selector.register(client.socket, selectors.EVENT_READ, client)
        return client

    def _send(self, client: Connection, ask: Ask, due: float) -> None:
        try:
            client.send(ask)
        except ConnectionError:
            self._drop(client)
            client = self._opened()
            client.send(ask)
        client.began = due

    def _drop(self, client: Connection) -> None:
        self.selector.unregister(client.socket)
        client.socket.close()
        self.every.remove(client)

    def _take(self, client: Connection) -> None:
        try:
            if not client.is_answered():
                return
        except ConnectionError:
            return self._let_go(client)
        if client.is_right():
            self.sample.latencies.append(time.perf_counter() - client.began)
        else:
            self.sample.fail(client.data[:160].decode(errors="replace"))
        self.free.append(client)

    def _let_go(self, client: Connection) -> None:
        """The server ended the connection, as a worker does that has answered so many: what was not answered is asked anew."""
        if client.data and client not in self.free:
            raise ConnectionError("the server closed the connection within an answer")
        self._drop(client)
        if client in self.free:
            self.free.remove(client)
        elif client.ask is not None:
            self._send(self._opened(), client.ask, client.began)

    def close(self) -> None:
        for client in self.every:
            client.socket.close()
        self.selector.close()
