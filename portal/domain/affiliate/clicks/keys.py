"""The id of a click tells, to this installation alone, whose link was followed and when.

Clicks are written in batches, so a quick customer's deal may arrive before its click is kept. The id carries what
attribution asks, sealed so that nobody else can make one, and the deal then writes the click itself.
"""

import hmac
import os
import threading

from portal import clock
from portal.domain.identifiers import base62, from_base62

LENGTH = 22
_AT, _PROMOTION, _PROCESS, _SEAL = 7, 4, 1, 4  # bytes; sixteen in all
_process = os.urandom(_PROCESS)
_lock = threading.Lock()
_latest = 0
_secret = b""


def use_secret(secret: str) -> None:
    """Take the installation's secret; each process does so before it makes or reads an id."""
    global _secret
    _secret = b"click:" + secret.encode()


def new(promotion_id: int, offset_seconds: int = 0) -> tuple[str, int]:
    """An id different from every other, and its moment (microseconds), on a clock so many seconds ahead of the wall."""
    global _latest
    with _lock:
        _latest = wall = max(clock.wall_micros(), _latest + 1)
    at = wall + offset_seconds * 1_000_000
    body = at.to_bytes(_AT, "big") + promotion_id.to_bytes(_PROMOTION, "big") + _process
    return base62(int.from_bytes(body + _sealed(body), "big"), LENGTH), at


def read(key: str) -> tuple[int, int] | None:
    """(promotion, moment in microseconds) of an id that was made here; None for anything else."""
    number = from_base62(key) if len(key) == LENGTH else None
    if number is None or number >> 128:
        return None
    whole = number.to_bytes(16, "big")
    if not hmac.compare_digest(whole[-_SEAL:], _sealed(whole[:-_SEAL])):
        return None
    return int.from_bytes(whole[_AT : _AT + _PROMOTION], "big"), int.from_bytes(whole[:_AT], "big")


def _sealed(body: bytes) -> bytes:
    return hmac.digest(_secret, body, "sha256")[:_SEAL]
