"""Operations as the API answers them (contract: cards, "Objects")."""

from portal.cards.envelope import stamp
from portal.cards.figures import count, number
from portal.domain import money
from portal.domain.cards.history.shown import ShownOperation


def operation(row: ShownOperation, customer: dict) -> dict:
    """An Operation."""
    at, paid = stamp(row.created_at), row.purchase_sum
    return {
        "id": row.id,
        "companyId": row.partner_id,
        "templateId": row.template_id,
        "customerId": customer["id"],
        "customer": customer,
        "cardId": row.serial,
        "cardDevice": row.device,
        "eventId": row.event,
        "managerId": row.manager_id,
        "locationId": row.location_id,
        "amount": count(row.kind, row.currency, row.field, row.amount),
        "purchaseSum": None if paid is None else number(paid, money.exponent(row.currency)),
        "balance": count(row.kind, row.currency, row.field, row.balance),
        "source": row.source,
        "comment": row.comment,
        "createdAt": at,
        "updatedAt": at,
    }
