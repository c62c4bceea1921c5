"""Days as people type them into filters: the acting partner's days, the database's moments."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import g

from portal import clock
from portal.domain.typed.days import day as typed_day


def today() -> date:
    """The day that it is where the acting partner is."""
    return clock.now().astimezone(ZoneInfo(g.partner.time_zone)).date()


def day(text: str) -> date | None:
    """A day as a browser sends it; None for anything else."""
    found = typed_day(text)
    return found if found and found.year <= 9000 else None


def begins(day: date | None) -> datetime | None:
    """The first moment of the day."""
    return datetime.combine(day, time.min, ZoneInfo(g.partner.time_zone)).astimezone(UTC) if day else None


def ends(day: date | None) -> datetime | None:
    """The first moment that is no longer of the day."""
    return begins(day + timedelta(days=1)) if day else None


def written(day: date | None) -> str | None:
    """The day as an address has it."""
    return day.isoformat() if day else None
