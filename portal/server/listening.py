"""How long a connection may stand still: few threads serve them all, and a client that is gone says so to nobody."""

import socket
import struct
from collections.abc import Iterable

STALLED_SECONDS = 20


def end_stalls(listeners: Iterable, seconds: float = STALLED_SECONDS) -> None:
    """Let the connections that come in by these sockets fail when a read or a write has stood still for so long.

    The system's own timeouts are set, which connections inherit: the web server takes Python's off again.
    """
    whole = int(seconds)
    limit = struct.pack("ll", whole, int((seconds - whole) * 1_000_000))
    for listener in listeners:
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.setsockopt(socket.SOL_SOCKET, way, limit)
