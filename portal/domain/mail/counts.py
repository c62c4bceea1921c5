"""How many mails of a kind may be written for somebody in an hour or a day: counted in the transaction of the mail, exactly."""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Of two at the same moment the second waits for the first, and counts from there.
_TAKE = Statement(
    """INSERT INTO mail_count (kind, who, since, used) VALUES (:kind, :who, :since, 1)
    ON CONFLICT (kind, who, since) DO UPDATE SET used = mail_count.used + 1 WHERE mail_count.used < :most"""
)
_USED = Statement("SELECT used FROM mail_count WHERE kind = :kind AND who = :who AND since = :since")


class Limit(NamedTuple):
    """So many mails of a kind for one sender, receiver or all, from each beginning of an hour or a day (UTC) to its end."""

    kind: str
    who: str
    most: int
    lasts: timedelta

    @property
    def since(self) -> int:
        """When the present hour or day began, in microseconds of the wall's clock."""
        length = self.lasts // clock.MICROSECOND
        return clock.wall_micros() // length * length

    @property
    def until(self) -> datetime:
        """When it ends."""
        return clock.from_micros(self.since) + self.lasts


def take(limit: Limit) -> bool:
    """Count one more mail in the running transaction; whether the limit allows it."""
    kind, who, most, _ = limit
    return most > 0 and bool(_TAKE.run(kind=kind, who=who, since=limit.since, most=most))


def used(limit: Limit) -> int:
    """How many were counted in the present hour or day."""
    return _USED.value(kind=limit.kind, who=limit.who, since=limit.since) or 0
