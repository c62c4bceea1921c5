"""Who buys from oneself: a promoter who is the merchant, or whose customer works for it."""

from portal.database import Statement

# Whether promoter p and merchant q are one: the same partner, of one family, or with a person who works for both.
ARE_ONE = """(p.id = q.id OR p.parent_id = q.id OR q.parent_id = p.id OR p.parent_id = q.parent_id OR EXISTS (
    SELECT 1 FROM membership a JOIN membership b ON b.user_id = a.user_id
    WHERE a.partner_id = COALESCE(p.live_partner_id, p.id) AND b.partner_id = COALESCE(q.live_partner_id, q.id)))"""
_IS_PROMOTERS = Statement(
    """SELECT 1 FROM member c JOIN person u ON u.mail = c.mail JOIN membership s ON s.user_id = u.id
    JOIN partner p ON p.id = :promoter
    WHERE c.partner_id = :merchant AND (c.uuid = :customer_uuid OR c.external_user_id = :customer)
        AND s.partner_id = COALESCE(p.live_partner_id, p.id)"""
)


def is_promoters(promoter_id: int, merchant_id: int, customer: str) -> bool:
    """Whether the customer, by our id or the merchant's, is a person who works for the promoter."""
    found = _IS_PROMOTERS.value(
        promoter=promoter_id, merchant=merchant_id, customer_uuid=customer.lower(), customer=customer
    )
    return found is not None
