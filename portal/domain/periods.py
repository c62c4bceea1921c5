"""A stretch of days in a partner's time zone, and as many days before it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain.errors import Refused
from portal.domain.sentences import say

LENGTHS = (7, 30, 90)
_EARLIEST = 2000
USUAL = 30
LONGEST = 366  # days of a period of one's own
QUARTER = 900 * 1_000_000  # Every time zone of today is a whole number of quarter hours from UTC.


class Stretch(NamedTuple):
    """From a moment on, and up to another that is out; microseconds UTC."""

    begins: int
    ends: int


class Quarter(NamedTuple):
    """How many were counted in a quarter of an hour, which is numbered since 1970."""

    number: int
    counted: int


@dataclass(frozen=True, slots=True)
class Period:
    """Days that follow one another. `edges` are their first moments and the first one after them; `edges_before` are those of as
    many days before them. Moments are microseconds UTC."""

    days: tuple[date, ...]
    edges: tuple[int, ...]
    edges_before: tuple[int, ...]

    @property
    def before(self) -> int:
        """Where the days before begin."""
        return self.edges_before[0]

    @property
    def stretches(self) -> list[Stretch]:
        """Each day."""
        return [Stretch(*edges) for edges in pairwise(self.edges)]

    @property
    def earlier(self) -> list[Stretch]:
        """Each of the days before."""
        return [Stretch(*edges) for edges in pairwise(self.edges_before)]

    @property
    def since(self) -> int:
        """The first moment."""
        return self.edges[0]

    @property
    def until(self) -> int:
        """The first moment that is out."""
        return self.edges[-1]

    def by_day(self, quarters: list[Quarter]) -> list[int]:
        """Counts of each day from those of its quarter hours."""
        counts = [0] * len(self.days)
        for quarter in quarters:
            counts[self.place(quarter.number * QUARTER)] += quarter.counted
        return counts

    def place(self, moment: int) -> int:
        """The place among the days of a moment of the period; what is later than it is the last day's."""
        return min(bisect_right(self.edges, moment), len(self.days)) - 1


def last(length: int, zone: str) -> Period:
    """The last so many days, today included."""
    today = _today(zone)
    return between(today - timedelta(days=length - 1), today, zone)


def this_month(zone: str) -> Period:
    """The days of the present month up to today."""
    today = _today(zone)
    return between(today.replace(day=1), today, zone)


def last_month(zone: str) -> Period:
    """Every day of the month before the present one."""
    last_day = _today(zone).replace(day=1) - timedelta(days=1)
    return between(last_day.replace(day=1), last_day, zone)


def chosen(first: date, last_day: date, zone: str) -> Period:
    """The days from one to another, both included. Raises Refused where they are none, too many, or still to come."""
    if first > last_day:
        raise Refused(say("The first day is after the last one; change one of them."))
    if last_day > _today(zone):
        raise Refused(say("The last day is still to come; choose today at the latest."))
    if first.year < _EARLIEST:
        raise Refused(say("Choose a first day in {year} or later.", year=_EARLIEST))
    if (last_day - first).days >= LONGEST:
        raise Refused(say("These are more than {days} days; choose fewer.", days=LONGEST))
    return between(first, last_day, zone)


def between(first: date, last_day: date, zone: str) -> Period:
    """The days from one to another, both included, and as many before them."""
    place, length = ZoneInfo(zone), (last_day - first).days + 1
    listed = [first + timedelta(days=number) for number in range(-length, length)]
    edges = tuple(_begins(day, place) for day in (*listed, last_day + timedelta(days=1)))
    return Period(tuple(listed[length:]), edges[length:], edges[: length + 1])


def begins(day: date, zone: str) -> int:
    """The first moment of a day, in microseconds."""
    return _begins(day, ZoneInfo(zone))


def _today(zone: str) -> date:
    return clock.now().astimezone(ZoneInfo(zone)).date()


def _begins(day: date, place: ZoneInfo) -> int:
    return clock.to_micros(datetime.combine(day, time.min, place))
