"""Days and times of a place: clock changes, whole days, and windows in which nothing counts."""

from datetime import UTC, datetime

import pytest

from portal.domain.coupons.assignments import blackouts
from portal.domain.coupons.assignments.moments import moments
from portal.domain.values import Wrong

pytestmark = pytest.mark.engine("sqlite")  # No engine is asked.
VIENNA = "Europe/Vienna"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "zone", "starts", "ends"),
    [
        ("2026-06-01", "2026-06-01", "UTC", "2026-06-01 00:00", "2026-06-02 00:00"),
        ("2026-06-01", "2026-06-30", VIENNA, "2026-05-31 22:00", "2026-06-30 22:00"),
        # The clock goes forward, or back, on the last day.
        ("2026-03-29", "2026-03-29", VIENNA, "2026-03-28 23:00", "2026-03-29 22:00"),
        ("2026-10-25", "2026-10-25", VIENNA, "2026-10-24 22:00", "2026-10-25 23:00"),
        # With times the last second counts.
        ("2026-06-01 10:00:00", "2026-06-01 10:00:00", "UTC", "2026-06-01 10:00:00", "2026-06-01 10:00:01"),
        (" 2026-06-01 10:00:00", "2026-06-01", "UTC", "2026-06-01 10:00:00", "2026-06-02 00:00"),
        # Skipped: the first moment after the gap. Twice: the earlier where it begins, the later where it ends.
        ("2026-03-29 02:15:00", "2026-03-29 02:45:00", VIENNA, "2026-03-29 01:00:00", "2026-03-29 01:00:01"),
        ("2026-10-25 02:30:00", "2026-10-25 02:30:00", VIENNA, "2026-10-25 00:30:00", "2026-10-25 01:30:01"),
        # Midnight itself is skipped, or comes twice, or a whole day is left out.
        ("2026-09-06", "2026-09-06", "America/Santiago", "2026-09-06 04:00", "2026-09-07 03:00"),
        ("2026-11-01", "2026-11-01", "America/Havana", "2026-11-01 04:00", "2026-11-02 05:00"),
        ("2026-10-31", "2026-10-31", "America/Havana", "2026-10-31 04:00", "2026-11-01 04:00"),
        ("2011-12-30 12:00:00", "2011-12-31", "Pacific/Apia", "2011-12-30 10:00", "2011-12-31 10:00"),
        ("2026-06-01", "9999-12-31", VIENNA, "2026-05-31 22:00", "9999-01-01 00:00"),
    ],
)
def test_an_assignment_is_good_from_its_first_moment_to_its_last(start, end, zone, starts, ends):
    assert moments(start, end, zone) == (utc(starts), utc(ends))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-02", "2026-06-01"),
        ("2026-06-01 10:00:01", "2026-06-01 10:00:00"),
        ("2026-03-29 02:45:00", "2026-03-29 02:15:00"),
        ("2026-02-30", "2026-06-01"),
        ("2026-6-1", "2026-06-02"),
        ("2026-06-01T10:00:00", "2026-06-02"),
        ("2026-06-01 24:00:00", "2026-06-02"),
        ("2026-06-01 10:00", "2026-06-02"),
        ("", "2026-06-02"),
        ("9999-06-01", "9999-12-31"),
        ("0001-01-01", "2026-06-02"),
    ],
)
def test_dates_that_are_none_or_reversed_are_refused(start, end):
    with pytest.raises(Wrong):
        moments(start, end, VIENNA)


def hours(day, start, end):
    return {"day": day, "start_time": start, "end_time": end}


def window(start="2026-01-01", end="2026-12-31", *days):
    return {"start": start, "end": end} | ({"days": list(days)} if days else {})


@pytest.mark.parametrize(
    "given",
    [
        window("2026-06-01", "2026-06-02"),
        [window("2026-06-01", "2026-06-02")],
        '{"start": "2026-06-01", "end": "2026-06-02"}',
        '[{"start": " 2026-06-01", "end": "2026-06-02", "days": [], "more": 1}]',
        '{"start": "2026-06-01", "end": "2026-06-02", "days": null}',
    ],
)
def test_a_blackout_is_an_object_a_list_of_them_or_either_as_json(given):
    assert blackouts.taken(given) == [{"start": "2026-06-01", "end": "2026-06-02", "days": []}]


