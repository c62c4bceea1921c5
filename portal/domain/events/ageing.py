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
    with transaction():
        _LOCK.run()
        now, oldest = clock.micros(), _OLDEST.row()
        if oldest is None or now - oldest[3] < timedelta(days=days) // clock.MICROSECOND:
            return False
        number, first, last, _ = oldest
        _DROP.run(first, last)
        _NOTE.run(now, number)
    return True
