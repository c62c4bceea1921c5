"""What always holds of imports of coupons."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Import of coupons {uuid}: it counts {done} rows that were imported, but {found} of its rows were.",
        """SELECT i.uuid, i.done, COUNT(r.id) AS found FROM coupon_import i
            LEFT JOIN coupon_import_row r ON r.coupon_import_id = i.id AND r.state IN ('done', 'undone', 'stayed')
        WHERE i.forget_at > 0 GROUP BY i.uuid, i.done HAVING COUNT(r.id) <> i.done""",
    ),
    Check(
        "Import of coupons {uuid}: a row of it made another partner's coupon.",
        """SELECT i.uuid FROM coupon_import i JOIN coupon_import_row r ON r.coupon_import_id = i.id
            JOIN coupon c ON c.id = r.coupon_id WHERE c.partner_id <> i.partner_id""",
    ),
)
