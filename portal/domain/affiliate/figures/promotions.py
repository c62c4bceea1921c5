"""What promotions bring: clicks, deals and rewards of several at once, and each day of one."""

from collections import defaultdict
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import periods

_DAILY_CLICKS = Statement("SELECT at / ?, COUNT(*) FROM click WHERE promotion_id = ? AND at >= ? GROUP BY 1")
_DAILY_DEALS = Statement(
    "SELECT conversion_time / ?, COUNT(*) FROM deal WHERE promotion_id = ? AND conversion_time >= ? GROUP BY 1"
)
# What deals brought in payouts that were not taken back, less what later ones took back again.
_PAID = Statement(
    """SELECT i.currency, SUM(i.amount) FROM payout o JOIN payout_item i ON i.payout_id = o.id
    WHERE o.merchant_id = ? AND o.promoter_id = ? AND o.reversed_at IS NULL AND i.promotion_id = ? GROUP BY i.currency"""
)
Sums = dict[str, int]  # minor units by currency, none of them zero


class Day(NamedTuple):
    """A day in the partner's time zone."""

    day: date
    clicks: int
    deals: int


class Earned(NamedTuple):
    """Where the rewards of a promotion stand."""

    held: Sums
    due: Sums
    paid: Sums


def begins(zone: str) -> datetime:
    """The first moment of the last thirty days, today included."""
    return clock.from_micros(periods.last(periods.USUAL, zone).since)


def days(promotion_id: int, zone: str) -> list[Day]:
    """Clicks and deals of each of the last thirty days, today last."""
    period = periods.last(periods.USUAL, zone)
    clicks, deals = (
        period.by_day(daily.rows(periods.QUARTER, promotion_id, period.since))
        for daily in (_DAILY_CLICKS, _DAILY_DEALS)
    )
    return [Day(*each) for each in zip(period.days, clicks, deals, strict=True)]


def counts(promotion_ids: list[int], since: datetime) -> dict[int, tuple[int, int]]:
    """(clicks, deals) of each promotion from a moment on, in two queries."""
    clicks, deals = (
        dict(count(len(promotion_ids)).rows(*promotion_ids, clock.to_micros(since))) if promotion_ids else {}
        for count in (_clicks, _deals)
    )
    return {promotion: (clicks.get(promotion, 0), deals.get(promotion, 0)) for promotion in promotion_ids}


def held(promotion_ids: list[int], merchant_ids: list[int]) -> dict[int, Sums]:
    """The rewards that wait for their hold, by promotion; the merchants are those of the promotions, in their order."""
    return _sums(_held(len(promotion_ids)).rows(*merchant_ids, *promotion_ids) if promotion_ids else [])


def due(promotion_ids: list[int]) -> dict[int, Sums]:
    """The rewards that are not paid out yet, below zero where more was taken back, by promotion."""
    return _sums(_due(len(promotion_ids)).rows(*promotion_ids) if promotion_ids else [])


def earned(promoter_id: int, promotion_id: int, merchant_id: int) -> Earned:
    """Where the rewards of one promotion stand, since it began."""
    waiting = held([promotion_id], [merchant_id]), due([promotion_id])
    paid = _PAID.rows(merchant_id, promoter_id, promotion_id)
    return Earned(
        *(sums.get(promotion_id, {}) for sums in waiting), {code: int(total) for code, total in paid if total}
    )


def _sums(rows: list[tuple]) -> dict[int, Sums]:
    found: dict[int, Sums] = defaultdict(dict)
    for promotion, currency, total in rows:
        if total:
            found[promotion][currency] = int(total)
    return found


@cache
def _clicks(count: int) -> Statement:
    return Statement(
        f"SELECT promotion_id, COUNT(*) FROM click WHERE promotion_id IN ({_marks(count)}) AND at >= ? GROUP BY promotion_id"
    )


@cache
def _deals(count: int) -> Statement:
    return Statement(
        f"""SELECT promotion_id, COUNT(*) FROM deal WHERE promotion_id IN ({_marks(count)}) AND conversion_time >= ?
        GROUP BY promotion_id"""
    )


@cache
def _held(count: int) -> Statement:
    """Through the merchants' pending deals, which are few; `+` keeps SQLite from reading every deal of a promotion."""
    return Statement(
        f"""SELECT d.promotion_id, d.currency, SUM(d.payment_sum) FROM deal d WHERE d.partner_id IN ({_marks(count)})
        AND d.status = 'Paid' AND d.approved_at IS NULL AND +d.promotion_id IN ({_marks(count)})
        GROUP BY d.promotion_id, d.currency"""
    )


@cache
def _due(count: int) -> Statement:
    """Open items are indexed by their merchant, promoter and promotion, so they are looked for from the promotions."""
    return Statement(
        f"""SELECT m.id, i.currency, SUM(i.amount) FROM promotion m JOIN catalog c ON c.id = m.catalog_id
        JOIN payout_item i ON i.merchant_id = c.partner_id AND i.promoter_id = m.promoter_id AND i.promotion_id = m.id
            AND i.payout_id IS NULL WHERE m.id IN ({_marks(count)}) GROUP BY m.id, i.currency"""
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
