"""Coupons whose code nobody has: on, unused, of no customer, and handed to nobody. Whatever else hands codes out says here which
of them it has handed (`CONDITIONS`), before a statement is made of them; and whoever hands one out holds its batch.
"""

from portal.database import Statement

# Of a coupon `c`, and the partner whose it is.
CONDITIONS = [
    "c.partner_id = :partner",
    "c.ended_at IS NULL",
    "c.uses = 0",
    "c.member_id IS NULL",
    "NOT EXISTS (SELECT 1 FROM coupon_batch o WHERE o.id = c.batch_id AND o.off_at IS NOT NULL)",  # Piece by piece they end.
    "NOT EXISTS (SELECT 1 FROM mailed_coupon m WHERE m.coupon_id = c.id)",
]
_HOLD = Statement("SELECT id FROM coupon_batch WHERE id = :batch", lock="FOR NO KEY UPDATE")
_HOLD_OF_TAG = Statement(
    """SELECT b.id FROM coupon_batch b WHERE b.id IN (SELECT c.batch_id FROM tagged_coupon l JOIN coupon c ON c.id = l.coupon_id
    WHERE l.tag_id = :tag) ORDER BY b.id""",
    lock="FOR NO KEY UPDATE OF b",
)


def condition() -> str:
    """All of them."""
    return " AND ".join(CONDITIONS)


def hold_batch(batch_id: int | None) -> None:
    """In a transaction: nobody else hands out codes of the batch until it ends."""
    _HOLD.value(batch=batch_id)


def hold_batches_of_tag(tag_id: int) -> None:
    """In a transaction: the same of all batches that a code with the tag is of."""
    _HOLD_OF_TAG.values(tag=tag_id)
