"""The shape of an offer as people type it; the rules are the domain's."""

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.domain import money
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.offers.offers import MOST_IMAGES, Price
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say
from portal.web.chosen import of_choice
from portal.web.forms import ToldAtOnce
from portal.web.inputs import NumberField, SumField, choices, percent
from portal.web.picture_lists import PicturesField

OWN_PERCENT, FIXED, CATALOGS = "percent", "fixed", "catalog"


class PriceForm(Form):
    """A sum and its currency; a row without a sum is no price."""

    cost = SumField(say("Price"), [Optional()])
    currency = SelectField(say("Currency"), choices=choices((code, code) for code in sorted(money.EXPONENTS)))


class OfferForm(ToldAtOnce):
    """An offer as promoters see it."""

    checks = terms.FIELDS

    name = StringField(say("Name"), [InputRequired(say("This field is required."))])
    description = TextAreaField(say("Description"))
    images = PicturesField(say("Pictures"), most=MOST_IMAGES)
    prices = FieldList(FormField(PriceForm), say("Prices"), min_entries=1, max_entries=50)
    reward = RadioField(say("Reward"), default=CATALOGS)
    reward_percent = of_choice(NumberField, say("Percentage"), "reward", OWN_PERCENT, [Optional()])
    fix_remuneration = of_choice(
        SumField,
        say("Fixed sum"),
        "reward",
        FIXED,
        [Optional()],
        currency=lambda form: form["prices"][0].form.currency.data,
    )
    is_promocode_allowed = BooleanField(say("Promo codes may be used for it"))
    is_active = BooleanField(say("Active"), default=True)

    def __init__(
        self, currency: str, catalog_percent: str | None, shown: dict | None = None, takes_codes: bool = False
    ):
        reward = CATALOGS if catalog_percent else OWN_PERCENT
        fresh = {"prices": [{"currency": currency}], "reward": reward, "is_promocode_allowed": takes_codes}
        super().__init__(data=shown or fresh)
        none = say("The catalog’s (it has none yet)")
        catalogs = say("The catalog’s: {percent}", percent=catalog_percent) if catalog_percent else none
        self.reward.choices = choices(
            [
                (CATALOGS, catalogs),
                (OWN_PERCENT, say("A percentage of its own")),
                (FIXED, say("A fixed sum for each deal")),
            ]
        )

    def validate_reward(self, field) -> None:
        """The kind that is chosen has its value."""
        value = {OWN_PERCENT: self.reward_percent, FIXED: self.fix_remuneration}.get(field.data)
        if value is not None and not (value.raw_data or [""])[0].strip():
            percent = say("Give the percentage, or choose another kind of reward.")
            raise ValidationError(
                percent if field.data == OWN_PERCENT else say("Give the fixed sum, or choose another kind of reward.")
            )

    def add_price(self, currency: str) -> None:
        """One more row."""
        self.prices.append_entry({"currency": currency})

    def given(self) -> dict:
        """What was typed, as the domain takes it: one kind of reward, the other cleared."""
        names = ("name", "description", "images", "is_promocode_allowed", "is_active")
        chosen = self.reward.data
        return {name: self[name].data for name in names} | {
            "reward_percent": self.reward_percent.data if chosen == OWN_PERCENT else None,
            "fix_remuneration": self.fix_remuneration.data if chosen == FIXED else None,
        }

    def priced(self) -> list[Price]:
        """The rows that have a sum."""
        return [Price(row["cost"], row["currency"]) for row in self.prices.data if row["cost"] is not None]


def shown(offer: Offer, terms: PromoterTerms, prices: dict[str, int]) -> dict:
    """An offer as its form shows it."""
    currency = next(iter(prices))
    fixed = terms.fix_remuneration
    return {
        "name": offer.name,
        "description": offer.description,
        "images": [image["url"] for image in offer.images],
        "is_active": offer.is_active,
        "is_promocode_allowed": terms.is_promocode_allowed,
        "reward": FIXED if fixed is not None else OWN_PERCENT if terms.reward_percent is not None else CATALOGS,
        "reward_percent": percent(terms.reward_percent),
        "fix_remuneration": None if fixed is None else money.to_decimal(fixed, currency),
        "prices": [{"cost": money.to_decimal(cost, code), "currency": code} for code, cost in prices.items()],
    }
