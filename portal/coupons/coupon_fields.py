"""What people say of a coupon, beside its code: fields that forms share. The rules are the domain's."""

from decimal import Decimal

from flask import g
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from portal.domain import money
from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.given import FIELDS, Given
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import (
    ACCESS,
    AUTO,
    COMP,
    DISCOUNT,
    FIXED,
    INVITE,
    PERCENTAGE,
    PRESALE,
    RESERVED,
)
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.web.chosen import of_choice
from portal.web.forms import ToldAtOnce
from portal.web.inputs import SumField, choices

REQUIRED = say("This field is required.")
# What each type does, in the order in which people want them.
DOES = {
    DISCOUNT: say("Discount – takes something off each ticket"),
    COMP: say("Comp – the tickets are free"),
    AUTO: say("Auto – takes something off an order by itself, once it is large enough"),
    ACCESS: say("Access – opens price levels that are hidden"),
    PRESALE: say("Presale – opens price levels before the sale begins"),
    RESERVED: say("Reserved – opens price levels that are kept for somebody"),
    INVITE: say("Invite – opens price levels to those who are invited"),
}


class Needed:
    """Marks a field that something chosen needs, such as a type; where it is missing the domain says so."""

    field_flags = {"required": True}

    def __call__(self, form, field) -> None:
        """Refuses nothing."""


class CouponFields(ToldAtOnce):
    """A coupon without its code."""

    checks = {name: FIELDS[name] for name in ("name", "customer_limit", "minimum_tickets")}

    name = StringField(say("Name"), [InputRequired(REQUIRED)])
    kind = SelectField(
        say("Type"), choices=choices((str(kind), does) for kind, does in DOES.items()), default=str(DISCOUNT)
    )
    amount = SumField(say("Takes off"), [Optional(), Needed()], description=say("For the types Discount and Auto."))
    amount_type = SelectField(
        say("As"), choices=choices([(PERCENTAGE, say("Percent of the price")), (FIXED, say("A sum of money"))])
    )
    currency = SelectField(
        say("Currency"), choices=choices([("", say("Yours")), *((code, code) for code in sorted(money.EXPONENTS))]),
        description=say("Of all sums of this coupon."),
    )  # fmt: skip
    threshold = of_choice(
        SumField, say("From an order of"), "kind", str(AUTO), [Optional(), Needed()],
        description=say("For the type Auto: it applies by itself from this sum on, in the currency chosen here, or else in the event’s."),
    )  # fmt: skip
    budget = SumField(
        say("Budget"),
        [Optional()],
        description=say("The most that all its uses together may take off. Empty: as much as they do."),
    )
    customer_limit = IntegerField(
        say("Uses by one customer"), [Optional()], description=say("Empty: as many as its assignment allows.")
    )
    minimum_tickets = IntegerField(
        say("Tickets at least"),
        [Optional()],
        description=say("How many tickets a reservation must have for it. Empty: one is enough."),
    )
    opens = BooleanField(say("It also opens the hidden price levels that it is assigned to"))
    is_alone = BooleanField(say("It goes with no other coupon"))
    tags = StringField(say("Tags"), description=say("Such as a sponsor or a channel, separated by commas."))

    def given(self, code: str = "") -> Given:
        """What was said, with a code. Raises Invalid for a sum with more decimals than its currency has."""
        kind, currency = int(self.kind.data), self.currency.data or g.partner.currency
        threshold = _minor("threshold", self.threshold.data, currency)
        budget = _minor("budget", self.budget.data, currency)
        amount_type, amount = self._amount(kind, currency)
        is_of_money = budget is not None or (amount is not None and self.amount_type.data != PERCENTAGE)
        return Given(
            self.name.data or "", kind, code, amount_type, amount,
            currency=currency if is_of_money else self.currency.data or None, threshold=threshold, budget=budget, customer_limit=self.customer_limit.data,
            minimum_tickets=self.minimum_tickets.data, opens=self.opens.data, is_alone=self.is_alone.data,
            tags=tags.typed(self.tags.data or ""),
        )  # fmt: skip

    def _amount(self, kind: int, currency: str) -> tuple[str | None, Decimal | int | None]:
        """What it takes off, and how much: in smallest units, or percent. No way where the type takes nothing off, and no amount is said."""
        is_percentage = self.amount_type.data == PERCENTAGE
        amount = self.amount.data if is_percentage else _minor("amount", self.amount.data, currency)
        return self.amount_type.data if KINDS[kind].has_amount or amount is not None else None, amount


def _minor(field: str, sum_: Decimal | None, currency: str) -> int | None:
    if sum_ is None or currency not in money.EXPONENTS:
        return None if sum_ is None else int(sum_)
    units = money.whole(sum_, money.exponent(currency))
    if units is None:
        raise Invalid(field, say("Give a sum that {currency} has.", currency=currency))
    return units