@pytest.mark.parametrize("given", [None, "", " ", [], "[]", "null"])
def test_no_window_is_no_blackout(given):
    assert blackouts.taken(given) is None


@pytest.mark.parametrize(
    "given",
    [
        "soon",
        "3",
        7,
        [3],
        "[" * 5000,
        {"start": "2026-06-01"},
        window("2026-06-02", "2026-06-01"),
        window("2026-06-31", "2026-07-01"),
        window("2026-06-01", "9999-12-31"),
        window("2026-06-01", "2026-06-02") | {"days": {"day": 1}},
        window("2026-06-01", "2026-06-02") | {"days": [1]},
        window("2026-06-01", "2026-06-02", hours(0, "10:00", "11:00")),
        window("2026-06-01", "2026-06-02", hours(8, "10:00", "11:00")),
        window("2026-06-01", "2026-06-02", hours(None, "10:00", "11:00")),
        window("2026-06-01", "2026-06-02", hours(1, "11:00", "10:00")),
        window("2026-06-01", "2026-06-02", hours(1, "10:00", "10:00")),
        window("2026-06-01", "2026-06-02", hours(1, "9:00", "10:00")),
        window("2026-06-01", "2026-06-02", hours(1, "09:00", "24:00")),
        window("2026-06-01", "2026-06-02", hours(1, None, "10:00")),
        window("2026-06-01", "2026-06-02", hours(1, "09:00", "11:00"), hours(1, "10:00", "12:00")),
        [window("2026-06-01", "2026-06-02", hours(1, "09:00", "11:00")), window("2026-06-02", "2026-07-02", hours(1, "10:59", "12:00"))],
        [window()] * 101,
    ],
)  # fmt: skip
def test_a_blackout_that_is_none_or_overlaps_itself_is_refused(given):
    with pytest.raises(Wrong):
        blackouts.taken(given)


def test_windows_that_touch_or_are_of_other_days_do_not_overlap():
    days = hours(1, "09:00", "11:00"), hours("1", "11:00", "12:00"), hours(2, "09:00", "12:00")
    assert len(blackouts.taken(window("2026-06-01", "2026-06-30", *days))[0]["days"]) == 3


@pytest.mark.parametrize(
    ("given", "inside", "outside"),
    [
        (
            window("2026-06-01", "2026-06-02"),
            ("2026-05-31 22:00:00", "2026-06-02 21:59:59.999999"),
            ("2026-05-31 21:59:59.999999", "2026-06-02 22:00"),
        ),
        # Day 1 is Sunday: the 7th of June 2026.
        (
            window("2026-06-01", "2026-06-30", hours(1, "10:00", "12:00")),
            ("2026-06-07 08:00", "2026-06-07 09:59:59.999999"),
            ("2026-06-07 07:59:59", "2026-06-07 10:00", "2026-06-08 09:00", "2026-07-05 09:00"),
        ),
        (window("2026-06-01", "2026-06-30", hours(1, "22:00", "23:59")), ("2026-06-07 21:59:59.999999",), ("2026-06-07 22:00",)),
        # The clock goes forward at two: what is skipped begins, and ends, after the gap.
        (
            window("2026-03-29", "2026-03-29", hours(1, "02:15", "03:30")),
            ("2026-03-29 01:00", "2026-03-29 01:29:59"),
            ("2026-03-29 00:59:59", "2026-03-29 01:30"),
        ),
        (
            window("2026-03-29", "2026-03-29", hours(1, "02:10", "02:50")),
            (),
            ("2026-03-29 00:59:59", "2026-03-29 01:00", "2026-03-29 01:10"),
        ),
        # It goes back at three: an hour comes twice, the first begins a window, the second ends it.
        (
            window("2026-10-25", "2026-10-25", hours(1, "02:30", "02:45")),
            ("2026-10-25 00:30", "2026-10-25 00:50", "2026-10-25 01:10", "2026-10-25 01:44:59"),
            ("2026-10-25 00:29:59", "2026-10-25 01:45"),
        ),
    ],
)  # fmt: skip
def test_a_moment_inside_a_window_is_out(given, inside, outside):
    kept = blackouts.taken(given)
    assert all(blackouts.is_out(kept, VIENNA, utc(moment)) for moment in inside)
    assert not any(blackouts.is_out(kept, VIENNA, utc(moment)) for moment in outside)
    assert blackouts.is_out(None, VIENNA, utc("2026-06-01")) is None
