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
from portal.domain.events import log
from portal.domain.events.tables import EventBatch

TOGETHER = 500
AT_LATEST = timedelta(minutes=10)
NOTHING_BEFORE = "0" * 64


class Chained(NamedTuple):
    """An event as its batch's digest says it."""

    id: int
    position: int
    partner_id: int
    type: str
    thing: str
    thing_id: str
    actor: str
    data: str
    at: int


class Said(NamedTuple):
    """What the digest of a batch says."""

    number: int
    first_position: int
    last_position: int
    events: int
    earliest_at: int
    closed_at: int
    content: str
    previous: str


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


EVENT = ", ".join(Chained._fields)
_LAST = Statement(
    "SELECT number, last_position, digest, closed_at AS closed FROM event_batch ORDER BY number DESC LIMIT 1", row=Head
)
_OPEN = Statement(f"SELECT {EVENT} FROM event WHERE position > :last ORDER BY position LIMIT :most", row=Chained)
_CLOSE = Statement(
    f"""INSERT INTO event_batch ({", ".join(Said._fields)}, digest)
    VALUES ({", ".join(f":{name}" for name in Said._fields)}, :digest)"""
)


def close(together: int = TOGETHER) -> int:
    """Close the next batch: a full one at once, what there is ten minutes after the last. How many events; repeated until 0."""
    if not _ripe(head(), together):
        return 0  # Looked at every second or so: nobody is to wait for that.
    with transaction():
        log.hold_positions()  # As for positions: of two workers the second finds the batch closed.
        last, now = head(), clock.micros()
        rows = _ripe(last, together)
        if not rows:
            return 0
        number, previous = (last.number + 1, last.digest) if last else (1, NOTHING_BEFORE)
        said = Said(
            number, rows[0].position, rows[-1].position, len(rows), min(row.at for row in rows), now,
            content_of(rows), previous,
        )  # fmt: skip
        _CLOSE.run(**said._asdict(), digest=digest_of(said))
    return len(rows)


def head() -> Head | None:
    """The newest batch, or None before the first."""
    return _LAST.row()


def number_of(digest: str) -> int | None:
    """The batch that has this digest, or None: then the log is not the one in which it was noted."""
    batch = EventBatch.get_or_none(EventBatch.digest == digest.strip().lower())
    return batch.number if batch else None


def content_of(rows: Iterable[tuple]) -> str:
    """The digest of events, each with the columns of `EVENT`."""
    digest = sha256()
    for row in rows:
        digest.update(_written(row))
    return digest.hexdigest()


def digest_of(said: tuple) -> str:
    """The digest of a batch: its number, positions, count, times, content and the digest before."""
    return sha256(_written(said)).hexdigest()


def _ripe(last: Head | None, together: int) -> list[Chained]:
    """The events of the next batch, if it is to be closed now."""
    rows = _OPEN.rows(last=last.last_position if last else 0, most=together)
    rests = last and clock.micros() - last.closed < AT_LATEST // clock.MICROSECOND
    return [] if rests and len(rows) < together else rows


def _written(values: tuple) -> bytes:
    """Each value with its length before it, so that no two rows are written alike."""
    parts = [str(value).encode() for value in values]
    return b"".join(b"%d:%b" % (len(part), part) for part in parts)
