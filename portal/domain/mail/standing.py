"""How the mail of the installation stands: how much of it is where, and whether it moves."""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement

_LATE = timedelta(minutes=10) // clock.MICROSECOND
_DAY = timedelta(days=1) // clock.MICROSECOND


class Standing(NamedTuple):
    """Mails by what became of them. `late` are those that are due for ten minutes; `failed_lately` were written in the last
    day."""

    kept: int
    waiting: int
    late: int
    failed: int
    failed_lately: int
    sent_lately: int


_OF = "(SELECT COUNT(*) FROM mail WHERE state = '{}'{})"
_STANDING = Statement(
    f"""SELECT {_OF.format("kept", "")} AS kept, {_OF.format("waiting", "")} AS waiting,
        {_OF.format("waiting", " AND due_at < :late")} AS late, {_OF.format("failed", "")} AS failed,
        {_OF.format("failed", " AND created_at >= :lately")} AS failed_lately,
        {_OF.format("sent", " AND created_at >= :lately")} AS sent_lately""",
    Standing,
)


def standing() -> Standing:
    """How it stands now, by the wall's clock."""
    now = clock.wall_micros()
    return _STANDING.rows(late=now - _LATE, lately=now - _DAY)[0]
