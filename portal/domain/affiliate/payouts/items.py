"""What is open between a merchant and its promoters: at most one open item a deal, the rest belongs to payouts.

An approved deal adds its reward; canceling it takes the same away again. Before a payout the two are nothing; after one,
what was taken away stays open below zero and is carried into the next payout.
"""

from portal import clock
from portal.database import Statement, after_commit
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.payouts import ready

_NETTED = "ON CONFLICT (deal_id) WHERE payout_id IS NULL DO UPDATE SET amount = payout_item.amount + excluded.amount"
_PUT = Statement(
    f"""INSERT INTO payout_item (merchant_id, promoter_id, promotion_id, deal_id, currency, amount, at)
    VALUES (:merchant, :promoter, :promotion, :deal, :currency, :amount, :now)
    {_NETTED} RETURNING amount"""
)
_CLEAR = Statement("DELETE FROM payout_item WHERE deal_id = :deal AND payout_id IS NULL AND amount = 0")
MOST_CLAIMED = 20_000  # at once: on SQLite other writers wait meanwhile
_OPEN = "FROM payout_item WHERE merchant_id = :merchant AND promoter_id = :promoter AND currency = :currency AND payout_id IS NULL"
_CLAIM = Statement(
    f"""UPDATE payout_item SET payout_id = :payout WHERE id IN (SELECT id {_OPEN} ORDER BY amount, id LIMIT :most)
    AND payout_id IS NULL"""
)
_LEFT = Statement(f"SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) {_OPEN}")
_SUM = Statement("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM payout_item WHERE payout_id = :payout")
# In the order in which a change of a deal takes its locks: the deal, then its item.
_LOCK_DEALS = Statement(
    """SELECT d.id FROM deal d WHERE d.id IN (SELECT deal_id FROM payout_item WHERE payout_id = :payout)
    ORDER BY d.id""",
    lock="FOR UPDATE OF d",
)
_REOPEN = Statement(
    f"""INSERT INTO payout_item (merchant_id, promoter_id, promotion_id, deal_id, currency, amount, at)
    SELECT i.merchant_id, i.promoter_id, i.promotion_id, i.deal_id, i.currency, i.amount, :now
    FROM payout_item i WHERE i.payout_id = :payout
    {_NETTED}"""
)
_CLEAR_ALL = Statement(
    """DELETE FROM payout_item WHERE payout_id IS NULL AND amount = 0
    AND deal_id IN (SELECT i.deal_id FROM payout_item i WHERE i.payout_id = :payout)"""
)


def put(deal: LockedDeal, amount: int) -> None:
    """Add the sum (minor units, below zero for a cancellation) to what is open for the deal, whose row is locked."""
    open_now = _PUT.value(
        merchant=deal.partner_id, promoter=deal.promoter_id, promotion=deal.promotion_id, deal=deal.id,
        currency=deal.currency, amount=amount, now=clock.micros(),
    )  # fmt: skip
    if open_now == 0:
        _CLEAR.run(deal=deal.id)
    after_commit(ready.forget)


def claim(payout_id: int, merchant_id: int, promoter_id: int, currency: str) -> int:
    """Put what is open into the payout, or of very much a part that can be paid; its sum, in minor units.

    What earlier payouts paid too much comes first, with as many rewards as outweigh it: the rest is rewards alone.
    """
    total, whose = 0, {"merchant": merchant_id, "promoter": promoter_id, "currency": currency}
    while total <= 0 and _CLAIM.run(payout=payout_id, most=MOST_CLAIMED, **whose):
        total = _SUM.value(payout=payout_id)
    return total


def left(merchant_id: int, promoter_id: int, currency: str) -> int:
    """What is open still, in minor units."""
    return _LEFT.value(merchant=merchant_id, promoter=promoter_id, currency=currency)


def reopen(payout_id: int) -> None:
    """Open again what a payout held, which keeps its own items. What waits for the same deals is netted with it."""
    _LOCK_DEALS.rows(payout=payout_id)
    _REOPEN.run(payout=payout_id, now=clock.micros())
    _CLEAR_ALL.run(payout=payout_id)
