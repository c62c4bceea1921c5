"""Requests as a program or a signed-in person sends them."""

import json

from bench.load import Ask
from bench.world import World


def get(world: World, path: str, piece: str, token: str | None = None, status: int = 200) -> Ask:
    """A program asks, with the token; `piece` is what its answer must have."""
    head = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token or world.token}\r\n\r\n"
    return Ask(head.encode(), status, piece.encode())


def page(world: World, path: str, piece: str, status: int = 200) -> Ask:
    """The signed-in person opens a page."""
    head = f"GET {path.replace(' ', '+')} HTTP/1.1\r\nHost: bench\r\nCookie: {world.cookie}\r\n\r\n"
    return Ask(head.encode(), status, piece.encode())


def post(world: World, path: str, body: dict, piece: str) -> Ask:
    """A program sends a body, with the token."""
    sent = json.dumps(body)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {world.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    return Ask((head + sent).encode(), 200, piece.encode())
