"""What deals brought that were reported with a coupon and no reservation: what was paid, while its use counts."""

from typing import NamedTuple

from portal.database import Statement

_LIVE = "u.reservation_id IS NULL AND u.state <> 'released'"


class Brought(NamedTuple):
    """What was paid, in minor units of a currency; `whose` is the tag, or the coupon."""

    whose: int
    currency: str
    amount: int


_OF_COUPON = Statement(
    f"""SELECT t.coupon_id AS whose, d.currency, CAST(SUM(d.cost) AS BIGINT) AS amount FROM coupon_deal t
    JOIN coupon_use u ON u.id = t.use_id JOIN deal d ON d.id = t.deal_id
    WHERE t.coupon_id = :coupon AND u.held_at >= :since AND {_LIVE} GROUP BY t.coupon_id, d.currency""",
    Brought,
)
# A deal names one coupon, and is counted once for each of its tags.
_OF_TAGS = Statement(
    f"""SELECT g.id AS whose, d.currency, CAST(SUM(d.cost) AS BIGINT) AS amount FROM coupon_tag g
    JOIN tagged_coupon l ON l.tag_id = g.id JOIN coupon_deal t ON t.coupon_id = l.coupon_id
    JOIN coupon_use u ON u.id = t.use_id JOIN deal d ON d.id = t.deal_id
    WHERE g.partner_id = :partner AND {_LIVE} GROUP BY g.id, d.currency""",
    Brought,
)


def of_coupon(coupon_id: int, since: int) -> list[Brought]:
    """By currency, of the uses since a moment in microseconds."""
    return _OF_COUPON.rows(coupon=coupon_id, since=since)


def of_tags(partner_id: int) -> list[Brought]:
    """Of each tag of the partner's, by currency."""
    return _OF_TAGS.rows(partner=partner_id)
