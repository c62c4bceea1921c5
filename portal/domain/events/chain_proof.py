"""Proof of the closed event log: every batch is made anew from its events, in order, a batch in memory at a time."""

from collections.abc import Iterator

from portal import clock
from portal.database import Statement
from portal.domain.events import chain
from portal.domain.events.ageing import SHORTEST

_AT_ONCE = 200
_BATCHES = Statement(
    """SELECT number, first_position, last_position, events, earliest_at, closed_at, content, previous, digest, dropped_at
    FROM event_batch WHERE number > ? ORDER BY number LIMIT ?"""
)
_EVENTS = Statement(
    f"SELECT {chain.EVENT} FROM event WHERE position BETWEEN ? AND ? ORDER BY position LIMIT {chain.TOGETHER * 2}"
)


def faults() -> list[str]:
    """A sentence about the first batch that does not hold, or none. Whatever hangs on it proves nothing any more."""
    number, digest, last, dropped = 0, chain.NOTHING_BEFORE, 0, True
    for batch in _batches():
        why = _fault(batch, number, digest, last, dropped)
        if why:
            return [f"Batch {batch[0]} of the event log (positions {batch[1]} to {batch[2]}) does not hold: {why}."]
        number, last, digest, dropped = batch[0], batch[2], batch[8], batch[9] is not None
    return []


def _fault(batch: tuple, number: int, digest: str, last: int, dropped: bool) -> str | None:
    *said, own, dropped_at = batch
    if said[0] != number + 1 or said[7] != digest:
        return "it does not follow the batch before it"
    if own != chain.digest_of(tuple(said)):
        return "its own row was changed"
    if number and said[1] != last + 1:
        return "positions before it were left out"
    if dropped_at is None:
        return None if chain.content_of(_events(said)) == said[6] else "its events are not those that were closed"
    if not dropped or dropped_at - said[5] < SHORTEST // clock.MICROSECOND:
        return "its events were removed too early"
    return "events were put where the old ones were removed" if _events(said) else None


def _events(said: list) -> list[tuple]:
    return _EVENTS.rows(said[1], said[2])


def _batches() -> Iterator[tuple]:
    rows = _BATCHES.rows(0, _AT_ONCE)
    while rows:
        yield from rows
        rows = _BATCHES.rows(rows[-1][0], _AT_ONCE)
