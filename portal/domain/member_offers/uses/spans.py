"""Calendar periods in a club's time zone: each moment is in one of a kind, also where clocks are changed."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain import periods
from portal.domain.member_offers.words import DAY, HOUR, MINUTE, MONTH, WEEK


def begins(timespan: str, moment: int, time_zone: str) -> int:
    """When the period began that a moment is in, microseconds. Weeks begin on Monday."""
    local = clock.from_micros(moment).astimezone(ZoneInfo(time_zone))
    if timespan in (MINUTE, HOUR):  # An hour that clocks show twice is two: which of them, the moment keeps.
        minute = local.minute if timespan == MINUTE else 0
        return clock.to_micros(local.replace(minute=minute, second=0, microsecond=0))
    return periods.begins(_first_day(timespan, local.date()), time_zone)


def _first_day(timespan: str, day: date) -> date:
    if timespan == DAY:
        return day
    if timespan == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if timespan == MONTH else day.replace(month=1, day=1)
