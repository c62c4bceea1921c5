"""How a promoter's links and codes do: the same figures as a merchant's, over all its promotions."""

from collections import Counter
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.clicks.days import Followed
from portal.domain.affiliate.figures.figures import Days, Figures, Paid, by_currency, known_clicks, less, statuses
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.periods import QUARTER, Period


class _Brought(NamedTuple):
    """The deals in one currency that were reported in a quarter of an hour."""

    quarter: int
    currency: str
    deals: int
    sold: int
    earned: int
    cleared: int
    approved: int
    created: int
    canceled: int


class _Clicked(NamedTuple):
    """How often links were followed in a quarter of an hour, and by how many."""

    quarter: int
    clicks: int
    visitors: int


class _Before(NamedTuple):
    currency: str
    deals: int
    sold: int
    earned: int


_FROM = """FROM promotion m JOIN deal d ON d.promotion_id = m.id
    WHERE m.promoter_id = :promoter AND d.conversion_time >= :since AND d.conversion_time < :until"""
_SOLD = "SUM(CASE WHEN d.status = 'Canceled' THEN 0 ELSE d.cost END) AS sold"
_DEALS = Statement(
    f"""SELECT d.conversion_time / {QUARTER} AS quarter, d.currency, COUNT(*) AS deals, {_SOLD}, SUM(d.payment_sum) AS earned,
        SUM(CASE WHEN d.approved_at IS NULL THEN 0 ELSE d.payment_sum END) AS cleared, COUNT(d.approved_at) AS approved,
        SUM(CASE WHEN d.status = 'Created' THEN 1 ELSE 0 END) AS created,
        SUM(CASE WHEN d.status = 'Canceled' THEN 1 ELSE 0 END) AS canceled
    {_FROM} GROUP BY 1, 2""",
    _Brought,
)
_BEFORE = Statement(
    f"SELECT d.currency, COUNT(*) AS deals, {_SOLD}, SUM(d.payment_sum) AS earned {_FROM} GROUP BY d.currency",
    _Before,
)
_CLICKED = """COUNT(*) AS clicks, COUNT(CASE WHEN k.is_first THEN 1 END) AS visitors FROM promotion m
    JOIN click k ON k.promotion_id = m.id WHERE m.promoter_id = :promoter AND k.at >= :since AND k.at < :until"""
_CLICKS = Statement(f"SELECT k.at / {QUARTER} AS quarter, {_CLICKED} GROUP BY 1", _Clicked)
_CLICKS_BEFORE = Statement(f"SELECT {_CLICKED}", Followed)
_PAYOUTS = Statement(
    """SELECT currency, sent_at AS at, amount FROM payout
    WHERE promoter_id = :promoter AND sent_at >= :since AND sent_at < :until AND reversed_at IS NULL""",
    Paid,
)


def of(promoter_id: int, period: Period) -> Figures:
    """What its links and codes brought, with all merchants together."""
    now = {"promoter": promoter_id, "since": period.since, "until": period.until}
    earlier = now | {"since": period.before, "until": period.since}
    deals, sold, earned, approved, stand = _by_day(_DEALS.rows(**now), period)
    before, followed_before = _BEFORE.rows(**earlier), _CLICKS_BEFORE.rows(**earlier)[0]
    clicks, visitors = _followed(_CLICKS.rows(**now), period)
    deals_before = sum(one.deals for one in before)
    paid, paid_before = by_currency(_PAYOUTS.rows(**now | {"since": period.before}), period)
    return Figures(
        clicks=clicks,
        visitors=visitors,
        deals=deals,
        sold=sold,
        pending=less(earned, approved),
        approved=approved,
        paid=paid,
        due=payout_balances.due_of_promoter(promoter_id),
        statuses=statuses(sum(deals), stand["created"], stand["canceled"], stand["approved"]),
        brought=sum(deals),
        clicks_before=known_clicks(period, followed_before.clicks),
        visitors_before=known_clicks(period, followed_before.visitors),
        deals_before=deals_before,
        brought_before=deals_before,
        sold_before={one.currency: int(one.sold) for one in before if one.sold},
        earned_before={one.currency: int(one.earned) for one in before if one.earned},
        paid_before=paid_before,
    )


def _followed(clicked: list[_Clicked], period: Period) -> tuple[list[int], list[int]]:
    """Each day's clicks and visitors."""
    clicks, visitors = [0] * len(period.days), [0] * len(period.days)
    for some in clicked:
        place = period.place(some.quarter * QUARTER)
        clicks[place] += some.clicks
        visitors[place] += some.visitors
    return clicks, visitors


def _by_day(brought: list[_Brought], period: Period) -> tuple[list[int], Days, Days, Days, Counter[str]]:
    """Each day's deals, what they cost, what they earn and what of that is approved; and how many deals stand where."""
    deals, sold, earned, approved = [0] * len(period.days), Days(), Days(), Days()
    stand: Counter[str] = Counter()
    for some in brought:
        place = period.place(some.quarter * QUARTER)
        deals[place] += some.deals
        for sums, value in ((sold, some.sold), (earned, some.earned), (approved, some.cleared)):
            sums.setdefault(some.currency, [0] * len(period.days))[place] += int(value)
        stand.update(approved=some.approved, created=int(some.created), canceled=int(some.canceled))
    return deals, sold, earned, approved, stand
