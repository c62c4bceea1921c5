"""The shape of a reward as people type it; the rules are the domain's."""

from wtforms import RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from portal.domain.affiliate.catalogs.lists import OfferLine
from portal.domain.affiliate.special_rewards.rewards import FIELDS, Given
from portal.domain.sentences import say
from portal.web.chosen import of_choice
from portal.web.forms import ToldAtOnce
from portal.web.inputs import MomentField, NumberField, SumField, choices

PERCENT, FIXED = "percent", "fixed"
_KINDS = [(PERCENT, say("A percentage of the sale")), (FIXED, say("A fixed sum for each deal"))]


class RewardForm(ToldAtOnce):
    """What is earned, with what, and for how long."""

    checks = FIELDS

    offer = SelectField(say("On what"))
    reward = RadioField(say("Reward"), choices=choices(_KINDS), default=PERCENT)
    reward_percent = of_choice(NumberField, say("Percentage"), "reward", PERCENT, [Optional()])
    fix_remuneration = of_choice(SumField, say("Fixed sum"), "reward", FIXED, [Optional()])
    currency = of_choice(SelectField, say("Currency"), "reward", FIXED, default="")
    starts_at = MomentField(say("From"), [Optional()])
    ends_at = MomentField(say("Until"), [Optional()])

    def __init__(self, offers: list[OfferLine]):
        super().__init__()
        self.offer.choices = choices([("", say("The whole catalog")), *((offer.uuid, offer.name) for offer in offers)])
        priced = sorted({currency for offer in offers for currency, _ in offer.prices})
        self.currency.choices = choices([(code, code) for code in priced] or [("", say("No price yet"))])

    def validate_reward(self, field) -> None:
        """The kind that is chosen has its value."""
        value = self.fix_remuneration if field.data == FIXED else self.reward_percent
        if not (value.raw_data or [""])[0].strip():
            raise ValidationError(
                say("Give the {lower}, or choose the other kind of reward.", lower=value.label.text.lower())
            )

    def given(self) -> Given:
        """What was typed, as the domain takes it: the kind that is chosen, without the other."""
        begins, ends = self.starts_at.data, self.ends_at.data
        if self.reward.data == FIXED:
            fixed, currency = self.fix_remuneration.data, self.currency.data
            return Given(fixed=fixed, currency=currency, starts_at=begins, ends_at=ends)
        return Given(percent=self.reward_percent.data, starts_at=begins, ends_at=ends)
