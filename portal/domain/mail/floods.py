"""What the operator is told when so many invitations went out in an hour that others were refused."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.mail import strangers
from portal.domain.mail.counts import DAY

_DAY = DAY // clock.MICROSECOND


class Sender(NamedTuple):
    """A partner that invited people on a day, and how many."""

    id: int
    name: str
    used: int


class Reached(NamedTuple):
    """The bound of the installation was reached within a day: in which hour last, and who invited most on that day."""

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
    """For the operator: whether invitations were refused because the installation sends no more in an hour."""
    since = _REACHED.value(
        kind=strangers.of_all().kind, most=strangers.of_all().most, since=clock.wall_micros() - DAY // clock.MICROSECOND
    )
    if since is None:
        return None
    day = since // _DAY * _DAY
    return Reached(clock.from_micros(since), _SENDERS.rows(kind=strangers.BY_PARTNER, since=day))
