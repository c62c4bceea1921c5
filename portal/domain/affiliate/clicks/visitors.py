"""Visitors of a promoter's links: each is counted once a day, and nobody can be found from what is kept.

A mark is a keyed hash of the address and the browser under a salt of the day. Salt and marks are forgotten when the day
is over (by the installation's clock, UTC); of a visit there stays that it was its click's first.
"""

import hmac
import secrets
from datetime import timedelta
from functools import cache

from portal import clock
from portal.database import Statement, transaction

LASTS = timedelta(days=1)
_DAY = 86_400 * 1_000_000
_SALT = Statement("SELECT salt FROM visit_salt WHERE day = :day")
_MAKE = Statement("INSERT INTO visit_salt (day, salt) VALUES (:day, :salt) ON CONFLICT (day) DO NOTHING")
_FORGET_SALTS = Statement("DELETE FROM visit_salt WHERE day < :day")
_FORGET = Statement("DELETE FROM visit WHERE mark IN (SELECT mark FROM visit WHERE day < :day LIMIT :most)")
_secret = b""


def use_secret(secret: str) -> None:
    """Take the installation's secret; a copy of the database alone then tells nothing even on the day itself."""
    global _secret
    _secret = b"visit:" + secret.encode()


def first_today(visits: list[tuple[int, str]]) -> list[bool]:
    """Of each (promotion, visitor), whether it is the first today, all processes together. Inside a transaction."""
    day = clock.wall_micros() // _DAY
    salt = _salt(day)
    marks = [_mark(salt, *visit) for visit in visits]
    # In one order everywhere, so that two processes never wait for each other.
    places = {f"mark_{place}": mark for place, mark in enumerate(sorted(set(marks)))}
    new = set(_insert(len(places)).values(day=day, **places))
    return [_took(new, mark) for mark in marks]


def forget_old(most: int) -> int:
    """Forget salts and marks of days that are over; how many marks, and repeated until 0."""
    day = clock.wall_micros() // _DAY
    with transaction():
        return _FORGET_SALTS.run(day=day) + _FORGET.run(day=day, most=most)


def _took(new: set[int], mark: int) -> bool:
    """Whether the mark was there to be taken out."""
    if mark not in new:
        return False
    new.remove(mark)
    return True


def _salt(day: int) -> str:
    salt = _SALT.value(day=day)
    if salt is None:
        _FORGET_SALTS.run(day=day)
        _MAKE.run(day=day, salt=secrets.token_hex(32))
        salt = _SALT.value(day=day)
    return salt


def _mark(salt: str, promotion: int, visitor: str) -> int:
    told = f"{salt} {promotion} {visitor}".encode("utf-8", "surrogateescape")
    return int.from_bytes(hmac.digest(_secret, told, "sha256")[:8], "big") >> 1


@cache
def _insert(count: int) -> Statement:
    rows = ", ".join(f"(:mark_{place}, :day)" for place in range(count))
    return Statement(f"INSERT INTO visit (mark, day) VALUES {rows} ON CONFLICT (mark) DO NOTHING RETURNING mark")
