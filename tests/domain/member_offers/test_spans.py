"""Each moment is in one calendar period of a kind, over clock changes, month ends and years."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.domain.member_offers.uses import spans
from portal.domain.member_offers.words import TIMESPANS

# Clocks that change by half an hour, at midnight, from midnight back to the day before; and a day that never was.
ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Atlantic/Azores", "Asia/Beirut",
    "Pacific/Apia", "Asia/Kathmandu", "America/Havana",
)  # fmt: skip
MOMENTS = st.integers(
    clock.to_micros(datetime(2005, 1, 1, tzinfo=UTC)), clock.to_micros(datetime(2040, 1, 1, tzinfo=UTC))
)


def at(*moment: int, zone: str = "Europe/Berlin", fold: int = 0) -> int:
    return clock.to_micros(datetime(*moment, tzinfo=ZoneInfo(zone), fold=fold))


@given(st.sampled_from(ZONES), st.sampled_from(list(TIMESPANS)), MOMENTS, st.integers(0, 40 * 86_400 * 10**6))
def test_periods_follow_one_another_and_each_moment_is_in_one(zone, timespan, moment, later):
    begun = spans.begins(timespan, moment, zone)
    assert begun <= moment
    assert spans.begins(timespan, begun, zone) == begun  # Its first moment is its own.
    after = spans.begins(timespan, moment + later, zone)
    assert after == begun or after > moment  # What begins later begins after all that is in the one before.


@pytest.mark.parametrize(
    ("timespan", "moment", "begins"),
    [
        ("WEEK", (2031, 3, 30, 23, 59, 59), (2031, 3, 24)),  # a Sunday, on which clocks went forward
        ("WEEK", (2031, 3, 31), (2031, 3, 31)),
        ("MONTH", (2031, 3, 31, 23, 59, 59), (2031, 3, 1)),
        ("YEAR", (2031, 12, 31, 23, 59, 59), (2031, 1, 1)),
        ("DAY", (2031, 10, 26, 23, 0), (2031, 10, 26)),  # a day of twenty-five hours
        ("MINUTE", (2031, 10, 26, 12, 30, 59), (2031, 10, 26, 12, 30)),
    ],
)
def test_periods_are_those_of_the_calendar_where_the_club_is(timespan, moment, begins):
    assert spans.begins(timespan, at(*moment), "Europe/Berlin") == at(*begins)


def test_an_hour_that_clocks_show_twice_is_two():
    first, second = (at(2031, 10, 26, 2, 30, fold=fold) for fold in (0, 1))
    begun = [spans.begins("HOUR", moment, "Europe/Berlin") for moment in (first, second)]
    assert begun[1] - begun[0] == timedelta(hours=1) // clock.MICROSECOND
