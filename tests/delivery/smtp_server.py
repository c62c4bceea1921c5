"""A mail server on loopback whose replies a test may replace, command by command."""

import socket
import ssl
import time
from collections.abc import Callable

from .servers import Behaviour, Served

USUAL = {
    "greeting": "220 ready",
    "EHLO": "250-localhost\r\n250 AUTH PLAIN",
    "AUTH": "235 welcome",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 kept",
    "QUIT": "221 bye",
}
HANG_UP = ""
_PAUSE_SECONDS = 0.02


def postman(
    replies: dict[str, str] | None = None,
    *,
    starttls: ssl.SSLContext | None = None,
    drips: str = "",
    before_reply: Callable[[bytes], object] = bool,
) -> Behaviour:
    """Replies as `USUAL` says unless `replies` says otherwise; HANG_UP closes the connection.

    What it replies to the command `drips` comes a byte at a time, with sixty spaces at its end; `before_reply` is
    given each line first.
    """
    spoken = USUAL | (replies or {})
    if starttls:
        spoken |= {"EHLO": "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN", "STARTTLS": "220 go on"}
    if drips:
        spoken[drips] += " " * 60

    def behave(line: socket.socket, served: Served) -> None:
        def say(command: str) -> bool:
            return _say(line, spoken.get(command, "502 unknown"), _PAUSE_SECONDS if command == drips else 0.0)

        if not say("greeting"):
            return
        rows = line.makefile("rb")
        while row := rows.readline():
            served.received.append(row)
            before_reply(row)
            verb = row.split()[0].decode().upper()
            if not say(verb):
                return
            if verb == "STARTTLS" and starttls:
                line = starttls.wrap_socket(line, server_side=True)
                rows = line.makefile("rb")
            if verb == "DATA" and spoken["DATA"].startswith("354"):
                served.received.append(_message(rows))
                if not say("."):
                    return

    return behave


def _say(line: socket.socket, reply: str, pause: float) -> bool:
    if reply != HANG_UP:
        whole = reply.encode() + b"\r\n"
        for piece in map(bytes, zip(whole)) if pause else [whole]:
            line.sendall(piece)
            time.sleep(pause)
    return reply != HANG_UP


def _message(rows) -> bytes:
    message = b""
    while (row := rows.readline()) not in (b".\r\n", b""):
        message += row
    return message
