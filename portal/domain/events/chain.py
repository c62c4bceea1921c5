"""Closing the event log: batches of events, each with a digest that hangs on the batch before.

Whoever changes, removes or slips in a closed event would have to make every later digest anew; that shows as soon as one
of them was noted outside this database. The digests are not keyed: everybody who is given the rows can check them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction

TOGETHER = 500
AT_LATEST = timedelta(minutes=10)
NOTHING_BEFORE = "0" * 64
EVENT = "id, position, partner_id, type, thing, thing_id, actor, data, at"

_LOCK = Statement("UPDATE sequence SET value = value WHERE name = 'event'")
_LAST = Statement("SELECT number, last_position, digest, closed_at FROM event_batch ORDER BY number DESC LIMIT 1")
_OPEN = Statement(f"SELECT {EVENT} FROM event WHERE position > ? ORDER BY position LIMIT ?")
_CLOSE = Statement(
    """INSERT INTO event_batch
    (number, first_position, last_position, events, earliest_at, closed_at, content, previous, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
)
_NUMBER = Statement("SELECT number FROM event_batch WHERE digest = ?")


class Head(NamedTuple):
    """The newest batch: what to note outside of this database."""

    number: int
    last_position: int
    digest: str
    closed: int

    @property
    def closed_at(self) -> datetime:
        """When it was closed."""
        return clock.from_micros(self.closed)


def close(together: int = TOGETHER) -> int:
    """Close the next batch: a full one at once, what there is ten minutes after the last. How many events; repeated until 0."""
    if not _ripe(head(), together):
        return 0  # Looked at every second or so: nobody is to wait for that.
    with transaction():
        _LOCK.run()  # As for positions: of two workers the second finds the batch closed.
        last, now = head(), clock.micros()
        rows = _ripe(last, together)
        if not rows:
            return 0
        number, previous = (last.number + 1, last.digest) if last else (1, NOTHING_BEFORE)
        said = (
            number,
            rows[0][1],
            rows[-1][1],
            len(rows),
            min(row[-1] for row in rows),
            now,
            content_of(rows),
            previous,
        )
        _CLOSE.run(*said, digest_of(said))
    return len(rows)


def head() -> Head | None:
    """The newest batch, or None before the first."""
    row = _LAST.row()
    return row and Head(*row)


def number_of(digest: str) -> int | None:
    """The batch that has this digest, or None: then the log is not the one in which it was noted."""
    row = _NUMBER.row(digest.strip().lower())
    return row and row[0]


def content_of(rows: Iterable[tuple]) -> str:
    """The digest of events, each with the columns of `EVENT`."""
    digest = sha256()
    for row in rows:
        digest.update(_written(row))
    return digest.hexdigest()


def digest_of(said: tuple) -> str:
    """The digest of a batch: its number, positions, count, times, content and the digest before."""
    return sha256(_written(said)).hexdigest()


def _ripe(last: Head | None, together: int) -> list[tuple]:
    """The events of the next batch, if it is to be closed now."""
    rows = _OPEN.rows(last.last_position if last else 0, together)
    rests = last and clock.micros() - last.closed < AT_LATEST // clock.MICROSECOND
    return [] if rests and len(rows) < together else rows


def _written(values: tuple) -> bytes:
    """Each value with its length before it, so that no two rows are written alike."""
    parts = [str(value).encode() for value in values]
    return b"".join(b"%d:%b" % (len(part), part) for part in parts)
