"""Who buys from oneself: a promoter who is the merchant, or whose customer works for it."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.identifiers import typed_id
from portal.domain.typed.mailboxes import mailbox


class _Mail(NamedTuple):
    mail: str
    is_promoters: bool


# Whether promoter p and merchant q are one: the same partner, of one family, or with a person who works for both.
ARE_ONE = """(p.id = q.id OR p.parent_id = q.id OR q.parent_id = p.id OR p.parent_id = q.parent_id OR EXISTS (
    SELECT 1 FROM membership a JOIN membership b ON b.user_id = a.user_id
    WHERE a.partner_id = COALESCE(p.live_partner_id, p.id) AND b.partner_id = COALESCE(q.live_partner_id, q.id)))"""
# The promoter's people are those of its whole family. Who the customer is, the merchant may know as a member.
_MAILS = Statement(
    """SELECT u.mail, TRUE AS is_promoters FROM partner p
    JOIN partner l ON l.id = COALESCE(p.live_partner_id, p.id)
    JOIN partner f ON f.id = l.id OR f.id = l.parent_id OR f.parent_id = l.id
    JOIN membership s ON s.partner_id = f.id JOIN person u ON u.id = s.user_id WHERE p.id = :promoter
    UNION ALL SELECT c.mail, FALSE FROM member c WHERE c.partner_id = :merchant AND c.mail IS NOT NULL
        AND (c.uuid = :customer_uuid OR c.external_user_id = :customer OR c.id = :number)""",
    row=_Mail,
)


def is_promoters(promoter_id: int, merchant_id: int, customer: str) -> bool:
    """Whether the customer, by mail address, by our ids or the merchant's, is a person who works for the promoter."""
    number = typed_id(customer) or 0
    found = _MAILS.rows(
        promoter=promoter_id, merchant=merchant_id, customer=customer, customer_uuid=customer.lower(), number=number
    )
    own = {mailbox(one.mail) for one in found if one.is_promoters}
    return not own.isdisjoint(
        {mailbox(customer), *(mailbox(one.mail) for one in found if not one.is_promoters)} - {None}
    )
