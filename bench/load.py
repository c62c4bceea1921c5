"""A closed loop of keep-alive connections, as cheap as can be per request, that checks every answer."""

import re
import selectors
import socket
import time
from dataclasses import dataclass, field

CONNECTIONS = 8
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_BODILESS = b"HTTP/1.1 304 "
_GIVE_UP_SECONDS = 30
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as it goes over the wire, and what its answer must have."""

    sent: bytes
    status: int = 200
    piece: bytes = b""


@dataclass
class Sample:
    """What one stretch of load gave: seconds from the first request to the last answer, and each answer's latency."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""

    @property
    def rate(self) -> float:
        """Right answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def fail(self, why: str) -> None:
        """Count a wrong answer and remember the first."""
        self.errors += 1
        self.first_error = self.first_error or why


class Connection:
    """One client: sends, gathers the whole answer, and can say whether it is the right one."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), _GIVE_UP_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ask: Ask | None = None
        self.data = b""
        self.began = 0.0

    def send(self, ask: Ask) -> None:
        self.ask, self.data, self.began = ask, b"", time.perf_counter()
        self.socket.sendall(ask.sent)

    def is_answered(self) -> bool:
        """Take what has come; whether the answer is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server closed the connection")
        self.data = self.data + part if self.data else part
        end = self.data.find(b"\r\n\r\n")
        if end >= 0 and self.data.startswith(_BODILESS):
            return True
        length = _LENGTH.search(self.data, 0, end + 2) if end >= 0 else None
        return length is not None and len(self.data) >= end + 4 + int(length[1])

    def is_right(self) -> bool:
        return self.data.startswith(b"HTTP/1.1 %d " % self.ask.status) and self.ask.piece in self.data


def load(port: int, asks, seconds: float, connections: int = CONNECTIONS) -> Sample:
    """Send `next(asks)` again and again on so many connections for so many seconds."""
    sample = Sample()
    began = time.perf_counter()
    try:
        _run(port, asks, began + seconds, connections, sample)
    except (OSError, TimeoutError) as error:
        sample.fail(str(error))
    sample.seconds = time.perf_counter() - began
    return sample


def _run(port: int, asks, end: float, connections: int, sample: Sample) -> None:
    with selectors.DefaultSelector() as selector:
        clients = [Connection(port) for _ in range(connections)]
        try:
            for client in clients:
                selector.register(client.socket, selectors.EVENT_READ, client)
                client.send(next(asks))
            _serve(selector, asks, end, connections, sample)
        finally:
            for client in clients:
                client.socket.close()


def _serve(selector, asks, end: float, busy: int, sample: Sample) -> None:
    while busy:
        ready = selector.select(_GIVE_UP_SECONDS)
        if not ready:
            raise TimeoutError(f"no answer within {_GIVE_UP_SECONDS} seconds")
        for key, _ in ready:
            client = key.data
            if not client.is_answered():
                continue
            now = time.perf_counter()
            if client.is_right():
                sample.latencies.append(now - client.began)
            else:
                sample.fail(client.data[:_SHOWN].decode(errors="replace"))
            if now < end:
                client.send(next(asks))
            else:
                busy -= 1
