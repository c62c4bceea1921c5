"""What always holds of mailings of codes."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Mailing of codes {uuid}: it counts {mailed} mails that were written, but {found} of its addresses got one.",
        """SELECT m.uuid, m.mailed, COUNT(l.id) AS found FROM coupon_mailing m
            LEFT JOIN mailed_coupon l ON l.mailing_id = m.id AND l.state = 'mailed'
        GROUP BY m.uuid, m.mailed HAVING COUNT(l.id) <> m.mailed""",
    ),
    Check(
        "Mailing of codes {uuid}: it mailed another partner's coupon.",
        """SELECT m.uuid FROM coupon_mailing m JOIN mailed_coupon l ON l.mailing_id = m.id JOIN coupon c ON c.id = l.coupon_id
        WHERE c.partner_id <> m.partner_id""",
    ),
)
