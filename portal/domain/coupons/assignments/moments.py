"""From when until when an assignment is good: days and times of a place, clock changes and all (contract: coupons, "Assignment").

A local time that a clock change skips means the first moment after the gap. One that comes twice means the earlier where
something begins, and the later where it ends.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.domain.accounts.partners.partners import FIELDS
from portal.domain.sentences import say
from portal.domain.typed import days
from portal.domain.values import Wrong

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])")
_SECOND = timedelta(seconds=1)
_LAST_YEAR = 9998  # What is after it means without end: moments beyond 9999 cannot be kept.
_WITHOUT_END = datetime(_LAST_YEAR + 1, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """The first moment that counts, and the first that does not any more."""

    starts_at: datetime
    ends_at: datetime


def zone(name: str) -> str:
    """A time zone's IANA name. Raises Wrong for an unknown one."""
    return FIELDS["time_zone"](name)


def written(text: str) -> str:
    """A date, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, without the spaces around it. Raises Wrong for anything else."""
    _local(text)
    return text.strip()


def moments(start: str, end: str, timezone: str) -> Span:
    """The moments that two dates mean, `YYYY-MM-DD` for the whole day or `YYYY-MM-DD HH:MM:SS` with that second.

    Raises Wrong for anything else, and where the end is before the start.
    """
    first, last = _local(start), _local(end)
    if _end_of(last) <= _start_of(first):
        raise Wrong(say("The end is before the start. Change one of them."))
    if first[0].year > _LAST_YEAR:
        raise Wrong(say("Start it before the year {year}.", year=_LAST_YEAR + 1))
    place = ZoneInfo(timezone)
    return Span(earlier(_start_of(first), place), _end(last, place))


def earlier(local: datetime, place: ZoneInfo) -> datetime:
    """The moment of a local time, the first where it comes twice; the first after the gap where it is skipped."""
    return _moment(local, place, fold=0)


def later(local: datetime, place: ZoneInfo) -> datetime:
    """As `earlier`, the second where it comes twice."""
    return _moment(local, place, fold=1)


def begins(day: date, place: ZoneInfo) -> datetime:
    """The first moment of a day, which is where the day before has ended."""
    return earlier(datetime.combine(day, time.min), place)


def _moment(local: datetime, place: ZoneInfo, fold: int) -> datetime:
    found = local.replace(tzinfo=place, fold=fold).astimezone(UTC)
    is_there = found.astimezone(place).replace(tzinfo=None) == local
    return found if is_there else _after_the_gap(local, place)


def _after_the_gap(local: datetime, place: ZoneInfo) -> datetime:
    """The moment at which the clock skipped the local time, found to the second between the two that it could have been."""
    before, after = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (1, 0))
    return clock_change(before, after, place, _SECOND)


def clock_change(before: datetime, after: datetime, place: ZoneInfo, step: timedelta) -> datetime:
    """The moment, in whole steps from `before`, from which clocks show what they show `after`: between the two they change once."""
    old = before.astimezone(place).utcoffset()
    while after - before > step:
        middle = before + (after - before) // step // 2 * step
        before, after = (middle, after) if middle.astimezone(place).utcoffset() == old else (before, middle)
    return after


def _local(text: str) -> tuple[date, time | None]:
    day, _, rest = text.strip().partition(" ")
    found, moment = days.day(day), _TIME.fullmatch(rest)
    if found is None or (rest and moment is None):
        raise Wrong(say("Write a date as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, from 1970 on."))
    return found, time.fromisoformat(rest) if moment else None


def _start_of(written: tuple[date, time | None]) -> datetime:
    return datetime.combine(written[0], written[1] or time.min)


def _end_of(written: tuple[date, time | None]) -> datetime:
    """The last local second, and a part of it."""
    return datetime.combine(written[0], written[1] or time(23, 59, 59)) + timedelta(microseconds=1)


def _end(written: tuple[date, time | None], place: ZoneInfo) -> datetime:
    day, moment = written
    if day.year > _LAST_YEAR:
        return _WITHOUT_END
    return later(datetime.combine(day, moment), place) + _SECOND if moment else begins(day + timedelta(days=1), place)
