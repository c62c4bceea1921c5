"""What takes an operation back: its entries turned round, rounds of stamps and steps of spend as they stand now."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portal.domain import money
from portal.domain.cards.operations import events
from portal.domain.cards.operations.effects import Effect, Short, returned, rolled
from portal.domain.cards.operations.rows import Entry, Held, Operation


class Before(NamedTuple):
    """What earlier parts of a credit took back in all, as their operations tell it (below zero), by field, and of how much money."""

    amount: int
    money: int
    fields: Mapping[str, int]


def undone(held: Held, operation: Operation, entries: Sequence[Entry]) -> Effect:
    """All of it, exactly. Raises Short where the card does not bear it; a reward that a round had given goes back unused."""
    deltas = {entry.field: -entry.amount for entry in entries}
    amount = deltas.get(operation.field, 0)
    if operation.step is not None:
        amount = _purchase_undone(held, operation, deltas)
    elif operation.field == "uses":
        amount = -operation.amount
        beside = _rewards_beside(held, operation, deltas)
        deltas |= rolled(held, amount)
        deltas["rewards"] -= beside
    for name, change in deltas.items():
        if getattr(held, name) + change < 0:
            raise Short(name, getattr(held, name), -change)
    return Effect(operation.field, amount, deltas, _handed_back(operation), operation.step, operation.step_gives)


def part(
    held: Held, operation: Operation, entries: Sequence[Entry], before: Before, back: int, whole: int
) -> tuple[Effect, int | None]:
    """What is to be taken for `back` of `whole` of a credit, in all so far, by the rule of its day; and how much of its money went
    back. What is there is taken, the rest is owed."""
    given = {entry.field: entry.amount for entry in entries}
    deltas, paid = {}, operation.purchase_sum
    taken_money = None if paid is None else money.portion(paid, back, whole) - before.money
    if operation.step is None:
        gross, so_far = operation.amount - given.get("owed", 0), before.fields.get("owed", 0) - before.amount
        asked = money.portion(gross, back, whole) - so_far
    else:
        steps, rest = returned(held, taken_money or 0, operation.step)
        asked, deltas["rest"] = steps * (operation.step_gives or 0), rest - held.rest
    for name in {"spent", "visits"} & given.keys() - {held.main}:
        share = money.portion(given[name], back, whole) + before.fields.get(name, 0)
        deltas[name] = -min(share, getattr(held, name))
    effect = _taken_or_owed(held, asked)
    effect.deltas |= deltas
    effect.step, effect.step_gives = operation.step, operation.step_gives
    return effect, taken_money


def settled(held: Held, most: int) -> Effect:
    """What is owed, taken from what an undone operation gave back."""
    amount = min(held.owed, most)
    return Effect(held.main, -amount, _less(held, amount) | {"owed": -amount})


def _taken_or_owed(held: Held, asked: int) -> Effect:
    there = getattr(held, held.main)
    if held.main == "uses":
        there += held.rewards * (held.stamps_total or 1)
    amount = min(there, asked)
    return Effect(held.main, -amount, _less(held, amount) | {"owed": asked - amount})


def _less(held: Held, amount: int) -> dict[str, int]:
    return rolled(held, -amount) if held.main == "uses" else {held.main: -amount}


def _purchase_undone(held: Held, operation: Operation, deltas: dict[str, int]) -> int:
    """The money that it moved goes the other way; what that changes of stamps or points beside what is owed again."""
    step, gives, owed = operation.step or 1, operation.step_gives or 1, deltas.get("owed", 0)
    gross = operation.amount + owed
    moved = gross // gives * step - deltas.get("rest", 0)
    if moved > 0:
        steps, rest = returned(held, moved, step)
        amount = owed - steps * gives
    else:
        steps, rest = divmod(held.rest - moved, step)
        amount = steps * gives
    deltas["rest"] = rest - held.rest
    deltas |= _less(held, -amount)
    return amount


def _rewards_beside(held: Held, operation: Operation, deltas: dict[str, int]) -> int:
    """Rewards that a card was opened with, beside those of its stamps."""
    if operation.event != events.OPENED:
        return 0
    rounds = (operation.amount + deltas.get("uses", 0)) // (held.stamps_total or 1)
    return -deltas.get("rewards", 0) - rounds


def _handed_back(operation: Operation) -> int:
    if operation.event == events.REWARDS_TAKEN:
        return operation.amount
    return -1 if operation.event in (events.REWARD_RECEIVED, events.COUPON_REDEEMED) else 0
