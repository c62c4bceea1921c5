"""From days to positions: batches know when they were closed, so that no index of times is needed."""

from datetime import datetime

from portal import clock
from portal.database import Statement

_END = 2**63 - 1
# An event happened before its batch was closed, and not before the earliest of its batch.
_BEFORE = Statement("SELECT last_position FROM event_batch WHERE closed_at <= :moment ORDER BY closed_at DESC LIMIT 1")
_UNTIL = Statement("SELECT last_position FROM event_batch WHERE earliest_at < :moment ORDER BY number DESC LIMIT 1")
_LAST = Statement("SELECT last_position FROM event_batch ORDER BY number DESC LIMIT 1")


def positions_of(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Events of the acting partner between the moments lie between these positions; others may lie there too."""
    return _lowest(since) if since else 0, _highest(until) if until else _END


def _lowest(since: datetime) -> int:
    wall = clock.wall_micros()  # Asked first, so that a test mode's clock is taken for further ahead, never less.
    ahead = max(0, clock.micros() - wall)
    return _BEFORE.value(moment=clock.to_micros(since) - ahead) or 0


def _highest(until: datetime) -> int:
    before, last = _UNTIL.value(moment=clock.to_micros(until)), _LAST.value()
    return _END if last is None or before == last else (before or 0) + 1
