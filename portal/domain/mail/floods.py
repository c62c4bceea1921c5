"""What the operator is told when so many invitations went out, or cards were asked for, in an hour that others were refused."""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.mail import strangers
from portal.domain.mail.counts import DAY, HOUR, Limit


class Sender(NamedTuple):
    """A partner that caused such mails at that time, and how many."""

    id: int
    name: str
    used: int


class Reached(NamedTuple):
    """A bound of the installation was reached within a day: in which hour last, and who caused most then."""

    last: datetime
    senders: list[Sender]


_SENDERS = Statement(
    """SELECT p.id, p.name, c.used FROM mail_count c JOIN partner p ON CAST(p.id AS VARCHAR(20)) = c.who
    WHERE c.kind = :kind AND c.since = :since ORDER BY c.used DESC, p.id LIMIT 3""",
    Sender,
)
_REACHED = Statement(
    "SELECT MAX(since) FROM mail_count WHERE kind = :kind AND who = '' AND since > :since AND used >= :most"
)


def lately() -> Reached | None:
    """For the operator: whether invitations were refused because the installation sends no more in an hour, and who invited most
    on that day."""
    return _lately(strangers.of_all(), strangers.BY_PARTNER, DAY)


def cards_lately() -> Reached | None:
    """For the operator: whether cards were refused because no more are asked for in an hour, and whose forms were used most in it."""
    return _lately(strangers.of_cards(), strangers.CARDS_OF_PARTNER, HOUR)


def _lately(bound: Limit, by: str, per: timedelta) -> Reached | None:
    a_day_ago = clock.wall_micros() - DAY // clock.MICROSECOND
    since = _REACHED.value(kind=bound.kind, most=bound.most, since=a_day_ago)
    if since is None:
        return None
    length = per // clock.MICROSECOND
    return Reached(clock.from_micros(since), _SENDERS.rows(kind=by, since=since // length * length))
