"""Browsers that a person has come in with before: what their cookie holds. Tries of strangers count nothing for them.

It lets nobody in and says nothing about anybody; a new password ends it.
"""

from datetime import timedelta

from portal import clock
from portal.domain import sealing
from portal.domain.accounts.tables import User
from portal.domain.identifiers import random_base62

LASTS = timedelta(days=400)  # browsers keep none longer
# Whoever came by a mailed link has proved the address and no second factor: all such browsers of a person are counted as one.
BY_MAIL = "mail"


def mark(user: User, name: str | None = None) -> str:
    """What the person's browser keeps; each has a name of its own unless one is given."""
    name, until = name or random_base62(12), (clock.wall_micros() + LASTS // clock.MICROSECOND) // 1_000_000
    return f"{name}.{until}.{_signature(user, name, str(until))}"


def name_of(user: User, kept: str) -> str | None:
    """The name of the person's browser that keeps this; None for one that is not known, or no more."""
    name, _, rest = kept.partition(".")
    until, _, signature = rest.partition(".")
    if not until.isdecimal() or len(until) > 12 or int(until) * 1_000_000 <= clock.wall_micros():
        return None
    return name if sealing.is_signed(*_signed(user, name, until), signature) else None


def _signature(user: User, name: str, until: str) -> str:
    return sealing.signature(*_signed(user, name, until))


def _signed(user: User, name: str, until: str) -> tuple[str, str]:
    return "known browser", f"{user.id}.{name}.{until}.{user.password_hash}"
