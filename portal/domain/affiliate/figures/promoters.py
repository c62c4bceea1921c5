"""How a promoter's links and codes do: the same figures as a merchant's, over all its promotions."""

from collections import Counter
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.figures.figures import Days, Figures, Paid, by_currency, less, statuses
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.periods import QUARTER, Period, Quarter


class _Brought(NamedTuple):
    """The deals in one currency that were reported in a quarter of an hour."""

    quarter: int
    currency: str
    deals: int
    earned: int
    cleared: int
    approved: int
    created: int
    canceled: int


class _Before(NamedTuple):
    currency: str
    deals: int
    earned: int


_FROM = """FROM promotion m JOIN deal d ON d.promotion_id = m.id
    WHERE m.promoter_id = :promoter AND d.conversion_time >= :since"""
_DEALS = Statement(
    f"""SELECT d.conversion_time / {QUARTER} AS quarter, d.currency, COUNT(*) AS deals, SUM(d.payment_sum) AS earned,
        SUM(CASE WHEN d.approved_at IS NULL THEN 0 ELSE d.payment_sum END) AS cleared, COUNT(d.approved_at) AS approved,
        SUM(CASE WHEN d.status = 'Created' THEN 1 ELSE 0 END) AS created,
        SUM(CASE WHEN d.status = 'Canceled' THEN 1 ELSE 0 END) AS canceled
    {_FROM} GROUP BY 1, 2""",
    _Brought,
)
_BEFORE = Statement(
    f"""SELECT d.currency, COUNT(*) AS deals, SUM(d.payment_sum) AS earned {_FROM} AND d.conversion_time < :until
    GROUP BY d.currency""",
    _Before,
)
_CLICKED = "FROM promotion m JOIN click k ON k.promotion_id = m.id WHERE m.promoter_id = :promoter AND k.at >= :since"
_CLICKS = Statement(f"SELECT k.at / {QUARTER} AS number, COUNT(*) AS counted {_CLICKED} GROUP BY 1", Quarter)
_CLICKS_BEFORE = Statement(f"SELECT COUNT(*) {_CLICKED} AND k.at < :until")
_VISITORS = Statement(
    f"""SELECT COUNT(CASE WHEN k.at >= :until THEN 1 END) AS now, COUNT(CASE WHEN k.at < :until THEN 1 END) AS before
    {_CLICKED} AND k.is_first"""
)
_PAYOUTS = Statement(
    """SELECT currency, at, amount FROM payout
    WHERE promoter_id = :promoter AND at >= :since AND reversed_at IS NULL""",
    Paid,
)


def of(promoter_id: int, period: Period) -> Figures:
    """What its links and codes brought, with all merchants together."""
    now = {"promoter": promoter_id, "since": period.since}
    earlier = {"promoter": promoter_id, "since": period.before, "until": period.since}
    deals, earned, approved, stand = _by_day(_DEALS.rows(**now), period)
    before = _BEFORE.rows(**earlier)
    visitors, visitors_before = _VISITORS.rows(**earlier)[0]
    deals_before = sum(one.deals for one in before)
    paid, paid_before = by_currency(_PAYOUTS.rows(promoter=promoter_id, since=period.before), period)
    return Figures(
        clicks=period.by_day(_CLICKS.rows(**now)),
        visitors=visitors,
        deals=deals,
        pending=less(earned, approved),
        approved=approved,
        paid=paid,
        due=payout_balances.due_of_promoter(promoter_id),
        statuses=statuses(sum(deals), stand["created"], stand["canceled"], stand["approved"]),
        brought=sum(deals),
        clicks_before=_CLICKS_BEFORE.value(**earlier),
        visitors_before=visitors_before,
        deals_before=deals_before,
        brought_before=deals_before,
        earned_before={one.currency: int(one.earned) for one in before if one.earned},
        paid_before=paid_before,
    )


def _by_day(brought: list[_Brought], period: Period) -> tuple[list[int], Days, Days, Counter[str]]:
    """Each day's deals, what they earn and what of that is approved; and how many deals stand where."""
    deals, earned, approved = [0] * len(period.days), Days(), Days()
    stand: Counter[str] = Counter()
    for some in brought:
        place = period.place(some.quarter * QUARTER)
        deals[place] += some.deals
        for sums, value in ((earned, some.earned), (approved, some.cleared)):
            sums.setdefault(some.currency, [0] * len(period.days))[place] += int(value)
        stand.update(approved=some.approved, created=int(some.created), canceled=int(some.canceled))
    return deals, earned, approved, stand
