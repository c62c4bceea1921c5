"""Requests as a program or a signed-in person sends them."""

import json

from bench.load import Ask
from bench.world import World


def get(world: World, path: str, piece: str, token: str | None = None, status: int = 200) -> Ask:
    """A program asks, with the token; `piece` is what its answer must have."""
    head = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token or world.token}\r\n\r\n"
    return Ask(head.encode(), status, piece.encode())


def open_get(path: str, piece: str) -> Ask:
    """Anybody asks, without a token."""
    return Ask(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode(), 200, piece.encode())


def page(world: World, path: str, piece: str, status: int = 200) -> Ask:
    """The signed-in person opens a page."""
    head = f"GET {path.replace(' ', '+')} HTTP/1.1\r\nHost: bench\r\nCookie: {world.cookie}\r\n\r\n"
    return Ask(head.encode(), status, piece.encode())


def post(world: World, path: str, body: dict, piece: str) -> Ask:
    """A program sends a body, with the token."""
    return _sent(path, f"Authorization: Bearer {world.token}", body, piece)


def for_member(world: World, method: str, path: str, piece: str) -> Ask:
    """The server of an app asks for a member."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: bench\r\nX-Client-Authorization: {world.token}\r\nContent-Length: 0\r\n\r\n"
    )
    return Ask(head.encode(), 200, piece.encode())


def with_secret(secret: str, path: str, body: dict, piece: str) -> Ask:
    """A shop sends a body, with the secret of a reservation."""
    return _sent(path, f"Reservation-Secret: {secret}", body, piece)


def _sent(path: str, credential: str, body: dict, piece: str) -> Ask:
    sent = json.dumps(body)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\n{credential}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    return Ask((head + sent).encode(), 200, piece.encode())
