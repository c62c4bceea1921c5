"""Clicks of a merchant's promoters by day. Days that are over are remembered for some minutes.

Clicks are no events, and are written within a second. One that comes later, after the database was away, is seen within
ten minutes by every process.
"""

from bisect import bisect_right
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.periods import QUARTER, Period, Stretch
from portal.domain.remembered import keep_latest

_HOUR, _LASTS = 3600 * 1_000_000, 600 * 1_000_000
_MOST_PARTNERS = 100


class Followed(NamedTuple):
    """How often links were followed, and by how many; each counts once on a day, for each promoter."""

    clicks: int
    visitors: int


class _Quarter(NamedTuple):
    number: int
    clicks: int
    visitors: int


_NONE = Followed(0, 0)
_CLICKS = Statement(
    f"""SELECT k.at / {QUARTER} AS number, COUNT(*) AS clicks, COUNT(CASE WHEN k.is_first THEN 1 END) AS visitors FROM catalog c JOIN promotion m ON m.catalog_id = c.id
    JOIN click k ON k.promotion_id = m.id AND k.at >= :since AND k.at < :until WHERE c.partner_id = :partner GROUP BY 1""",
    _Quarter,
)
_kept: dict[int, tuple[int, dict[Stretch, Followed]]] = {}


def of_merchant(partner_id: int, period: Period) -> tuple[list[Followed], Followed]:
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
    before = counts[: len(period.earlier)]
    return counts[len(before) :], Followed(*map(sum, zip(*before, strict=True)))


def forget() -> None:
    """Forget what was counted in another database."""
    _kept.clear()


def _counted(partner_id: int, days: list[Stretch]) -> list[Followed]:
    """The clicks of days that follow one another."""
    counts, begins = [_NONE] * len(days), [day.begins for day in days]
    for quarter in _CLICKS.rows(since=begins[0], until=days[-1].ends, partner=partner_id) if days else []:
        place = bisect_right(begins, quarter.number * QUARTER) - 1
        clicks, visitors = counts[place]
        counts[place] = Followed(clicks + quarter.clicks, visitors + quarter.visitors)
    return counts
