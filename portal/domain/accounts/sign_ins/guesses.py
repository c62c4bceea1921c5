"""How often one may guess a password or a code: counters that all machines share, and that nobody empties, evicts or fills for
others.

GCRA (ITU-T I.371): a counter is one number, the moment from which it is quiet again. It stands in the bucket that a keyed hash
names, so that the table is bounded, a row goes once it is quiet and not before, and nobody can aim at a bucket of somebody else's.
"""

import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from portal import clock
from portal.database import Statement, database, transaction
from portal.domain import sealing
from portal.domain.errors import Refused
from portal.domain.sentences import say

BUCKETS = 1 << 20  # of each kind of counter

_TAKE = Statement(
    """INSERT INTO guess (id, quiet_at) VALUES (:id, :first) ON CONFLICT (id) DO UPDATE SET quiet_at =
    CASE WHEN guess.quiet_at > :now THEN guess.quiet_at + :step ELSE excluded.quiet_at END WHERE guess.quiet_at <= :latest"""
)
_GIVE_BACK = Statement("UPDATE guess SET quiet_at = quiet_at - :step WHERE id = :id")
_QUIET = Statement("SELECT quiet_at FROM guess WHERE id = :id")


class Counter(NamedTuple):
    """Of one kind, for one caller: `most` guesses at once, and that many in so many seconds from then on."""

    kind: str
    caller: str
    most: int
    seconds: int

    @property
    def bucket(self) -> int:
        """Its row."""
        named = int.from_bytes(sealing.mac("guesses", f"{self.kind}:{self.caller}")[:8], "big")
        return zlib.crc32(self.kind.encode()) * BUCKETS + named % BUCKETS

    @property
    def window(self) -> int:
        """Microseconds after which it is quiet again at the latest."""
        return self.seconds * 1_000_000

    @property
    def step(self) -> int:
        """Microseconds that a guess costs."""
        return self.window // self.most


class TooMany(Refused):
    """One more guess is counted after so many seconds."""

    def __init__(self, seconds: int):
        super().__init__(say("Too many tries in a short time. Wait, then try again."))
        self.seconds = seconds


def take(*counters: Counter) -> None:
    """Count a guess, before it is looked at, so that no race gets more of them.

    Raises TooMany when one of the counters is full, and then none has counted it.
    """
    if database.in_transaction():
        raise RuntimeError("Whatever is refused around a guess must not undo that it was counted.")
    with transaction():
        now = clock.wall_micros()
        for counter in sorted(counters, key=_bucket):  # Everybody in the same order: nobody waits in a circle.
            if not _counted(counter, now):
                raise TooMany(_wait(counter, now))


def give_back(*counters: Counter) -> None:
    """It was no guess: it is not counted."""
    with transaction():
        for counter in sorted(counters, key=_bucket):
            _GIVE_BACK.run(id=counter.bucket, step=counter.step)


@contextmanager
def counted(*counters: Counter) -> Iterator[None]:
    """A guess that is given back unless it is refused in the block. Raises TooMany."""
    take(*counters)
    yield
    give_back(*counters)


def _bucket(counter: Counter) -> int:
    return counter.bucket


def _counted(counter: Counter, now: int) -> int:
    step = counter.step
    return _TAKE.run(id=counter.bucket, now=now, step=step, first=now + step, latest=now + counter.window - step)


def _wait(counter: Counter, now: int) -> int:
    over = _QUIET.value(id=counter.bucket) + counter.step - now - counter.window
    return max(1, math.ceil(over / 1_000_000))
