"""What deals do to cards: an approved one credits, a canceled or returned one takes it back (contract: cards, "Deals and
cards"). Each is called inside the transaction of the deal; of several cards the youngest first."""

from portal.database import transaction
from portal.domain.cards.history import past
from portal.domain.cards.moments import settling
from portal.domain.cards.operations import earning, effects, events, locking, undoing, writing
from portal.domain.cards.operations.effects import Effect
from portal.domain.cards.operations.rows import Held, Operation
from portal.domain.cards.operations.writing import SYSTEM, Draft
from portal.domain.cards.templates.kinds import CASHBACK, DISCOUNT, SPEND, VISITS


def credit(card_id: int, paid: int, comment: str | None = None) -> Operation | None:
    """Credit a card for a deal of so many minor units of its template's currency; None where the template gives nothing for it.

    Raises Refused with the steps for a card that is deleted or expired, and for a deal that is too small to earn.
    """
    with transaction():
        held = locking.by_id(card_id)
        settling.settle(held)
        locking.refuse_gone(held)
        earning.refuse_small(held, paid)
        effect = _earned(held, paid)
        if effect is None:
            return None
        return writing.write(held, Draft(events.DEAL_CREDITED, effect, SYSTEM, paid, comment))


def take_back(operation_id: int, back: int, whole: int, comment: str | None = None) -> Operation | None:
    """Take back what a deal had credited, as `back` of its `whole` was returned in all so far, by the rule of that day.

    What is there is taken, the rest stands as owed. None where nothing is left to take, or the card is deleted. Of a card that
    was moved it is taken where everything went.
    """
    with transaction():
        operation = past.BY_ID.rows(operation=operation_id)[0]
        held = locking.present(operation.card_id)
        if held.deleted_at is not None or past.IS_REVERSED.value(operation=operation_id):
            return None
        settling.settle(held)
        entries, before = past.ENTRIES.rows(operation=operation_id), past.before(operation_id)
        effect, money = undoing.part(held, operation, entries, before, back, whole)
        if not any(effect.deltas.values()):
            return None
        draft = Draft(
            events.DEAL_TAKEN_BACK, effect, SYSTEM, money, comment,
            takes_back_id=operation_id, undoes=operation_id,
        )  # fmt: skip
        return writing.write(held, draft)


def _earned(held: Held, paid: int) -> Effect | None:
    """So many for each deal where the template says so; else by what was paid, as a purchase or a visit."""
    if held.deal_gives is not None:
        return effects.gained(held, held.deal_gives)
    if paid <= 0:
        return None
    if held.mechanics == SPEND:
        return effects.purchase_added(held, paid)
    if held.kind == CASHBACK:
        return effects.cashback_added(held, paid)
    if held.mechanics == VISITS and held.main != "balance":
        return effects.visits_added(held, 1)
    return effects.gained(held, paid) if held.kind == DISCOUNT else None
