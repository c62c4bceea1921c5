"""Few threads serve all connections, so none is given to a client that has not asked for anything yet.

A connection waits with the others, costing nothing, until the head of its request has come whole, or until its time is up. In
the middle of a body, or of an answer, a client may stand still for a while only, and has to keep a pace (`pace`). Files, which take
long, have threads of their own.
"""

import socket
import struct
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from urllib.parse import unquote_to_bytes

from gunicorn.workers.gthread import TConn, ThreadWorker

from portal.server import file_threads
from portal.server.pace import PacedSocket

STALLED_SECONDS = 20
HEAD_SECONDS = 20
LOOKS_SECONDS = 0.1
LARGEST_HEAD = 65_536  # the server's own limits refuse what is longer
_USUAL_HEAD = 2048  # a look at it costs little, and it is taken at each request
_END_OF_HEAD = b"\r\n\r\n"


def end_stalls(listeners: Iterable, seconds: float = STALLED_SECONDS) -> None:
    """Let the connections that come in by these sockets fail when a read or a write has stood still for so long.

    The system's own timeouts are set, which connections inherit: the web server takes Python's off again.
    """
    whole = int(seconds)
    limit = struct.pack("ll", whole, int((seconds - whole) * 1_000_000))
    for listener in listeners:
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.setsockopt(socket.SOL_SOCKET, way, limit)


class PatientWorker(ThreadWorker):
    """The web server's threaded worker, in which silent and trickling connections hold no thread."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.begun: list[TConn] = []  # whose head has come in part: the poller would report them without end
        self.files = ThreadPoolExecutor(
            file_threads.AT_ONCE + 1, thread_name_prefix="files"
        )  # one says that there are too many

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """The threads of everything but files."""
        return ThreadPoolExecutor(self.cfg.threads, thread_name_prefix=file_threads.OF_PAGES)

    def accept(self, listener) -> None:
        """Take a connection in, and wait for its request."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        client = PacedSocket.of(client)
        connection = TConn(self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(connection)
        self.poller.register(client, EVENT_READ, partial(self.on_pending_socket_readable, connection))

    def on_pending_socket_readable(self, conn, client) -> None:
        """Something has come over a new connection."""
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self._serve_or_wait(conn)

    def on_client_socket_readable(self, conn, client) -> None:
        """Something has come over a connection that was kept alive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self._serve_or_wait(conn)

    def wait_for_and_dispatch_events(self, timeout) -> None:
        """Wait for events, and look now and then at what has come in part."""
        super().wait_for_and_dispatch_events(min(timeout, LOOKS_SECONDS) if self.begun else timeout)
        waiting, self.begun = self.begun, []
        for connection in waiting:
            self._serve_or_wait(connection)

    def _cap_keepalive(self, deadline) -> None:
        """A server that stops waits no longer for those who have not asked than for those who might ask again."""
        super()._cap_keepalive(deadline)
        for connection in (*self.pending_conns, *self.begun):
            connection.timeout = min(connection.timeout, deadline)

    def _serve_or_wait(self, connection: TConn) -> None:
        head = _whole_head(connection.sock)
        if head is not None:
            connection.data_ready = True
            connection.sock.begin()
            self.enqueue_req(connection, self.files if _names_file(head) else None)
        elif time.monotonic() < connection.timeout:
            self.begun.append(connection)
        else:
            self.nr_conns -= 1
            connection.close()

    def enqueue_req(self, conn: TConn, pool: ThreadPoolExecutor | None = None) -> None:
        """Give the request to a thread."""
        served = (pool or self.tpool).submit(self.handle, conn)
        served.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def handle_request(self, req, conn: TConn) -> bool:
        """Answer a request. The web server sends the head of an answer by itself, and each send costs both sides what a small answer
        does: here it waits for what follows."""
        conn.sock.hold()
        try:
            is_kept = super().handle_request(req, conn)
            conn.sock.let_go()
            return is_kept
        finally:
            conn.sock.drop()  # What the web server says of a failure waits for nothing.


def _names_file(head: bytes) -> bool:
    line, _, _ = head.partition(b"\r\n")
    return b".csv" in (unquote_to_bytes(line) if b"%" in line else line)


def _whole_head(client: socket.socket) -> bytes | None:
    """The head when a thread can read it without waiting, empty when the client is gone; None until then."""
    for room in (_USUAL_HEAD, LARGEST_HEAD):
        try:
            head = client.recv(room, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except OSError:
            return b""
        if not head or _END_OF_HEAD in head:
            return head
        if len(head) < room:
            return None
    return head
