"""Blackouts: windows of an assignment in which nothing counts, in its time zone (contract: coupons, "date_filter").

A window without times is whole days. One with times lasts from its start up to its end, which is out; 23:59 as an end is
the end of the day. Kept is a list of `{"start", "end", "days": [{"day", "start_time", "end_time"}]}`; day 1 is Sunday.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from portal.domain.coupons.assignments import moments
from portal.domain.sentences import say
from portal.domain.typed import days
from portal.domain.values import Wrong

MOST = 100  # ranges, and windows together
_LAST_YEAR = 9998
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_END_OF_DAY = "23:59"


class Window(NamedTuple):
    """From a moment up to another that is out: nothing counts in it."""

    begins: datetime
    ends: datetime


def taken(value: Any) -> list[dict] | None:
    """A blackout as it is kept, from an object, a list of them, or either as JSON; None for none. Raises Wrong with a sentence."""
    kept = [_range(each) for each in _ranges(value)]
    if len(kept) > MOST or sum(len(each["days"]) for each in kept) > MOST:
        raise Wrong(say("Give at most {most} windows.", most=MOST))
    _refuse_overlaps(kept)
    return kept or None


def is_out(kept: list[dict] | None, timezone: str, moment: datetime) -> Window | None:
    """The window that a moment falls into; None where it falls into none."""
    place = ZoneInfo(timezone)
    day = moment.astimezone(place).date()
    windows = (window for each in kept or () for window in _of_day(each, day, place))
    return next((window for window in windows if window.begins <= moment < window.ends), None)


def windows(kept: list[dict] | None, timezone: str, day: date) -> list[Window]:
    """The windows of a local day; of a range of whole days that one of its days."""
    place = ZoneInfo(timezone)
    return [window for each in kept or () for window in _of_day(each, day, place)]


def lifted(kept: list[dict] | None, timezone: str, moment: datetime) -> list[dict]:
    """The blackout without those windows of the moment's local day that it falls into; on other days they stay."""
    place = ZoneInfo(timezone)
    day = moment.astimezone(place).date()
    return [part for each in kept or () for part in _lifted(each, day, place, moment)]


def _lifted(each: dict, day: date, place: ZoneInfo, moment: datetime) -> list[dict]:
    if not _is_in(each, day, place, moment):
        return [each]
    parts = [each | {"end": _next(day, -1)}, each | {"start": _next(day, 1)}]
    left = [hours for hours in each["days"] if not _is_in(each | {"days": [hours]}, day, place, moment)]
    stays = [hours for hours in left if hours["day"] == _number(day)]
    today = [{"start": day.isoformat(), "end": day.isoformat(), "days": stays}] if stays else []
    return [part for part in parts if part["start"] <= part["end"]] + today


def _next(day: date, step: int) -> str:
    return (day + timedelta(days=step)).isoformat()


def _is_in(each: dict, day: date, place: ZoneInfo, moment: datetime) -> bool:
    return any(window.begins <= moment < window.ends for window in _of_day(each, day, place))


def _number(day: date) -> int:
    """Sunday is 1."""
    return day.isoweekday() % 7 + 1


def _of_day(each: dict, day: date, place: ZoneInfo) -> Iterator[Window]:
    if not each["start"] <= day.isoformat() <= each["end"]:
        return
    end_of_day = moments.begins(day + timedelta(days=1), place)
    if not each["days"]:
        yield Window(moments.begins(day, place), end_of_day)
    for hours in each["days"]:
        if hours["day"] == _number(day):
            yield Window(
                moments.earlier(_local(day, hours["start_time"]), place),
                end_of_day
                if hours["end_time"] == _END_OF_DAY
                else moments.later(_local(day, hours["end_time"]), place),
            )


def _local(day: date, clock_time: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock_time))


def _ranges(value: Any) -> list:
    if isinstance(value, str):
        value = _parsed(value) if value.strip() else None
    if isinstance(value, dict):
        return [value]
    if value is not None and not isinstance(value, list):
        raise Wrong(say("Send a blackout as an object with a start and an end, or a list of those."))
    return value or []


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Wrong(say("This blackout is no JSON. Send an object with a start and an end.")) from None


def _range(each: Any) -> dict:
    if not isinstance(each, dict):
        raise Wrong(say("Send a blackout as an object with a start and an end, or a list of those."))
    start, end = _day(each.get("start")), _day(each.get("end"))
    if end < start:
        raise Wrong(
            say("A blackout ends before it starts, {start} to {end}. Change one of them.", start=start, end=end)
        )
    listed = each.get("days") or []
    if not isinstance(listed, list):
        raise Wrong(say("Send the days of a blackout as a list."))
    return {"start": start, "end": end, "days": [_hours(hours) for hours in listed]}


def _day(value: Any) -> str:
    found = days.day(value.strip()) if isinstance(value, str) else None
    if found is None or found.year > _LAST_YEAR:
        raise Wrong(say("Write the start and the end of a blackout as YYYY-MM-DD."))
    return found.isoformat()


def _hours(value: Any) -> dict:
    if not isinstance(value, dict):
        raise Wrong(say("Send each day of a blackout as an object with a day, a start_time and an end_time."))
    day, start, end = str(value.get("day")), value.get("start_time"), value.get("end_time")
    if day not in set("1234567"):
        raise Wrong(say("Give the day of a blackout as a number from 1, Sunday, to 7, Saturday."))
    if not (isinstance(start, str) and isinstance(end, str) and _TIME.fullmatch(start) and _TIME.fullmatch(end)):
        raise Wrong(say("Write the times of a blackout as HH:MM, from 00:00 to 23:59."))
    if end <= start:
        raise Wrong(
            say("A blackout ends at {end}, which is not after {start}. Change one of them.", end=end, start=start)
        )
    return {"day": int(day), "start_time": start, "end_time": end}


def _refuse_overlaps(kept: list[dict]) -> None:
    """No two windows of a day may overlap: which of them was meant, nobody could tell."""
    listed = [(each, hours) for each in kept for hours in each["days"]]
    for (one, hours), (other, others) in combinations(listed, 2):
        is_one_day = hours["day"] == others["day"] and one["start"] <= other["end"] and other["start"] <= one["end"]
        if is_one_day and hours["start_time"] < others["end_time"] and others["start_time"] < hours["end_time"]:
            raise Wrong(say("Two windows of a blackout overlap on day {day}. Make one of them.", day=hours["day"]))
