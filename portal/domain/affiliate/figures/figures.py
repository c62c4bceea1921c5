"""How it goes: clicks, deals and rewards of a period by day, against the period before. The merchant's are made here.

Days are summed when they are first asked for, and again when one of their deals has changed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.clicks import days as clicked_days
from portal.domain.affiliate.deals.standing import APPROVED
from portal.domain.affiliate.deals.words import CANCELED, CREATED, PAID
from portal.domain.affiliate.figures import sold_days
from portal.domain.affiliate.figures.sold_days import Day, Sold
from portal.domain.affiliate.keeping import CLICKS_LAST
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.periods import Period

Sums = dict[str, int]  # minor units by currency
Days = dict[str, list[int]]  # minor units of each day by currency


_KEPT = CLICKS_LAST // timedelta(microseconds=1)


class Paid(NamedTuple):
    """A payout that was sent and stands: minor units of a currency, at a moment in microseconds."""

    currency: str
    at: int
    amount: int


_PAYOUTS = Statement(
    """SELECT currency, sent_at AS at, amount FROM payout
    WHERE merchant_id = :partner AND sent_at >= :since AND sent_at < :until AND reversed_at IS NULL""",
    Paid,
)


@dataclass(slots=True)
class Figures:
    """A period and the one before. `sold` is what the deals cost that are not canceled. Rewards are those of the deals that
    were reported then, by the day of the report; `paid` is what was sent to promoters then, by the day of the transfer; `due`
    is what waits for a payout now."""

    clicks: list[int]
    visitors: list[int]
    deals: list[int]
    sold: Days
    pending: Days
    approved: Days
    paid: Days
    due: Sums
    statuses: dict[str, int]
    brought: int  # deals that a promoter brought
    clicks_before: int
    visitors_before: int
    deals_before: int
    brought_before: int
    sold_before: Sums
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
    before = sold_days.days(partner_id, [*period.earlier, *period.stretches])
    days = [before.pop() for _ in period.days][::-1]
    earned, approved = _each(days, days + before, "earned"), _each(days, days + before, "approved")
    followed, followed_before = clicked_days.of_merchant(partner_id, period)
    paid, paid_before = by_currency(_PAYOUTS.rows(partner=partner_id, since=period.before, until=period.until), period)
    deals, deals_before = _sum(days, "deals"), _sum(before, "deals")
    return Figures(
        clicks=[day.clicks for day in followed],
        visitors=[day.visitors for day in followed],
        deals=[day.deals for day in days],
        sold=_each(days, days + before, "cost"),
        pending=less(earned, approved),
        approved=approved,
        paid=paid,
        due=payout_balances.due_of_merchant(partner_id),
        statuses=statuses(deals, *(_sum(days, kind) for kind in ("created", "canceled", "approved"))),
        brought=deals - _sum(days, "nobodys"),
        clicks_before=known_clicks(period, followed_before.clicks),
        visitors_before=known_clicks(period, followed_before.visitors),
        deals_before=deals_before,
        brought_before=deals_before - _sum(before, "nobodys"),
        sold_before=_totals(before, "cost"),
        earned_before=_totals(before, "earned"),
        paid_before=paid_before,
    )


def known_clicks(period: Period, before: int) -> int:
    """What was counted before the period; nothing where clicks have aged since, so that a rest is compared with no whole."""
    return before if period.before >= clock.micros() - _KEPT else 0


def statuses(deals: int, created: int, canceled: int, approved: int) -> dict[str, int]:
    """How many of the deals stand where; Paid are those that are not approved yet."""
    paid = deals - created - canceled - approved
    return {CREATED: created, PAID: paid, APPROVED: approved, CANCELED: canceled}


def less(earned: Days, approved: Days) -> Days:
    """What of each day is pending: what was earned less what is approved."""
    return {
        code: [one - other for one, other in zip(earned[code], approved[code], strict=True)] for code in earned
    }  # fmt: skip


def by_currency(payouts: list[Paid], period: Period) -> tuple[Days, Sums]:
    """Each day of the period, and the sums before it."""
    days: Days = {}
    before: Counter[str] = Counter()
    for payout in payouts:
        if payout.at < period.since:
            before[payout.currency] += payout.amount
        else:
            days.setdefault(payout.currency, [0] * len(period.days))[period.place(payout.at)] += payout.amount
    return days, before


def _each(days: list[Day], known: list[Day], kind: str) -> Days:
    """A sum of each day, by the currencies in which any of the known days has something of the kind or earns something."""
    of = attrgetter(kind)
    codes = sorted({code for day in known for code, sold in day.sold.items() if sold.earned or of(sold)})
    return {code: [of(day.sold.get(code, Sold())) for day in days] for code in codes}


def _totals(days: list[Day], kind: str) -> Sums:
    return {code: sum(each) for code, each in _each(days, days, kind).items() if any(each)}


def _sum(days: list[Day], kind: str) -> int:
    return sum(map(attrgetter(kind), days))


def _share(deals: int, clicks: int) -> float | None:
    return deals * 100 / clicks if clicks else None
