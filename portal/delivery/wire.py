"""One connection, under one deadline for all that is said on it."""

import functools
import http.client
import socket
import ssl
import time
from typing import Any

from portal.delivery.addresses import Address
from portal.delivery.errors import NeverSent


class Deadline:
    """`total` seconds for everything, `silence` seconds for each wait on the other side."""

    def __init__(self, total: float, silence: float):
        self.ends = time.monotonic() + total
        self.silence = silence

    def left(self) -> float:
        """Seconds that the next wait may take. Raises TimeoutError when the total is used up."""
        remaining = self.ends - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        return min(remaining, self.silence)


class _Timed:
    """A timeout of its own for each read would let a drip of bytes last for ever: each is cut to what is left."""

    deadline: Deadline

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())  # type: ignore[attr-defined]
        return super().recv_into(*arguments, **options)  # type: ignore[misc]

    def recv(self, *arguments: Any, **options: Any) -> bytes:
        self.settimeout(self.deadline.left())  # type: ignore[attr-defined]
        return super().recv(*arguments, **options)  # type: ignore[misc]

    def send(self, *arguments: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())  # type: ignore[attr-defined]
        return super().send(*arguments, **options)  # type: ignore[misc]

    def sendall(self, *arguments: Any, **options: Any) -> None:
        self.settimeout(self.deadline.left())  # type: ignore[attr-defined]
        super().sendall(*arguments, **options)  # type: ignore[misc]


class _PlainSocket(_Timed, socket.socket):
    pass


class _TlsSocket(_Timed, ssl.SSLSocket):
    pass


class PinnedConnection(http.client.HTTPConnection):
    """An HTTP/1.1 connection that dials `address.ip` and nothing else, whatever its host resolves to by now."""

    def __init__(self, address: Address, deadline: Deadline, *, tls: bool):
        super().__init__(address.host, address.port)
        self.default_port = 443 if tls else 80
        self.address, self.deadline, self.tls = address, deadline, tls

    def connect(self) -> None:
        """Raises NeverSent, OSError."""
        try:
            plain = dial(self.address, self.deadline)
            self.sock = secure(plain, self.address.host, self.deadline, tls_context()) if self.tls else plain
        except TimeoutError as error:
            raise NeverSent(f"{self.address.host} could not be reached in time.") from error


def dial(address: Address, deadline: Deadline) -> socket.socket:
    """A connection to the address. Raises OSError."""
    family = socket.AF_INET6 if ":" in address.ip else socket.AF_INET
    plain = _PlainSocket(family, socket.SOCK_STREAM)
    plain.deadline = deadline
    try:
        plain.settimeout(deadline.left())
        plain.connect((address.ip, address.port))
    except OSError:
        plain.close()
        raise
    return plain


def secure(plain: socket.socket, host: str, deadline: Deadline, context: ssl.SSLContext) -> ssl.SSLSocket:
    """TLS on the connection, whose other side must be `host`. Raises OSError."""
    context.sslsocket_class = _TlsSocket
    try:
        plain.settimeout(deadline.left())
        secured = context.wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise
    secured.deadline = deadline  # type: ignore[attr-defined]
    return secured


@functools.cache
def tls_context() -> ssl.SSLContext:
    """Certificates are checked against the system's roots (or SSL_CERT_FILE) and the host name."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
