"""What a promoter earned month by month: the rewards of the deals that were reported in each."""

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement

MONTHS = 12
_BETWEEN = " ".join(f"WHEN d.conversion_time < ? THEN {place}" for place in range(MONTHS - 1))
_SUMS = Statement(
    f"""SELECT CASE {_BETWEEN} ELSE {MONTHS - 1} END, d.currency,
        SUM(CASE WHEN d.approved_at IS NULL THEN d.payment_sum ELSE 0 END),
        SUM(CASE WHEN d.approved_at IS NULL THEN 0 ELSE d.payment_sum END)
    FROM promotion m JOIN deal d ON d.promotion_id = m.id
    WHERE m.promoter_id = ? AND d.conversion_time >= ? AND d.payment_sum <> 0 GROUP BY 1, 2"""
)


class Month(NamedTuple):
    """Rewards of a month in one currency, in minor units; `first` is its first day where the partner is."""

    first: date
    pending: int
    approved: int


def of(promoter_id: int, zone: str) -> dict[str, list[Month]]:
    """The last twelve months by currency, this one last. Canceled deals earn nothing."""
    firsts = _firsts(clock.now().astimezone(ZoneInfo(zone)).date())
    begins = [clock.to_micros(datetime.combine(first, time.min, ZoneInfo(zone))) for first in firsts]
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for place, currency, pending, approved in _SUMS.rows(*begins[1:], promoter_id, begins[0]):
        found.setdefault(currency, {})[place] = (int(pending), int(approved))
    return {
        currency: [Month(first, *sums.get(place, (0, 0))) for place, first in enumerate(firsts)]
        for currency, sums in found.items()
    }


def _firsts(today: date) -> list[date]:
    """The first days of the twelve months that end with today's."""
    months = range(today.year * 12 + today.month - MONTHS, today.year * 12 + today.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
