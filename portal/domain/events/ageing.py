"""Dropping old events, a closed batch at a time. The row of the batch stays, and with it what the next ones hang on."""

from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction

SHORTEST = timedelta(days=30)  # An installation keeps them for EVENT_DAYS, which cannot be less.

_LOCK = Statement("UPDATE sequence SET value = value WHERE name = 'event'")
_OLDEST = Statement(
    """SELECT number, first_position, last_position, closed_at FROM event_batch
    WHERE dropped_at IS NULL ORDER BY number LIMIT 1"""
)
_DROP = Statement("DELETE FROM event WHERE position BETWEEN ? AND ?")
_NOTE = Statement("UPDATE event_batch SET dropped_at = ? WHERE number = ?")


def drop_old(days: int) -> bool:
    """Drop the oldest batch if it was closed so long ago; whether it was. The worker repeats it until not.

    The wall's days count, also for test modes: a batch holds the events of many partners.
    """
    if _old(days) is None:
        return False
    with transaction():
        _LOCK.run()  # Of two workers the second looks again.
        batch = _old(days)
        if batch is not None:
            _DROP.run(*batch[1:])
            _NOTE.run(clock.micros(), batch[0])
    return batch is not None


def _old(days: int) -> tuple[int, int, int] | None:
    """Number and positions of the oldest batch that has its events, if it was closed so long ago."""
    row = _OLDEST.row()
    is_old = row and clock.micros() - row[3] >= timedelta(days=days) // clock.MICROSECOND
    return row[:3] if is_old else None
