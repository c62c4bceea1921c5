"""The figures of a merchant's start page: thirty days against the thirty before, and each day of them."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement

DAYS = 30
_QUARTER = 900 * 1_000_000  # Every time zone of today is a whole number of quarter hours from UTC.
_PERIODS = Statement(
    """SELECT CASE WHEN conversion_time >= ? THEN 1 ELSE 0 END, currency, COUNT(*),
        SUM(CASE WHEN status = 'Paid' THEN 1 ELSE 0 END),
        SUM(CASE WHEN approved_at IS NULL THEN payment_sum ELSE 0 END),
        SUM(CASE WHEN approved_at IS NULL THEN 0 ELSE payment_sum END)
    FROM deal WHERE partner_id = ? AND conversion_time >= ? GROUP BY 1, 2"""
)
_DEALS = Statement(
    "SELECT conversion_time / ?, COUNT(*) FROM deal WHERE partner_id = ? AND conversion_time >= ? GROUP BY 1"
)
_CLICKS = Statement(
    """SELECT k.at / ?, COUNT(*) FROM catalog c JOIN promotion m ON m.catalog_id = c.id
    JOIN click k ON k.promotion_id = m.id AND k.at >= ? WHERE c.partner_id = ? GROUP BY 1"""
)
_OFFERS = Statement(
    """SELECT o.name, n.deals FROM (SELECT d.offer_id, COUNT(*) AS deals FROM deal d
        WHERE d.partner_id = ? AND d.conversion_time >= ? AND d.status <> 'Canceled'
        GROUP BY d.offer_id ORDER BY COUNT(*) DESC, d.offer_id LIMIT ?) n
    JOIN offer o ON o.id = n.offer_id ORDER BY n.deals DESC, o.id"""
)


class Figures(NamedTuple):
    """Counts of the deals reported in a period; rewards by currency, in minor units."""

    deals: int
    paid: int
    pending: dict[str, int]
    due: dict[str, int]


class Day(NamedTuple):
    """A day in the partner's time zone."""

    day: date
    deals: int
    clicks: int


def periods(partner_id: int, zone: str) -> tuple[Figures, Figures]:
    """The last thirty days, today included, and the thirty before them."""
    now, before = _begins(zone, DAYS), _begins(zone, 2 * DAYS)
    rows = _PERIODS.rows(now, partner_id, before)
    return _figures(row[1:] for row in rows if row[0]), _figures(row[1:] for row in rows if not row[0])


def days(partner_id: int, zone: str) -> list[Day]:
    """Deals and clicks of each of the last thirty days, today last."""
    since, place = _begins(zone, DAYS), ZoneInfo(zone)
    deals = _by_day(_DEALS.rows(_QUARTER, partner_id, since), place)
    clicks = _by_day(_CLICKS.rows(_QUARTER, since, partner_id), place)
    today = clock.now().astimezone(place).date()
    listed = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return [Day(day, deals[day], clicks[day]) for day in listed]


def top_offers(partner_id: int, zone: str, most: int = 5) -> list[tuple[str, int]]:
    """(name, deals) of the offers with most deals in the last thirty days, canceled ones left out."""
    return [(name, count) for name, count in _OFFERS.rows(partner_id, _begins(zone, DAYS), most)]


def _begins(zone: str, days: int) -> int:
    place = ZoneInfo(zone)
    first = clock.now().astimezone(place).date() - timedelta(days=days - 1)
    return clock.to_micros(datetime.combine(first, time.min, place))


def _figures(rows) -> Figures:
    deals = paid = 0
    pending, due = Counter(), Counter()
    for currency, count, count_paid, sum_pending, sum_due in rows:
        deals, paid = deals + count, paid + int(count_paid)
        pending[currency] += int(sum_pending)
        due[currency] += int(sum_due)
    return Figures(deals, paid, _nonzero(pending), _nonzero(due))


def _nonzero(sums: Counter) -> dict[str, int]:
    return {currency: total for currency, total in sums.most_common() if total}


def _by_day(rows: list[tuple], place: ZoneInfo) -> Counter:
    counted: Counter = Counter()
    for quarter, count in rows:
        counted[clock.from_micros(quarter * _QUARTER).astimezone(place).date()] += count
    return counted
