"""Why a card does not take an operation: the steps in order, and the nearest fix."""

from portal.domain.cards import codes
from portal.domain.cards.operations import words
from portal.domain.cards.operations.effects import Short
from portal.domain.cards.operations.rows import Held
from portal.domain.cards.words import MEMBERSHIP
from portal.domain.codes import Code
from portal.domain.errors import Refused
from portal.domain.sentences import say
from portal.domain.steps import Steps

THERE, KEPT, IN_TIME, CARRIED, TAKEN, EARNED, BORNE = (
    "card is there",
    "card not deleted",
    "card not expired",
    "tariff not ended",
    "type takes it",
    "rules of earning",
    "balance bears it",
)
UNDOABLE, ONCE = "can be undone", "not undone yet"
_CHECKS: tuple[str, ...] = (THERE, KEPT, IN_TIME, CARRIED, TAKEN, EARNED, BORNE)
_OF_REVERSAL: tuple[str, ...] = (THERE, KEPT, IN_TIME, CARRIED, UNDOABLE, ONCE, BORNE)


def refused(held: Held, check: str, sentence: str, fix: str, code: Code, of_reversal: bool = False) -> Refused:
    """The refusal by a check, all before it passed."""
    checks: tuple[str, ...] = _OF_REVERSAL if of_reversal or check in (UNDOABLE, ONCE) else _CHECKS
    if held.tariff_ends is None:  # Most are no companies, or have a tariff without end.
        checks = tuple(other for other in checks if other != CARRIED)
    steps = Steps(*checks)
    for earlier in checks:
        if earlier == check:
            break
        steps.passed(earlier)
    steps.failed(check, sentence, fix)
    return Refused(sentence, steps=steps.as_list(), about=about(held), code=code)


def about(held: Held) -> tuple:
    """What a refusal's trace names."""
    return held.partner_id, "card", held.serial


def not_enough(held: Held, short: Short, of_reversal: bool = False) -> Refused:
    """More was to be taken than is there."""
    if short.field == "coupon":
        sentence, fix = (
            say("This coupon was redeemed."),
            say("Undo that operation, or delete the card and issue another one."),
        )
        return refused(held, BORNE, sentence, fix, codes.ALREADY_REDEEMED)
    sentence = say(
        "The card has {there}, less than the {asked} asked for.",
        there=_said(held, short.field, short.there),
        asked=_said(held, short.field, short.asked),
    )
    has_no_level = held.kind == MEMBERSHIP and held.membership_tier_id is None
    fix = say("Set the level of the card first.") if has_no_level else say("Take at most what is there.")
    return refused(held, BORNE, sentence, fix, codes.NOT_ENOUGH, of_reversal)


def _said(held: Held, field: str, number: int) -> str:
    return words.said(held.kind, held.mechanics, held.currency, field, number)
