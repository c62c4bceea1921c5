"""What was booked at the counter is undone there for a minute (contract: cards, "Ledger")."""

from portal import clock
from portal.database import transaction
from portal.domain.cards.history import past
from portal.domain.cards.operations import reversing, writing
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.words import COUNTER
from portal.domain.codes import REFUSED
from portal.domain.errors import NotFound, Refused
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import say

SECONDS = 60


def undo(partner_id: int, operation_id: int, by: int, request: str | None = None) -> Operation:
    """Undo an operation of the partner's counter, a minute after it at the latest by our clock. A `request` that came before
    gets its first reversal, whenever it comes again.

    Raises NotFound for one that was not booked at a counter, Refused after the minute and where the card does not bear it.
    """
    with transaction():
        known = writing.by_request(partner_id, typed_uuid(request or "") or "")
        if known and known.reverses_id == operation_id:
            return known
        operation = past.OF_PARTNER.row(operation=operation_id, partner=partner_id)
        if operation is None or operation.source != COUNTER:
            raise NotFound(say("operation"))
        if not seconds_left(operation.created_at):
            raise Refused(
                say(
                    "The minute in which this could be undone is over. A manager can still undo it on the card’s page."
                ),
                code=REFUSED,
            )
        return reversing.reverse(
            partner_id, operation_id, source=COUNTER, manager_id=by, location_id=operation.location_id, request=request
        )


def seconds_left(booked_at: int) -> int:
    """For how long what was booked at this moment, in microseconds, can be undone at the counter."""
    return max(0, SECONDS - max(0, clock.micros() - booked_at) // 1_000_000)
