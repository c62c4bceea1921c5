"""A mail server on loopback whose replies a test may replace, command by command."""

import socket
import ssl

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


def postman(replies: dict[str, str] | None = None, *, starttls: ssl.SSLContext | None = None) -> Behaviour:
    """Replies as `USUAL` says unless `replies` says otherwise; HANG_UP closes the connection."""
    spoken = USUAL | (replies or {})
    if starttls:
        spoken |= {"EHLO": "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN", "STARTTLS": "220 go on"}

    def behave(line: socket.socket, served: Served) -> None:
        if not _say(line, spoken["greeting"]):
            return
        rows = line.makefile("rb")
        while row := rows.readline():
            served.received.append(row)
            verb = row.split()[0].decode().upper()
            if not _say(line, spoken.get(verb, "502 unknown")):
                return
            if verb == "STARTTLS" and starttls:
                line = starttls.wrap_socket(line, server_side=True)
                rows = line.makefile("rb")
            if verb == "DATA" and spoken["DATA"].startswith("354"):
                served.received.append(_message(rows))
                if not _say(line, spoken["."]):
                    return

    return behave


def _say(line: socket.socket, reply: str) -> bool:
    if reply != HANG_UP:
        line.sendall(reply.encode() + b"\r\n")
    return reply != HANG_UP


def _message(rows) -> bytes:
    message = b""
    while (row := rows.readline()) not in (b".\r\n", b""):
        message += row
    return message
