"""The only source of "now". A test-mode partner has a clock of its own, some seconds ahead of the wall."""

import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_offset: ContextVar[int] = ContextVar("clock_offset", default=0)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """The acting partner's present moment, UTC."""
    return from_micros(micros())


def micros() -> int:
    """The acting partner's present moment in microseconds since 1970, as the database keeps it."""
    return wall_micros() + _offset.get() * 1_000_000


def wall_micros() -> int:
    """The wall's present moment in microseconds since 1970, whoever acts."""
    return time.time_ns() // 1_000


def has_passed(moment: datetime | int | None) -> bool:
    """Whether a moment has come, a datetime or microseconds; None never does."""
    if moment is None:
        return False
    return (moment if isinstance(moment, int) else to_micros(moment)) <= micros()


def from_micros(value: int) -> datetime:
    """The instant, UTC, of a stored number of microseconds."""
    return EPOCH + timedelta(microseconds=value)


def to_micros(moment: datetime) -> int:
    """An aware datetime as the database keeps it. A naive one is a programming error."""
    return (moment - EPOCH) // MICROSECOND


@contextmanager
def acting(offset_seconds: int):
    """Run a block on the clock of a partner, `offset_seconds` ahead of the wall."""
    mark = _offset.set(offset_seconds)
    try:
        yield
    finally:
        _offset.reset(mark)


def use(offset_seconds: int) -> None:
    """Set the clock for the rest of this request or task; each starts by calling it."""
    _offset.set(offset_seconds)
