"""What automatic pushes did lately."""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement

_DAYS = timedelta(days=30)


class Did(NamedTuple):
    """How many cards an automatic push told in the last 30 days, and how many of them were shown it."""

    automatic_id: int
    told: int
    shown: int


_DID = Statement(
    """SELECT automatic_id, COUNT(*) AS told, COUNT(CASE WHEN shown > 0 THEN 1 END) AS shown FROM push
    WHERE automatic_id IN :automatics AND created_at > :since GROUP BY automatic_id""",
    Did,
)


def lately(automatics: list[int]) -> dict[int, Did]:
    """By the ids of the automatic pushes; those that told nobody are left out."""
    since = clock.micros() - _DAYS // clock.MICROSECOND
    return {row.automatic_id: row for row in _DID.rows(automatics=automatics, since=since)} if automatics else {}
