"""Moments as they are where an event happens."""

from datetime import datetime

from portal import clock
from portal.domain.sentences import say
from portal.web import formats


def local(instant: datetime, timezone: str) -> str:
    """The minute there, and whose time it is: "1 Jun 2031, 21:00, Vienna time"."""
    moment = formats.date_time(instant, timezone)
    if timezone == "UTC":
        return say("{moment}, UTC", moment=moment)
    return say("{moment}, {place} time", moment=moment, place=timezone.rpartition("/")[2].replace("_", " "))


def span(starts_at: datetime, ends_at: datetime, timezone: str) -> tuple[str, str]:
    """The first and the last minute there that count: until the day that was typed, not the first moment of the next."""
    return local(starts_at, timezone), local(ends_at - clock.MICROSECOND, timezone)
