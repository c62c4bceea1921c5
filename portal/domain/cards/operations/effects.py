"""What an operation does to the fields of a card: exact whole numbers, nothing written (contract: cards, "what changes")."""

import dataclasses
from collections.abc import Callable

from portal.domain import money
from portal.domain.cards.operations.rows import Held
from portal.domain.cards.templates.kinds import REWARD


class Short(Exception):
    """A field has less than was to be taken of it."""

    def __init__(self, field: str, there: int, asked: int):
        super().__init__(field, there, asked)
        self.field, self.there, self.asked = field, there, asked


@dataclasses.dataclass(slots=True)
class Effect:
    """What changes: `amount` is of the field that it is about, of stamps before full rounds became rewards.

    `redeemed` are rewards that were handed out; `step` and `step_gives` the rule of spend that it was counted by.
    """

    field: str
    amount: int
    deltas: dict[str, int] = dataclasses.field(default_factory=dict)
    redeemed: int = 0
    step: int | None = None
    step_gives: int | None = None


Does = Callable[[Held, int], Effect]


def gained(held: Held, amount: int) -> Effect:
    """Credit what such a card counts; what it owes is settled first."""
    settled = min(held.owed, amount)
    left = amount - settled
    deltas = rolled(held, left) if held.main == "uses" else {held.main: left}
    return Effect(held.main, left, deltas | {"owed": -settled})


def lost(held: Held, amount: int) -> Effect:
    """Take of what such a card counts. Raises Short; a finished round is not opened."""
    return taken(held, held.main, amount)


def added(held: Held, name: str, amount: int) -> Effect:
    """Credit a field that nothing is owed in."""
    return Effect(name, amount, {name: amount})


def taken(held: Held, name: str, amount: int) -> Effect:
    """Take of a field. Raises Short."""
    there = getattr(held, name)
    if there < amount:
        raise Short(name, there, amount)
    return Effect(name, -amount, {name: -amount})


def rolled(held: Held, stamps: int) -> dict[str, int]:
    """So many stamps more, or fewer: full rounds become rewards, and unused rewards are opened for what the round has not.

    Raises Short where neither bears it.
    """
    rounds, uses = divmod(held.uses + stamps, held.stamps_total or 1)
    if held.rewards + rounds < 0:
        raise Short("uses", held.uses + held.rewards * (held.stamps_total or 1), -stamps)
    return {"uses": uses - held.uses, "rewards": rounds}


def rewards_added(held: Held, amount: int) -> Effect:
    """Rewards of a stamp card, given without stamps."""
    return added(held, "rewards", amount)


def rewards_taken(held: Held, amount: int) -> Effect:
    """Rewards of a stamp card are handed out."""
    effect = taken(held, "rewards", amount)
    effect.redeemed = amount
    return effect


def scores_added(held: Held, amount: int) -> Effect:
    """Scores: what a reward card counts, and a side account of a subscription."""
    return gained(held, amount) if held.kind == REWARD else added(held, "bonus", amount)


def scores_taken(held: Held, amount: int) -> Effect:
    """Scores are taken away."""
    return taken(held, "bonus", amount)


def visits_added(held: Held, amount: int) -> Effect:
    """Visits that earn stamps, points or nothing but themselves; those of a subscription are bought, and made later."""
    effect = gained(held, amount * (held.visit_gives or 1) if held.kind == REWARD else amount)
    if held.main in ("uses", "bonus"):
        effect.deltas["visits"] = amount
    return effect


def visits_used(held: Held, amount: int) -> Effect:
    """Visits that were bought, or that the period of a membership has, are used."""
    effect = taken(held, "balance", amount)
    effect.deltas["visits"] = amount
    return effect


def cashback_added(held: Held, amount: int) -> Effect:
    """A part of a purchase comes back; the money of a life is kept beside."""
    effect = gained(held, money.share(amount, held.percent or 0))
    effect.deltas["spent"] = amount
    return effect


def cashback_taken(held: Held, amount: int) -> Effect:
    """The same part of such a purchase is taken back. Of the money of a life goes what is there: a card may have been opened
    with points alone."""
    effect = lost(held, money.share(amount, held.percent or 0))
    effect.deltas["spent"] = -min(held.spent, amount)
    return effect


def purchase_added(held: Held, amount: int) -> Effect:
    """Each so much money gives so many stamps or points; what is left over waits for the next purchase."""
    return spent(held, amount, held.step or 1, held.step_gives or 0)


def spent(held: Held, amount: int, step: int, gives: int) -> Effect:
    """A purchase by a rule of spend, today's or that of another day."""
    steps, rest = divmod(held.rest + amount, step)
    return _by_steps(gained(held, steps * gives), held, rest, step, gives)


def purchase_taken(held: Held, amount: int) -> Effect:
    """The same that such a purchase gave is taken back. Raises Short."""
    step, gives = held.step or 1, held.step_gives or 0
    steps, rest = returned(held, amount, step)
    return _by_steps(lost(held, steps * gives), held, rest, step, gives)


def returned(held: Held, amount: int, step: int) -> tuple[int, int]:
    """Of so much money that goes back: the steps that are taken for it, and what is left over then."""
    steps = max(0, -((held.rest - amount) // step))
    return steps, held.rest - amount + steps * step


def coupon_redeemed(held: Held, amount: int) -> Effect:
    """A coupon is used. Raises Short when it was before."""
    if held.coupon:
        raise Short("coupon", 0, 1)
    return Effect("coupon", 1, {"coupon": 1}, redeemed=1)


def _by_steps(effect: Effect, held: Held, rest: int, step: int, gives: int) -> Effect:
    effect.deltas["rest"] = rest - held.rest
    effect.step, effect.step_gives = step, gives
    return effect
