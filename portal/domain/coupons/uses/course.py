"""How a coupon's uses went, day by day: how many, what they took off, and what was paid for the reservations that had them."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ties import brought

DAYS = 90
_QUARTER = 900_000_000  # The clocks of all zones differ by quarters of an hour.
LIVE = "u.state <> 'released' AND (r.id IS NULL OR r.state <> 'held' OR r.expires_at > :now)"


class _Some(NamedTuple):
    quarter: int
    currency: str | None
    uses: int
    taken_off: int
    sales: int


class Sum(NamedTuple):
    """What uses took off and what was paid, in minor units of a currency."""

    currency: str
    taken_off: int
    sales: int


class Course(NamedTuple):
    """Uses of each day, the oldest first, and the sums of all of them by currency."""

    days: list[tuple[date, int]]
    uses: int
    sums: list[Sum]


_SUMS = f"""SELECT u.held_at / {_QUARTER} AS quarter, u.currency, COUNT(*) AS uses,
        CAST(SUM(u.amount) AS BIGINT) AS taken_off,
        CAST(SUM(CASE WHEN r.state = 'purchased' THEN r.face - r.discount ELSE 0 END) AS BIGINT) AS sales
    FROM coupon_use u LEFT JOIN reservation r ON r.id = u.reservation_id
    WHERE u.coupon_id = :coupon AND u.held_at >= :since AND {LIVE} GROUP BY 1, 2"""
_OF_COUPON = Statement(_SUMS, _Some)


def by_day(coupon: Coupon, time_zone: str) -> Course:
    """The uses of the last 90 days, in days of a time zone; those that were given back are left out. What was paid is of a
    reservation as a whole, whatever other coupons it had, or of the deal that was reported with the code."""
    zone = ZoneInfo(time_zone)
    today = clock.now().astimezone(zone).date()
    first = max(today - timedelta(days=DAYS - 1), coupon.created_at.astimezone(zone).date())
    since = clock.to_micros(datetime(first.year, first.month, first.day, tzinfo=zone))
    found = _OF_COUPON.rows(coupon=coupon.id, since=since, now=clock.micros())
    counts: dict[date, int] = defaultdict(int)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for some in found:
        counts[clock.from_micros(some.quarter * _QUARTER).astimezone(zone).date()] += some.uses
        if some.currency:
            sums[some.currency] = [sums[some.currency][0] + some.taken_off, sums[some.currency][1] + some.sales]
    for one in brought.of_coupon(coupon.id, since):
        sums[one.currency] = [sums[one.currency][0], sums[one.currency][1] + one.amount]
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    return Course(
        [(day, counts[day]) for day in days],
        sum(counts.values()),
        [Sum(name, *both) for name, both in sorted(sums.items())],
    )
