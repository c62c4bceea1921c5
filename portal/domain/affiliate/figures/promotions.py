"""What promotions bring: clicks, deals and rewards of several at once, and of each day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import periods
from portal.domain.affiliate.deals.standing import CONDITIONS
from portal.domain.affiliate.deals.words import PAID

Sums = dict[str, int]  # minor units by currency, none of them zero


class Day(NamedTuple):
    """A day in the partner's time zone."""

    day: date
    clicks: int
    visitors: int
    deals: int


class Counts(NamedTuple):
    """What a promotion brought; a visitor counts once a day."""

    clicks: int
    visitors: int
    deals: int


class Earned(NamedTuple):
    """Where the rewards of promotions stand."""

    held: Sums
    due: Sums
    recorded: Sums  # in payouts that are to be sent
    paid: Sums


class _Followed(NamedTuple):
    promotion_id: int
    clicks: int
    visitors: int


class _Sum(NamedTuple):
    promotion_id: int
    currency: str
    total: int


class _Paid(NamedTuple):
    promotion_id: int
    currency: str
    total: int
    unsent: int


_DAILY_CLICKS = Statement(
    f"""SELECT at / {periods.QUARTER} AS number, COUNT(*) AS counted FROM click
    WHERE promotion_id IN :promotions AND at >= :since GROUP BY 1""",
    periods.Quarter,
)
_DAILY_VISITORS = Statement(
    f"""SELECT at / {periods.QUARTER} AS number, COUNT(*) AS counted FROM click
    WHERE promotion_id IN :promotions AND at >= :since AND is_first GROUP BY 1""",
    periods.Quarter,
)
_DAILY_DEALS = Statement(
    f"""SELECT conversion_time / {periods.QUARTER} AS number, COUNT(*) AS counted FROM deal
    WHERE promotion_id IN :promotions AND conversion_time >= :since GROUP BY 1""",
    periods.Quarter,
)
# What deals brought in payouts that were not taken back, less what later ones took back again.
_PAID = Statement(
    """SELECT i.promotion_id, i.currency, SUM(i.amount) AS total,
        COALESCE(SUM(CASE WHEN o.sent_at IS NULL THEN i.amount END), 0) AS unsent FROM payout o JOIN payout_item i ON i.payout_id = o.id
    WHERE o.merchant_id = :merchant AND o.promoter_id = :promoter AND o.reversed_at IS NULL AND i.promotion_id IN :promotions
    GROUP BY i.promotion_id, i.currency""",
    _Paid,
)
_CLICKS = Statement(
    """SELECT promotion_id, COUNT(*) AS clicks, COUNT(CASE WHEN is_first THEN 1 END) AS visitors FROM click
    WHERE promotion_id IN :promotions AND at >= :since GROUP BY promotion_id""",
    _Followed,
)
_DEALS = Statement(
    """SELECT promotion_id, COUNT(*) FROM deal WHERE promotion_id IN :promotions AND conversion_time >= :since
    GROUP BY promotion_id"""
)
# Through the merchants' pending deals, which are few; `+` keeps SQLite from reading every deal of a promotion.
_HELD = Statement(
    f"""SELECT d.promotion_id, d.currency, SUM(d.payment_sum) AS total FROM deal d WHERE d.partner_id IN :merchants
    AND {CONDITIONS[PAID]} AND +d.promotion_id IN :promotions GROUP BY d.promotion_id, d.currency""",
    _Sum,
)
# Open items are indexed by their merchant, promoter and promotion, so they are looked for from the promotions.
_DUE = Statement(
    """SELECT m.id AS promotion_id, i.currency, SUM(i.amount) AS total FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    JOIN payout_item i ON i.merchant_id = c.partner_id AND i.promoter_id = m.promoter_id AND i.promotion_id = m.id
        AND i.payout_id IS NULL WHERE m.id IN :promotions GROUP BY m.id, i.currency""",
    _Sum,
)


def begins(zone: str) -> datetime:
    """The first moment of the last thirty days, today included."""
    return clock.from_micros(periods.last(periods.USUAL, zone).since)


def days(promotion_ids: list[int], zone: str) -> list[Day]:
    """Clicks, visitors and deals of each of the last thirty days, today last; of the promotions together."""
    period = periods.last(periods.USUAL, zone)
    counts = (
        period.by_day(daily.rows(promotions=promotion_ids, since=period.since))
        for daily in (_DAILY_CLICKS, _DAILY_VISITORS, _DAILY_DEALS)
    )
    return [Day(*each) for each in zip(period.days, *counts, strict=True)]


def counts(promotion_ids: list[int], since: datetime) -> dict[int, Counts]:
    """What each promotion brought from a moment on, in two queries."""
    if not promotion_ids:
        return {}
    asked = {"promotions": promotion_ids, "since": clock.to_micros(since)}
    deals = dict(_DEALS.rows(**asked))
    brought = {one: Counts(0, 0, deals.get(one, 0)) for one in promotion_ids}
    for row in _CLICKS.rows(**asked):
        brought[row.promotion_id] = Counts(row.clicks, row.visitors, brought[row.promotion_id].deals)
    return brought


def held(promotion_ids: list[int], merchant_ids: list[int]) -> dict[int, Sums]:
    """The rewards that wait for their hold, by promotion; the merchants are those of the promotions, in their order."""
    return _sums(_HELD.rows(merchants=merchant_ids, promotions=promotion_ids) if promotion_ids else [])


def due(promotion_ids: list[int]) -> dict[int, Sums]:
    """The rewards that are in no payout yet, below zero where more was taken back, by promotion."""
    return _sums(_DUE.rows(promotions=promotion_ids) if promotion_ids else [])


def earned(promoter_id: int, promotion_ids: list[int], merchant_id: int) -> Earned:
    """Where the rewards of a promoter's promotions with a merchant stand, since they began; together."""
    paid = _PAID.rows(merchant=merchant_id, promoter=promoter_id, promotions=promotion_ids)
    return Earned(
        added(held(promotion_ids, [merchant_id]).values()),
        added(due(promotion_ids).values()),
        added({one.currency: int(one.unsent)} for one in paid),
        added({one.currency: int(one.total - one.unsent)} for one in paid),
    )


def added(each: Iterable[Sums]) -> Sums:
    """Sums by currency added up, none of them zero."""
    together: Counter[str] = Counter()
    for sums in each:
        together.update(sums)
    return {currency: total for currency, total in together.items() if total}


def _sums(rows: list[_Sum]) -> dict[int, Sums]:
    found: dict[int, Sums] = defaultdict(dict)
    for one in rows:
        if one.total:
            found[one.promotion_id][one.currency] = int(one.total)
    return found
