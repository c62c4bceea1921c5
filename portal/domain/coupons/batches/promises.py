"""What always holds of batches of codes."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Batch of codes {uuid}: it counts {made} codes, but {found} coupons are of it.",
        """SELECT b.uuid, b.made, COUNT(c.id) AS found FROM coupon_batch b LEFT JOIN coupon c ON c.batch_id = b.id
        GROUP BY b.uuid, b.made HAVING COUNT(c.id) <> b.made""",
    ),
    Check(
        "Batch of codes {uuid}: it is under another partner's assignment.",
        """SELECT b.uuid FROM batch_assignment l JOIN coupon_batch b ON b.id = l.batch_id
            JOIN coupon_assignment a ON a.id = l.assignment_id
        WHERE a.partner_id <> b.partner_id""",
    ),
)
