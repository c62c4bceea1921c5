"""Small servers on loopback that say exactly what a test tells them to."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, "Served"], None]


@dataclass
class Served:
    """`port` to connect to, and what came in so far."""

    port: int
    received: list[bytes] = field(default_factory=list)


@contextmanager
def serving(
    behaviour: Behaviour, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[Served]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                line = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                behaviour(line, served)
            except OSError:
                pass
            finally:
                self.request.close()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server((host, port), Handler) as server:
        served = Served(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield served
        finally:
            server.shutdown()  # Also when the block ends by an error: a thread that serves a closed socket asks it for ever.


def answering(*pieces: bytes, pause: float = 0.0) -> Behaviour:
    """An HTTP server that takes one request and sends these pieces, byte for byte."""

    def behave(line: socket.socket, served: Served) -> None:
        served.received.append(whole_request(line))
        for piece in pieces:
            line.sendall(piece)
            time.sleep(pause)
        if isinstance(line, ssl.SSLSocket):
            line.unwrap()

    return behave


def page(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def whole_request(line: socket.socket) -> bytes:
    """The request that came, head and body."""
    request = b""
    while b"\r\n\r\n" not in request and (piece := line.recv(65536)):
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    lengths = [int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length")]
    while len(body) < sum(lengths) and (piece := line.recv(65536)):
        body += piece
    return head + b"\r\n\r\n" + body
