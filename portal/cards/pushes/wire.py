"""Pushes as the API answers them (contract: cards, "Objects")."""

from portal.cards.envelope import stamp
from portal.domain.cards.pushes.told.lists import ShownPush


def push(row: ShownPush) -> dict:
    """A Push."""
    return {
        "id": row.uuid,
        "templateId": row.template_id,
        "cardId": row.serial,
        "type": row.kind,
        "status": row.state,
        "message": row.message,
        "sentAmount": row.sent,
        "deliveredAmount": row.shown,
        "scheduledAt": stamp(row.scheduled_at),
        "createdAt": stamp(row.created_at),
    }
