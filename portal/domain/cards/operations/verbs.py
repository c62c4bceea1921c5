"""What somebody may do to a card: one line an operation, named as on the wire (contract: cards, "Types and what may be done
to them")."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from portal.domain import codes, money
from portal.domain.cards.operations import effects, events
from portal.domain.cards.operations.rows import Held
from portal.domain.cards.templates.kinds import (
    CASHBACK,
    CERTIFICATE,
    COUPON,
    DISCOUNT,
    MEMBERSHIP,
    REWARD,
    STAMP,
    SUBSCRIPTION,
)
from portal.domain.errors import Invalid
from portal.domain.sentences import say

LARGEST = 1_000_000
WHOLE, POINTS, SUM = "whole", "points", "sum"  # what its quantity is: things, points of the type, money of the currency
ANY = None


class Verb(NamedTuple):
    """An operation that can be asked for. `field` is what the body calls its quantity, `unit` what that is; `on` are types and
    mechanics, ANY of them where none is named; `adds` says that rules of earning are asked."""

    name: str
    field: str | None
    unit: str | None
    on: tuple[tuple[int, str | None], ...]
    event: int
    effect: effects.Does | None
    adds: bool
    label: str

    def is_on(self, kind: int, mechanics: str) -> bool:
        """Whether a card of such a template takes it."""
        return any(kind == one and way in (ANY, mechanics) for one, way in self.on)


_STAMPS, _CASHBACK = ((STAMP, ANY),), ((CASHBACK, ANY),)
_POINTS = ((CASHBACK, ANY), (CERTIFICATE, ANY), (DISCOUNT, ANY))
_SPEND = ((STAMP, "spend"), (REWARD, "spend"))
_VISITS = ((STAMP, "visits"), (REWARD, "visits"), (MEMBERSHIP, "no_limits"), (SUBSCRIPTION, ANY))

_ALL = (
    Verb("add-stamp", "stamps", WHOLE, _STAMPS, events.STAMPS_ADDED, effects.gained, True, say("Add stamps")),
    Verb("subtract-stamp", "stamps", WHOLE, _STAMPS, events.STAMPS_TAKEN, effects.lost, False, say("Take stamps away")),
    Verb("add-reward", "rewards", WHOLE, _STAMPS, events.REWARDS_ADDED, effects.rewards_added, True, say("Add rewards")),
    Verb("subtract-reward", "rewards", WHOLE, _STAMPS, events.REWARDS_TAKEN, effects.rewards_taken, False, say("Hand out rewards")),
    Verb("add-scores", "scores", WHOLE, ((REWARD, "points"), (SUBSCRIPTION, ANY)), events.SCORES_ADDED, effects.scores_added, True, say("Add scores")),
    Verb("subtract-scores", "scores", WHOLE, ((REWARD, ANY), (SUBSCRIPTION, ANY)), events.SCORES_TAKEN, effects.scores_taken, False, say("Take scores away")),
    Verb("add-visit", "visits", WHOLE, _VISITS, events.VISITS_ADDED, effects.visits_added, True, say("Add visits")),
    Verb("subtract-visit", "visits", WHOLE, ((SUBSCRIPTION, ANY), (MEMBERSHIP, "limits")), events.VISITS_TAKEN, effects.visits_used, False, say("Use visits")),
    Verb("add-point", "points", POINTS, _POINTS, events.POINTS_ADDED, effects.gained, True, say("Add points")),
    Verb("subtract-point", "points", POINTS, _POINTS, events.POINTS_TAKEN, effects.lost, False, say("Take points away")),
    Verb("add-transaction-amount", "amount", SUM, _CASHBACK, events.AMOUNT_ADDED, effects.cashback_added, True, say("Add a purchase")),
    Verb("subtract-transaction-amount", "amount", SUM, _CASHBACK, events.AMOUNT_TAKEN, effects.cashback_taken, False, say("Take a purchase back")),
    Verb("add-purchase", "amount", SUM, _SPEND, events.PURCHASE_ADDED, effects.purchase_added, True, say("Add a purchase")),
    Verb("subtract-purchase", "amount", SUM, _SPEND, events.PURCHASE_TAKEN, effects.purchase_taken, False, say("Take a purchase back")),
    Verb("receive-reward", None, None, ((REWARD, ANY),), events.REWARD_RECEIVED, None, False, say("Hand out a reward")),
    Verb("redeem-coupon", None, None, ((COUPON, ANY),), events.COUPON_REDEEMED, effects.coupon_redeemed, False, say("Redeem the coupon")),
)  # fmt: skip
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in _ALL}
# One name of the wire for two operations: by the type of the card.
_BY_TYPE = {
    "add-amount": ("add-transaction-amount", "add-purchase"),
    "subtract-amount": ("subtract-transaction-amount", "subtract-purchase"),
}
_OF_MONEY = {"add-point": say("Add money"), "subtract-point": say("Take money off")}
NAMES = (*VERBS, *_BY_TYPE)


def of(name: str, kind: int) -> Verb:
    """The operation of a name, on a card of the type."""
    for_cashback, for_others = _BY_TYPE.get(name, (name, name))
    return VERBS[for_cashback if kind == CASHBACK else for_others]


def taken_by(kind: int, mechanics: str) -> list[Verb]:
    """Those that cards of such a template take, called as what they count is: money is not called points."""
    labels = _OF_MONEY if kind in (CASHBACK, CERTIFICATE) else {}
    return [verb._replace(label=labels.get(verb.name, verb.label)) for verb in _ALL if verb.is_on(kind, mechanics)]


def refuse_quantity(name: str, quantity: Decimal | int | None) -> None:
    """What no card would take: nothing, no number over zero, too many. Raises Invalid."""
    verb = of(name, CASHBACK)
    if verb.field is None:
        return
    if quantity is None:
        raise Invalid(verb.field, say("This field is required."), code=codes.REQUIRED)
    number = Decimal(quantity)
    if not number.is_finite() or not 0 < number <= LARGEST:
        sentence = say("Give a number over zero, at most {largest}.", largest=f"{LARGEST:,}")
        raise Invalid(verb.field, sentence, code=codes.OUT_OF_RANGE)
    if verb.unit == WHOLE and money.whole(number, 0) is None:
        sentence = say("Give a whole number from {lowest} to {highest}.", lowest=1, highest=f"{LARGEST:,}")
        raise Invalid(verb.field, sentence, code=codes.OUT_OF_RANGE)


def counted(verb: Verb, held: Held, quantity: Decimal | int | None) -> int:
    """A quantity as the card counts it. Raises Invalid where it has more decimals than the card."""
    if verb.field is None or quantity is None:
        return 1
    is_hundredths = verb.unit == POINTS and held.kind == DISCOUNT
    places = 0 if verb.unit == WHOLE else 2 if is_hundredths else money.exponent(held.currency)
    kept = money.whole(Decimal(quantity), places)
    if kept is None:
        sentence = say("Give at most {places} decimals.", places=places)
        raise Invalid(verb.field, sentence, code=codes.TOO_MANY_DECIMALS)
    return kept
