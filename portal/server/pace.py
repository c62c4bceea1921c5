"""A connection whose client has to keep a least pace: who sends or takes a little now and then holds a thread as long as who stands
still, and no timeout of the system ends it. And one that sends the head of an answer with what follows it."""

import errno
import socket
import time

SECONDS = 30  # of waiting for the client, at each of which it is asked what came of it
LEAST = 16_000  # bytes a second: what the slowest mobile networks carry


class PacedSocket(socket.socket):
    """Counts how long a thread has waited for the client, and what has come or gone meanwhile."""

    waited = 0.0
    carried = 0
    _holds_next = False
    _held = b""

    @classmethod
    def of(cls, client: socket.socket) -> "PacedSocket":
        """The same connection, in place of the one that was accepted."""
        return cls(client.family, client.type, client.proto, fileno=client.detach())

    def begin(self) -> None:
        """A request is served from here on."""
        self.waited, self.carried = 0.0, 0

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What has come. Raises BlockingIOError where it comes too slowly."""
        since = time.monotonic()
        data = super().recv(size, flags)
        self._count(since, len(data))
        return data

    def hold(self) -> None:
        """What is sent next waits for what is sent after it."""
        self._holds_next = True

    def let_go(self) -> None:
        """Send what still waits: an answer may be a head alone."""
        self._holds_next = False
        if self._held:
            self.sendall(b"")

    def drop(self) -> None:
        """Forget what still waits."""
        self._holds_next, self._held = False, b""

    def sendall(self, data, flags: int = 0) -> None:
        """Send all of it, after what waits for it. Raises BlockingIOError where it is taken too slowly."""
        if self._holds_next:
            self._holds_next, self._held = False, data
            return
        if self._held:
            data, self._held = self._held + data, b""
        left = memoryview(data)
        while left:
            since = time.monotonic()
            sent = self.send(left, flags)
            left = left[sent:]
            self._count(since, sent)

    def _count(self, since: float, carried: int) -> None:
        self.waited += time.monotonic() - since
        self.carried += carried
        if self.waited >= SECONDS:
            if self.carried < SECONDS * LEAST:
                raise BlockingIOError(errno.EAGAIN, "the client is too slow")
            self.begin()
