"""How it goes: clicks, deals and rewards of a period by day, against the period before. The merchant's are made here.

They are summed anew each time, so each statement reads only what the period holds, and where it can an index alone.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from portal.database import Statement
from portal.domain.affiliate import payout_balances
from portal.domain.affiliate.deal_filter import APPROVED
from portal.domain.affiliate.periods import QUARTER, Period
from portal.domain.affiliate.words import CANCELED, CREATED, PAID

# Steps from one currency to the next along the index, instead of reading every deal.
_CURRENCIES = Statement(
    """WITH RECURSIVE c (code) AS (SELECT MIN(currency) FROM deal WHERE partner_id = ? UNION ALL
        SELECT (SELECT MIN(currency) FROM deal WHERE partner_id = ? AND currency > c.code) FROM c WHERE c.code IS NOT NULL)
    SELECT code FROM c WHERE code IS NOT NULL
        AND EXISTS (SELECT 1 FROM deal WHERE partner_id = ? AND currency = code AND conversion_time >= ?) ORDER BY code"""
)
_DEALS = "FROM deal WHERE partner_id = ? AND conversion_time >= ? AND conversion_time < ?"
_OF = "COALESCE(SUM(payment_sum) FILTER (WHERE currency = ?), 0)"
_APPROVED_OF = "COALESCE(SUM(payment_sum) FILTER (WHERE approved_at IS NOT NULL AND currency = ?), 0)"
_COUNTED = "(SELECT COUNT(*) FROM deal WHERE partner_id = ? AND {} AND conversion_time >= ? AND conversion_time < ?)"
# Created and canceled deals, and those that are nobody's in the period and before it.
_KINDS = Statement(
    "SELECT "
    + ", ".join(
        _COUNTED.format(kind)
        for kind in ("status = 'Created'", "status = 'Canceled'", "promotion_id IS NULL", "promotion_id IS NULL")
    )
)
_CLICKED = """FROM catalog c JOIN promotion m ON m.catalog_id = c.id
    JOIN click k ON k.promotion_id = m.id AND k.at >= ? {} WHERE c.partner_id = ?"""
_CLICKS = Statement(f"SELECT k.at / ?, COUNT(*) {_CLICKED.format('')} GROUP BY 1")
_CLICKS_BEFORE = Statement(f"SELECT COUNT(*) {_CLICKED.format('AND k.at < ?')}")
_PAYOUTS = Statement(
    """SELECT o.currency, o.at, o.amount FROM payout_run r JOIN payout o ON o.run_id = r.id
    WHERE r.merchant_id = ? AND r.at >= ? AND o.reversed_at IS NULL"""
)
Sums = dict[str, int]  # minor units by currency
Days = dict[str, list[int]]  # minor units of each day by currency


@dataclass(slots=True)
class Figures:
    """A period and the one before. Rewards are those of the deals that were reported then, by the day of the report;
    `paid` is what was paid out then, by the day of the payout; `due` is what waits for a payout now."""

    clicks: list[int]
    deals: list[int]
    pending: Days
    approved: Days
    paid: Days
    due: Sums
    statuses: dict[str, int]
    brought: int  # deals that a promoter brought
    clicks_before: int
    deals_before: int
    brought_before: int
    earned_before: Sums
    paid_before: Sums

    @property
    def conversion(self) -> float | None:
        """The percentage of clicks that promoters' deals are of; None without clicks."""
        return _share(self.brought, sum(self.clicks))

    @property
    def conversion_before(self) -> float | None:
        """The same of the period before."""
        return _share(self.brought_before, self.clicks_before)


def of_merchant(partner_id: int, period: Period) -> Figures:
    """What was sold and clicked in all the merchant's catalogs."""
    codes = [code for (code,) in _CURRENCIES.rows(partner_id, partner_id, partner_id, period.before)]
    days = _days(len(period.days), len(codes)).rows(*_of_each_day(partner_id, period, codes))
    days = [[int(value) for value in row[1:]] for row in sorted(days)]
    earned = {code: [row[2 + 2 * place] for row in days] for place, code in enumerate(codes)}
    approved = {code: [row[3 + 2 * place] for row in days] for place, code in enumerate(codes)}
    _, deals_before, *earned_before = _before(len(codes)).row(*codes, partner_id, period.before, period.since)
    now, before = (partner_id, period.since, period.until), (partner_id, period.before, period.since)
    created, canceled, nobodys, nobodys_before = _KINDS.row(*now, *now, *now, *before)
    deals, ended_well = [row[0] for row in days], sum(row[1] for row in days)
    paid, paid_before = by_currency(_PAYOUTS.rows(partner_id, period.before), period)
    return Figures(
        clicks=period.by_day(_CLICKS.rows(QUARTER, period.since, partner_id)),
        deals=deals,
        pending=less(earned, approved),
        approved=approved,
        paid=paid,
        due=payout_balances.due_of_merchant(partner_id),
        statuses=statuses(sum(deals), created, canceled, ended_well),
        brought=sum(deals) - nobodys,
        clicks_before=_CLICKS_BEFORE.row(period.before, period.since, partner_id)[0],
        deals_before=deals_before,
        brought_before=deals_before - nobodys_before,
        earned_before={code: int(total) for code, total in zip(codes, earned_before, strict=True) if total},
        paid_before=paid_before,
    )


def statuses(deals: int, created: int, canceled: int, approved: int) -> dict[str, int]:
    """How many of the deals stand where; Paid are those that are not approved yet."""
    paid = deals - created - canceled - approved
    return {CREATED: created, PAID: paid, APPROVED: approved, CANCELED: canceled}


def less(earned: Days, approved: Days) -> Days:
    """What of each day is pending: what was earned less what is approved."""
    return {
        code: [one - other for one, other in zip(earned[code], approved[code], strict=True)] for code in earned
    }  # fmt: skip


def by_currency(payouts, period: Period) -> tuple[Days, Sums]:
    """Each day of the period, and the sums before it, from (currency, moment, minor units)."""
    days: Days = {}
    before: Counter[str] = Counter()
    for code, moment, amount in payouts:
        if moment < period.since:
            before[code] += amount
        else:
            days.setdefault(code, [0] * len(period.days))[period.place(moment)] += amount
    return days, before


def _share(deals: int, clicks: int) -> float | None:
    return deals * 100 / clicks if clicks else None


@cache
def _days(days: int, currencies: int) -> Statement:
    """Each day by its own piece of the index: grouping the rows of all days would cost several times as much."""
    sums = "".join(f", {_OF}, {_APPROVED_OF}" for _ in range(currencies))
    return Statement(
        " UNION ALL ".join(f"SELECT {place}, COUNT(*), COUNT(approved_at){sums} {_DEALS}" for place in range(days))
    )


def _of_each_day(partner_id: int, period: Period, codes: list[str]) -> list:
    """The parameters of `_days`."""
    twice = [code for code in codes for _ in range(2)]
    return [
        value
        for place in range(len(period.days))
        for value in (*twice, partner_id, period.edges[place], period.edges[place + 1])
    ]


@cache
def _before(currencies: int) -> Statement:
    return Statement(f"SELECT 0, COUNT(*){''.join(f', {_OF}' for _ in range(currencies))} {_DEALS}")
