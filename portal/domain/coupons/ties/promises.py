"""What the ties between deals and coupons promise: a canceled deal uses nothing, and whose is whose."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Deal {uuid} is canceled, but its use of coupon {code} counts.",
        """SELECT d.uuid, c.code FROM coupon_deal t JOIN deal d ON d.id = t.deal_id JOIN coupon c ON c.id = t.coupon_id
        JOIN coupon_use u ON u.id = t.use_id WHERE d.status = 'Canceled' AND u.state <> 'released'""",
    ),
    Check(
        "Deal {uuid} is not canceled, but its use of coupon {code} was given back though nobody let its reservation go.",
        """SELECT d.uuid, c.code FROM coupon_deal t JOIN deal d ON d.id = t.deal_id JOIN coupon c ON c.id = t.coupon_id
        JOIN coupon_use u ON u.id = t.use_id LEFT JOIN reservation r ON r.id = u.reservation_id
        WHERE d.status <> 'Canceled' AND u.state = 'released' AND (r.id IS NULL OR r.state NOT IN ('released', 'expired'))""",
    ),
    Check(
        "Deal {uuid}: the coupon, or the use of it, that it is tied to is another partner’s or another coupon’s.",
        """SELECT d.uuid FROM coupon_deal t JOIN deal d ON d.id = t.deal_id JOIN coupon c ON c.id = t.coupon_id
        JOIN coupon_use u ON u.id = t.use_id WHERE c.partner_id <> d.partner_id OR u.coupon_id <> c.id""",
    ),
    Check(
        "Use {id} of a coupon has neither a reservation nor a deal.",
        """SELECT u.id FROM coupon_use u LEFT JOIN coupon_deal t ON t.use_id = u.id
        WHERE u.reservation_id IS NULL AND t.id IS NULL AND u.state <> 'released'""",
    ),
    Check(
        "Coupon {code} names a promoter of another merchant.",
        """SELECT c.code FROM coupon_promoter t JOIN coupon c ON c.id = t.coupon_id JOIN promotion m ON m.id = t.promotion_id
        JOIN catalog g ON g.id = m.catalog_id WHERE g.partner_id <> c.partner_id""",
    ),
    Check(
        "The code {code} is a coupon and a promoter’s promo code of the same merchant.",
        """SELECT c.code FROM promo_code k JOIN coupon c ON c.partner_id = k.merchant_id AND c.code = k.code""",
    ),
)
