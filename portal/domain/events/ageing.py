"""Dropping old events, a closed batch at a time. The row of the batch stays, and with it what the next ones hang on."""

from datetime import timedelta

from portal import clock
from portal.database import transaction
from portal.domain.events import log
from portal.domain.events.tables import Event, EventBatch

SHORTEST = timedelta(days=30)  # An installation keeps them for EVENT_DAYS, which cannot be less.


def drop_old(days: int) -> bool:
    """Drop the oldest batch if it was closed so long ago; whether it was. The worker repeats it until not.

    The wall's days count, also for test modes: a batch holds the events of many partners.
    """
    if _old(days) is None:
        return False
    with transaction():
        log.hold_positions()  # Of two workers the second looks again.
        batch = _old(days)
        if batch is not None:
            Event.delete().where(Event.position.between(batch.first_position, batch.last_position)).execute()
            EventBatch.update(dropped_at=clock.now()).where(EventBatch.number == batch.number).execute()
    return batch is not None


def _old(days: int) -> EventBatch | None:
    """The oldest batch that has its events, if it was closed so long ago."""
    oldest = EventBatch.select().where(EventBatch.dropped_at.is_null()).order_by(EventBatch.number).first()
    return oldest if oldest and clock.now() - oldest.closed_at >= timedelta(days=days) else None
