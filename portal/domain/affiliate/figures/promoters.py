"""How a promoter's links and codes do: the same figures as a merchant's, over all its promotions."""

from collections import Counter

from portal.database import Statement
from portal.domain.affiliate.figures.figures import Days, Figures, by_currency, less, statuses
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.periods import QUARTER, Period

_FROM = "FROM promotion m JOIN deal d ON d.promotion_id = m.id WHERE m.promoter_id = ? AND d.conversion_time >= ?"
_DEALS = Statement(
    f"""SELECT d.conversion_time / ?, d.currency, COUNT(*), SUM(d.payment_sum),
        SUM(CASE WHEN d.approved_at IS NULL THEN 0 ELSE d.payment_sum END), COUNT(d.approved_at),
        SUM(CASE WHEN d.status = 'Created' THEN 1 ELSE 0 END), SUM(CASE WHEN d.status = 'Canceled' THEN 1 ELSE 0 END)
    {_FROM} GROUP BY 1, 2"""
)
_BEFORE = Statement(
    f"SELECT d.currency, COUNT(*), SUM(d.payment_sum) {_FROM} AND d.conversion_time < ? GROUP BY d.currency"
)
_CLICKED = "FROM promotion m JOIN click k ON k.promotion_id = m.id WHERE m.promoter_id = ? AND k.at >= ?"
_CLICKS = Statement(f"SELECT k.at / ?, COUNT(*) {_CLICKED} GROUP BY 1")
_CLICKS_BEFORE = Statement(f"SELECT COUNT(*) {_CLICKED} AND k.at < ?")
_PAYOUTS = Statement(
    "SELECT currency, at, amount FROM payout WHERE promoter_id = ? AND at >= ? AND reversed_at IS NULL"
)


def of(promoter_id: int, period: Period) -> Figures:
    """What its links and codes brought, with all merchants together."""
    deals, earned, approved = [0] * len(period.days), Days(), Days()
    stand: Counter[str] = Counter()
    for quarter, code, count, total, cleared, *kinds in _DEALS.rows(QUARTER, promoter_id, period.since):
        place = period.place(quarter * QUARTER)
        deals[place] += count
        for sums, value in ((earned, total), (approved, cleared)):
            sums.setdefault(code, [0] * len(period.days))[place] += int(value)
        stand.update(dict(zip(("approved", "created", "canceled"), map(int, kinds), strict=True)))
    before = _BEFORE.rows(promoter_id, period.before, period.since)
    deals_before = sum(count for _, count, _ in before)
    paid, paid_before = by_currency(_PAYOUTS.rows(promoter_id, period.before), period)
    return Figures(
        clicks=period.by_day(_CLICKS.rows(QUARTER, promoter_id, period.since)),
        deals=deals,
        pending=less(earned, approved),
        approved=approved,
        paid=paid,
        due=payout_balances.due_of_promoter(promoter_id),
        statuses=statuses(sum(deals), stand["created"], stand["canceled"], stand["approved"]),
        brought=sum(deals),
        clicks_before=_CLICKS_BEFORE.row(promoter_id, period.before, period.since)[0],
        deals_before=deals_before,
        brought_before=deals_before,
        earned_before={code: int(total) for code, _, total in before if total},
        paid_before=paid_before,
    )
