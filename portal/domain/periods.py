"""A stretch of days in a partner's time zone, and as many days before it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock

LENGTHS = (7, 30, 90)
USUAL = 30
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
    """Days, today last. `edges` are their first moments and the first one after them; `edges_before` are those of as
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
        """The place among the days of a moment of the period; what is later than it, such as a click of a faster clock, is today's."""
        return min(bisect_right(self.edges, moment), len(self.days)) - 1


def last(length: int, zone: str) -> Period:
    """The last so many days, today included."""
    place = ZoneInfo(zone)
    today = clock.now().astimezone(place).date()
    listed = [today - timedelta(days=back) for back in range(2 * length - 1, -1, -1)]
    edges = tuple(_begins(day, place) for day in (*listed, today + timedelta(days=1)))
    return Period(tuple(listed[length:]), edges[length:], edges[: length + 1])


def _begins(day: date, place: ZoneInfo) -> int:
    return clock.to_micros(datetime.combine(day, time.min, place))
