"""Clicks of a merchant's promoters by day. Days that are over are remembered for some minutes.

Clicks are no events, and are written within a second. One that comes later, after the database was away, is seen within
ten minutes by every process.
"""

from bisect import bisect_right

from portal import clock
from portal.database import Statement
from portal.domain.periods import QUARTER, Period, Quarter, Stretch
from portal.domain.remembered import keep_latest

_HOUR, _LASTS = 3600 * 1_000_000, 600 * 1_000_000
_MOST_PARTNERS = 100
_CLICKS = Statement(
    f"""SELECT k.at / {QUARTER} AS number, COUNT(*) AS counted FROM catalog c JOIN promotion m ON m.catalog_id = c.id
    JOIN click k ON k.promotion_id = m.id AND k.at >= :since WHERE c.partner_id = :partner GROUP BY 1""",
    Quarter,
)
_kept: dict[int, tuple[int, dict[Stretch, int]]] = {}


def of_merchant(partner_id: int, period: Period) -> tuple[list[int], int]:
    """The clicks of each day of the period, and of the days before it together."""
    now = clock.wall_micros()
    read_at, known = _kept.get(partner_id, (now, {}))
    if now - read_at > _LASTS:
        read_at, known = now, {}
    days = [*period.earlier, *period.stretches]
    unknown = next((place for place, day in enumerate(days) if day not in known), len(days))
    counts = [known[day] for day in days[:unknown]] + _counted(partner_id, days[unknown:])
    over = clock.micros() - _HOUR
    known = {day: count for day, count in zip(days, counts, strict=True) if day.ends <= over}
    keep_latest(_kept, partner_id, (read_at, known), _MOST_PARTNERS)
    return counts[len(period.earlier) :], sum(counts[: len(period.earlier)])


def forget() -> None:
    """Forget what was counted in another database."""
    _kept.clear()


def _counted(partner_id: int, days: list[Stretch]) -> list[int]:
    """The clicks of days that follow one another; one of a faster clock is the last day's."""
    counts, begins = [0] * len(days), [day.begins for day in days]
    for quarter in _CLICKS.rows(since=begins[0], partner=partner_id) if days else []:
        counts[bisect_right(begins, quarter.number * QUARTER) - 1] += quarter.counted
    return counts
