"""Proof of the closed event log: every batch is made anew from its events, in order, a batch in memory at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.events import chain
from portal.domain.events.ageing import SHORTEST

_AT_ONCE = 200


class _Batch(NamedTuple):
    number: int
    first_position: int
    last_position: int
    events: int
    earliest_at: int
    closed_at: int
    content: str
    previous: str
    digest: str
    dropped_at: int | None

    @property
    def said(self) -> chain.Said:
        return chain.Said(**{name: getattr(self, name) for name in chain.Said._fields})


_FIRST = _Batch(0, 0, 0, 0, 0, 0, "", "", chain.NOTHING_BEFORE, 0)
_BATCHES = Statement(
    f"SELECT {', '.join(_Batch._fields)} FROM event_batch WHERE number > :after ORDER BY number LIMIT :most", row=_Batch
)
_EVENTS = Statement(
    f"""SELECT {chain.EVENT} FROM event WHERE position BETWEEN :first AND :last
    ORDER BY position LIMIT {chain.TOGETHER * 2}""",
    row=chain.Chained,
)


def faults() -> list[str]:
    """A sentence about the first batch that does not hold, or none. Whatever hangs on it proves nothing any more."""
    before = _FIRST
    for batch in _batches():
        why = _fault(batch, before)
        if why:
            place = f"positions {batch.first_position} to {batch.last_position}"
            return [f"Batch {batch.number} of the event log ({place}) does not hold: {why}."]
        before = batch
    return []


def _fault(batch: _Batch, before: _Batch) -> str | None:
    if batch.number != before.number + 1 or batch.previous != before.digest:
        return "it does not follow the batch before it"
    if batch.digest != chain.digest_of(batch.said):
        return "its own row was changed"
    if before.number and batch.first_position != before.last_position + 1:
        return "positions before it were left out"
    return _fault_of_events(batch, before)


def _fault_of_events(batch: _Batch, before: _Batch) -> str | None:
    """They are those that were closed, or all gone: the oldest first, and not before they had aged."""
    events = _events(batch)
    if batch.dropped_at is None:
        return None if chain.content_of(events) == batch.content else "its events are not those that were closed"
    if before.dropped_at is None or batch.dropped_at - batch.closed_at < SHORTEST // clock.MICROSECOND:
        return "its events were removed too early"
    return "events were put where the old ones were removed" if events else None


def _events(batch: _Batch) -> list[chain.Chained]:
    return _EVENTS.rows(first=batch.first_position, last=batch.last_position)


def _batches() -> Iterator[_Batch]:
    rows = _BATCHES.rows(after=0, most=_AT_ONCE)
    while rows:
        yield from rows
        rows = _BATCHES.rows(after=rows[-1].number, most=_AT_ONCE)
