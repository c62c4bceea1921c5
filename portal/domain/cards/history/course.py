"""How a field of a card went, day by day."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement

DAYS = 90
_MOST_READ = 2000


class Shown(Protocol):
    """A card as it was read to be shown, with its counts; moments in microseconds."""

    @property
    def id(self) -> int: ...
    @property
    def created_at(self) -> int: ...


class _Point(NamedTuple):
    before: int
    after: int
    created_at: int


_POINTS = Statement(
    f"""SELECT e.before, e.after, o.created_at FROM card_entry e JOIN card_operation o ON o.id = e.operation_id
    WHERE e.card_id = :card AND e.field = :field ORDER BY e.id DESC LIMIT {_MOST_READ}""",
    _Point,
)


def by_day(card: Shown, field: str, time_zone: str) -> list[tuple[date, int]]:
    """What was on the card at the end of each of the last `DAYS` days of the partner's since it is there, in the smallest unit."""
    zone, points = ZoneInfo(time_zone), _POINTS.rows(card=card.id, field=field)[::-1]
    moments = [point.created_at for point in points]
    first = points[0].before if points else getattr(card, field)
    today = clock.now().astimezone(zone).date()
    found = []
    for day in (today - timedelta(days=back) for back in reversed(range(DAYS))):
        end = clock.to_micros(datetime.combine(day + timedelta(days=1), time.min, zone))
        if place := bisect_right(moments, end - 1):
            found.append((day, points[place - 1].after))
        elif end > card.created_at:
            found.append((day, first))
    return found
