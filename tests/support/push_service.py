"""A push service on loopback, which reads what it gets as the browser would and answers what its address says."""

import json
import socket
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

import http_ece
from py_vapid import Vapid02

from tests.delivery.servers import Served, serving, whole_request
from tests.support.pushes import SECRET, browser, private_key

SAID = {429: "Retry-After: 120\r\n", 503: "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n", 301: "Location: /201/1\r\n"}


@dataclass
class Got:
    """A message as the browser reads it, the headers it came with, and the claims of who sent it."""

    path: str
    headers: dict[str, str]
    message: dict
    claims: dict


@dataclass
class PushService:
    """What came so far; browsers of it are answered as the first part of their address says, after the first `most` none until
    they are let go."""

    at: str
    got: list[Got] = field(default_factory=list)
    most: int | None = None
    let_go: Event = field(default_factory=Event)

    def browser(self, number: int, answer: str = "201") -> tuple[str, str, str]:
        """What a browser says of itself whose service answers so: a status, "nothing" or "slowly"."""
        return browser(number, at=f"{self.at}/{answer}")


@contextmanager
def push_service() -> Iterator[PushService]:
    """Runs while the block does; those that it keeps waiting are let go at its end."""

    def behave(line: socket.socket, served: Served) -> None:
        got = _read(whole_request(line))
        service.got.append(got)
        answer = got.path.split("/")[1]
        if answer == "slowly" or (service.most is not None and len(service.got) > service.most):
            service.let_go.wait(30)
        elif answer != "nothing":
            line.sendall(_page(int(answer)))

    with serving(behave) as served:
        service = PushService(f"http://127.0.0.1:{served.port}")
        yield service
        service.let_go.set()


def _page(status: int) -> bytes:
    body = f"It is {status}.".encode()
    return f"HTTP/1.1 {status} Told\r\nContent-Length: {len(body)}\r\n{SAID.get(status, '')}\r\n".encode() + body


def _read(request: bytes) -> Got:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    path = first.split()[1]
    assert len(body) <= 4096 and Vapid02.verify(headers["authorization"])
    written = http_ece.decrypt(body, private_key=private_key(int(path.rpartition("/")[2])), auth_secret=SECRET)
    claims = headers["authorization"].partition("t=")[2].split(".")[1]
    return Got(path, headers, json.loads(written), json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4))))
