"""What the ties between deals and cards promise: what was canceled is taken back, and whose is whose."""

from portal.domain.areas import Check

_OWED = "COALESCE((SELECT SUM(e.amount) FROM card_entry e WHERE e.operation_id = {} AND e.field = 'owed'), 0)"
# Of a credit what was given in all, what settled a debt included; less what was taken of it or is owed. In money by spend.
_LEFT = f"""CASE WHEN o.step IS NULL THEN o.amount - {_OWED.format("o.id")} + COALESCE((
            SELECT SUM(b.amount - {_OWED.format("b.id")}) FROM card_operation b WHERE b.takes_back_id = o.id), 0)
        ELSE o.purchase_sum - COALESCE((SELECT SUM(b.purchase_sum) FROM card_operation b WHERE b.takes_back_id = o.id), 0) END"""
PROMISES = (
    Check(
        "Deal {uuid}: it is canceled, and {remains} of what it credited to card {serial} was neither taken back nor is owed.",
        f"""SELECT * FROM (SELECT d.uuid, c.serial, {_LEFT} AS remains FROM card_deal t JOIN deal d ON d.id = t.deal_id
            JOIN card_operation o ON o.id = t.operation_id JOIN card c ON c.id = o.card_id LEFT JOIN card m ON m.id = c.moved_to_id
        WHERE d.status = 'Canceled' AND CASE WHEN m.id IS NULL THEN c.deleted_at ELSE m.deleted_at END IS NULL
            AND NOT EXISTS (SELECT 1 FROM card_operation r WHERE r.reverses_id = o.id)) l WHERE l.remains <> 0""",
    ),
    Check(
        "Deal {uuid}: nothing of it was returned, but card {serial} had to give back what it credited.",
        """SELECT d.uuid, c.serial FROM card_deal t JOIN deal d ON d.id = t.deal_id JOIN card c ON c.id = t.card_id
        WHERE d.status <> 'Canceled' AND EXISTS (SELECT 1 FROM card_operation b WHERE b.takes_back_id = t.operation_id)
            AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.deal_id = d.id)""",
    ),
    Check(
        "Deal {uuid}: it credited cards, but was not approved.",
        """SELECT d.uuid FROM card_deal t JOIN deal d ON d.id = t.deal_id WHERE d.approved_at IS NULL""",
    ),
    Check(
        "Deal {uuid}: the template, customer, card or operation that it is tied to is another partner’s, or not this card’s.",
        """SELECT d.uuid FROM card_deal t JOIN deal d ON d.id = t.deal_id JOIN card_template k ON k.id = t.template_id
            LEFT JOIN member m ON m.id = t.member_id LEFT JOIN card c ON c.id = t.card_id
            LEFT JOIN card_operation o ON o.id = t.operation_id
        WHERE k.partner_id <> d.partner_id OR m.partner_id <> d.partner_id OR c.partner_id <> d.partner_id
            OR c.template_id <> t.template_id OR o.card_id <> t.card_id OR k.currency <> d.currency AND o.id IS NOT NULL""",
    ),
)
