"""What a promoter earned month by month: the rewards of the deals that were reported in each."""

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement

MONTHS = 12
_BETWEEN = " ".join(f"WHEN d.conversion_time < :begin_{place + 1} THEN {place}" for place in range(MONTHS - 1))


class _Sum(NamedTuple):
    place: int
    currency: str
    pending: int
    approved: int


_SUMS = Statement(
    f"""SELECT CASE {_BETWEEN} ELSE {MONTHS - 1} END AS place, d.currency,
        CAST(SUM(CASE WHEN d.approved_at IS NULL THEN d.payment_sum ELSE 0 END) AS BIGINT) AS pending,
        CAST(SUM(CASE WHEN d.approved_at IS NULL THEN 0 ELSE d.payment_sum END) AS BIGINT) AS approved
    FROM promotion m JOIN deal d ON d.promotion_id = m.id
    WHERE m.promoter_id = :promoter AND d.conversion_time >= :begin_0 AND d.payment_sum <> 0 GROUP BY 1, 2""",
    _Sum,
)


class Month(NamedTuple):
    """Rewards of a month in one currency, in minor units; `first` is its first day where the partner is."""

    first: date
    pending: int
    approved: int


def of(promoter_id: int, zone: str) -> dict[str, list[Month]]:
    """The last twelve months by currency, this one last. Canceled deals earn nothing."""
    firsts = _firsts(clock.now().astimezone(ZoneInfo(zone)).date())
    begins = {
        f"begin_{place}": clock.to_micros(datetime.combine(first, time.min, ZoneInfo(zone)))
        for place, first in enumerate(firsts)
    }
    found: dict[str, list[Month]] = {}
    for earned in _SUMS.rows(promoter=promoter_id, **begins):
        months = found.setdefault(earned.currency, [Month(first, 0, 0) for first in firsts])
        months[earned.place] = Month(firsts[earned.place], earned.pending, earned.approved)
    return found


def _firsts(today: date) -> list[date]:
    """The first days of the twelve months that end with today's."""
    months = range(today.year * 12 + today.month - MONTHS, today.year * 12 + today.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
