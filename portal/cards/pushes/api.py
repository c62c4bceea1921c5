"""Pushes over JSON (contract: cards, "Pushes")."""

from portal.cards.envelope import Listed, Page
from portal.cards.pushes import wire
from portal.cards.pushes.schemas import PushCreate
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.told import lists


def index(caller: Credential, query: Page) -> Listed:
    """Every push, newest first."""
    rows, total = lists.numbered(caller.partner_id, query.skipped, query.itemsPerPage)
    return query.of([wire.push(row) for row in rows], total)


def show(caller: Credential, push_id: str) -> dict:
    """How far a push came."""
    return wire.push(lists.one(pushes.find(caller.partner_id, push_id).id))


def create(caller: Credential, body: PushCreate) -> dict:
    """Send a message to every installed card of a template, or to one. It is accepted at once and sent in the background; who gets it
    is settled when that begins. Opted-out and deleted cards are passed over."""
    made = pushes.send(
        caller.partner_id, body.message, body.templateId, card=body.cardId, scheduled_at=body.scheduledAt
    )
    return wire.push(lists.one(made.id))


def cancel(caller: Credential, push_id: str) -> dict:
    """Cancel a push that is scheduled or being sent: nobody more gets it. Refused once it has ended."""
    return wire.push(lists.one(pushes.cancel(caller.partner_id, push_id).id))
