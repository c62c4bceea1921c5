"""The periods of a membership: each begins at the day and hour of the first, in the partner's time zone, however long months are."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain import months

_DAYS, _MONTHS = {"day": 1, "week": 7}, {"month": 1, "year": 12}


def next_after(since: int, period: str, now: int, zone: str) -> int:
    """When the period ends that the moment lies in; microseconds. The first one began at `since`."""
    number = _guess(since, period, now)
    while (begins := nth(since, period, number, zone)) <= now:
        number += 1
    return begins


def last_before(since: int, period: str, now: int, zone: str) -> int:
    """When the period began that the moment lies in."""
    number = _guess(since, period, now)
    while nth(since, period, number + 1, zone) <= now:
        number += 1
    return nth(since, period, number, zone)


def nth(since: int, period: str, number: int, zone: str) -> int:
    """When the period of a number begins, the first being 0. The day of the first is kept: 31 Jan, 28 Feb, 31 Mar."""
    place = ZoneInfo(zone)
    first = clock.from_micros(since).astimezone(place).replace(tzinfo=None)
    if period in _DAYS:
        begins = first + timedelta(days=_DAYS[period] * number)
    else:
        begins = months.later(first, _MONTHS[period] * number)
    return clock.to_micros(begins.replace(tzinfo=place))


def _guess(since: int, period: str, now: int) -> int:
    """A number of a period that surely began by now, from which few are left to look at."""
    days = max(0, now - since) // (86_400 * 1_000_000)
    longest = _DAYS.get(period) or 31 * _MONTHS[period]
    return max(0, days // longest - 1)
