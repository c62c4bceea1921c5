"""Moments as they are where an event happens."""

from datetime import datetime

from portal.domain.sentences import say
from portal.web import formats


def local(instant: datetime, timezone: str) -> str:
    """The minute there, and whose time it is: "1 Jun 2031, 21:00, Vienna time"."""
    moment = formats.date_time(instant, timezone)
    if timezone == "UTC":
        return say("{moment}, UTC", moment=moment)
    return say("{moment}, {place} time", moment=moment, place=timezone.rpartition("/")[2].replace("_", " "))
