"""An operation is undone once, whole and exactly, where the card bears it (contract: cards)."""

from portal.database import transaction
from portal.domain.cards import codes
from portal.domain.cards.history import past
from portal.domain.cards.moments import settling
from portal.domain.cards.operations import booking, events, locking, tiers, undoing, writing
from portal.domain.cards.operations.effects import Effect, Short
from portal.domain.cards.operations.refusals import ONCE, UNDOABLE, not_enough, refused
from portal.domain.cards.operations.rows import Held, Operation
from portal.domain.cards.operations.writing import SYSTEM, Draft
from portal.domain.cards.templates.kinds import MEMBERSHIP
from portal.domain.codes import REFUSED
from portal.domain.errors import NotFound
from portal.domain.sentences import say


def reverse(
    partner_id: int,
    operation_id: int,
    *,
    source: str,
    manager_id: int | None = None,
    location_id: int | None = None,
    comment: str | None = None,
    request: str | None = None,
) -> Operation:
    """Undo the partner's operation by its id; what somebody asked for, an import or a referral can be undone.

    Raises NotFound, and Refused when it was undone before, cannot be, or the card does not bear it: then nothing is written.
    """
    asked = booking.Asked("", None, None, None, comment, source, manager_id, location_id, request)
    asked = booking.checked(asked)
    with transaction():
        operation = past.OF_PARTNER.row(operation=operation_id, partner=partner_id)
        if operation is None:
            raise NotFound(say("operation"))
        held = locking.by_id(operation.card_id)
        known = asked.request and writing.by_request(partner_id, asked.request)
        return known or _reverse(held, operation, asked)


def foreseen(partner_id: int, operation_id: int) -> list[booking.Change]:
    """What undoing the operation would change now, field by field. Writes nothing, and raises what `reverse` would."""
    operation = past.OF_PARTNER.row(operation=operation_id, partner=partner_id)
    if operation is None:
        raise NotFound(say("operation"))
    held = locking.seen_by_id(operation.card_id)
    settling.foresee(held)
    locking.refuse_gone(held)
    _refuse_fixed(held, operation)
    draft = Draft(events.REVERSED, _undone(held, operation), SYSTEM)
    return [booking.told(held, entry) for entry in writing.applied(held, draft)]


def _reverse(held: Held, operation: Operation, asked: booking.Asked) -> Operation:
    booking.refuse_closed(held.partner_id, asked.location_id)
    settling.settle(held)
    locking.refuse_gone(held)
    _refuse_fixed(held, operation)
    effect = _undone(held, operation)
    booked = writing.write(
        held,
        Draft(
            events.REVERSED, effect, asked.source, operation.purchase_sum, asked.comment,
            asked.manager_id, asked.location_id, operation.id, request=asked.request, undoes=operation.id,
        ),
    )  # fmt: skip
    if operation.reward_tier_id is not None:
        tiers.give_back(operation.reward_tier_id)
    past.tell_latest(held.id)
    _settle_again(held, effect.amount)
    return booked


def _undone(held: Held, operation: Operation) -> Effect:
    try:
        return undoing.undone(held, operation, past.ENTRIES.rows(operation=operation.id))
    except Short as short:
        raise not_enough(held, short, of_reversal=True) from None


def _settle_again(held: Held, given_back: int) -> None:
    """What was given back may have ended meanwhile, and it settles what the card owes."""
    if held.kind != MEMBERSHIP:
        settling.settle(held)
    if held.owed and (most := min(given_back, getattr(held, held.main))) > 0:
        writing.write(held, Draft(events.DEBT_SETTLED, undoing.settled(held, most), SYSTEM))


def _refuse_fixed(held: Held, operation: Operation) -> None:
    if operation.event not in events.REVERSIBLE:
        sentence = say("“{event}” cannot be undone.", event=events.EVENTS[operation.event])
        raise refused(held, UNDOABLE, sentence, say("Book the opposite instead."), REFUSED)
    if past.IS_REVERSED.value(operation=operation.id):
        raise _twice(held, say("This operation was undone before."))
    if past.IS_TAKEN_BACK.value(operation=operation.id):
        raise _twice(held, say("The deal of this operation took some of it back already."))


def _twice(held: Held, sentence: str):
    return refused(held, ONCE, sentence, say("Book the opposite of what is left."), codes.ALREADY_REVERSED)
