"""The shape of an operation as people ask for it; the rules are the domain's."""

from collections.abc import Sequence
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.cards.lists import ShownCard, Tier
from portal.domain.cards.operations.verbs import POINTS, SUM, WHOLE, Verb
from portal.domain.cards.words import DISCOUNT
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.web.inputs import SumField, choices

_REQUIRED = InputRequired(say("Say how much."))
_QUANTITIES = {
    "stamps": say("Stamps"), "rewards": say("Rewards"), "scores": say("Scores"), "visits": say("Visits"), "points": say("Points"),
    "amount": say("Sum of the purchase"),
}  # fmt: skip


def _currency(form) -> str:
    return form.currency


def _places(locations: Sequence[tuple[int, str]]):
    return choices([("", say("Nowhere in particular")), *((str(number), name) for number, name in locations)])


class OperationForm(FlaskForm):
    """How much of it, or which reward; and what is told beside."""

    whole = IntegerField(validators=[_REQUIRED])
    amount = SumField("", [_REQUIRED], currency=_currency)
    tier = RadioField(say("Reward"), [InputRequired(say("Choose the reward."))])
    purchase_sum = SumField(say("Paid"), [Optional()], currency=_currency)
    comment = TextAreaField(say("Comment"))
    location = SelectField(
        say("Where"), default="", validate_choice=False
    )  # that it is theirs is asked where it is booked
    seen = HiddenField()  # what it would do, as it was shown to whoever sends it

    def __init__(
        self, card: ShownCard, verb: Verb, tiers: Sequence[Tier], locations: Sequence[tuple[int, str]], **given
    ):
        self.currency = card.currency
        super().__init__(**given)
        self.is_whole = verb.unit == WHOLE
        self._leave_out(
            whole=not self.is_whole,
            amount=verb.unit in (None, WHOLE),
            tier=not tiers,
            purchase_sum=verb.unit == SUM,
            location=not locations,
        )
        are_points_money = verb.unit == POINTS and card.kind != DISCOUNT
        if verb.field:
            self.quantity.label.text = say("Amount") if are_points_money else _QUANTITIES[verb.field]
        if tiers:
            self.tier.choices = choices((str(tier.id), _said(tier)) for tier in tiers)
        if locations:
            self.location.choices = _places(locations)
        self.unit = card.currency if verb.unit == SUM or are_points_money else None

    def _leave_out(self, **is_without: bool) -> None:
        """Fields that do not belong to the operation."""
        for name, is_out in is_without.items():
            if is_out:
                del self[name]

    @property
    def quantity(self):
        """The field that says how much; an operation that is done once has none."""
        return self[name] if (name := "whole" if self.is_whole else "amount") in self else None

    @property
    def is_empty(self) -> bool:
        """Whether it does not say yet how much."""
        return self.quantity is not None and not (self.quantity.raw_data or [""])[0].strip()

    def asked(self) -> tuple[Decimal | int | None, int | None, Decimal | None, int | None]:
        """The quantity, the reward, what was paid, and where."""
        quantity = self.quantity.data if self.quantity is not None else None
        tier = int(self.tier.data) if "tier" in self else None
        paid = self.purchase_sum.data if "purchase_sum" in self else None
        location = typed_id(self.location.data or "") if "location" in self else None
        return quantity, tier, paid, location


def _said(tier: Tier) -> str:
    return say("{name}: {points} points", name=tier.name, points=tier.threshold)
