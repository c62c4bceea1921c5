"""The shape of what people type about deals; the rules are the domain's."""

from urllib.parse import urlencode

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from portal.domain import money
from portal.domain.affiliate.deals import reports
from portal.domain.affiliate.deals.words import CREATED, PAID
from portal.domain.errors import Invalid
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.web.inputs import SumField, choices

_REQUIRED = InputRequired(say("This field is required."))


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip() or None


class CostForm(FlaskForm):
    """Another cost, in units of the deal's currency."""

    cost = SumField(
        say("Sale"), [InputRequired(say("Give what the customer paid."))], currency=lambda form: form.currency
    )

    def __init__(self, currency: str, **more):
        super().__init__(**more)
        self.currency = currency


_STATUS = [(CREATED, say("Created: the customer has not paid yet")), (PAID, say("Paid by the customer"))]


class AgainForm(FlaskForm):
    """A deal in place of one that was canceled by time."""

    deal_id = StringField(say("Deal id"), [_REQUIRED], filters=[_trimmed])
    status = RadioField(say("Status"), choices=choices(_STATUS), default=PAID)


class CommentForm(FlaskForm):
    """A note beside a deal."""

    comment = TextAreaField(say("Comment"), filters=[_trimmed])


class AnswerForm(FlaskForm):
    """The merchant's answer to a promoter's question."""

    answer = TextAreaField(say("Your answer"), [_REQUIRED])


class RoundForm(FlaskForm):
    """Deals to be canceled together: their numbers, as the question before showed them, and a note for each."""

    deals = HiddenField()
    comment = TextAreaField(say("Comment"), filters=[_trimmed])

    def ids(self) -> list[int]:
        """The numbers; what is none is left out."""
        typed = map(typed_id, (self.deals.data or "").split(","))
        return [number for number in typed if number is not None]


class ViewForm(FlaskForm):
    """A name for filters, and who sees it."""

    name = StringField(say("Name"), [_REQUIRED], filters=[_trimmed])
    shared = BooleanField(say("Shared with the team"))


class DealForm(FlaskForm):
    """A deal that no shop reports."""

    catalog_code = SelectField(say("Catalog"), validate_choice=False)
    offer = SelectField(say("Offer"), [InputRequired(say("Choose the offer."))], validate_choice=False)
    cost = SumField(say("Sale"), [InputRequired(say("Give what the customer paid."))])
    currency = SelectField(say("Currency"), validate_choice=False)
    status = RadioField(say("Status"), choices=choices(_STATUS), default=PAID)
    deal_id = StringField(say("Deal id"), [_REQUIRED], filters=[_trimmed])
    promoter = StringField(say("Promoter"), filters=[_trimmed])
    promo_code = StringField(say("Promo code"), filters=[_trimmed])
    customer = StringField(say("Customer"), filters=[_trimmed])

    def offer_of(self, catalogs, offers, currencies) -> None:
        """What can be chosen: (value, label) of catalogs and offers, and currencies."""
        self.catalog_code.choices, self.offer.choices = choices(catalogs), choices(offers)
        self.currency.choices = choices((code, code) for code in currencies)

    def validate_cost(self, field) -> None:
        """Raises ValidationError for a sum that no deal can have; what is wrong with its currency is told of that."""
        if field.data is None or self.currency.data not in money.EXPONENTS:
            return
        try:
            reports.cost_of(field.data, self.currency.data)
        except Invalid as error:
            raise ValidationError(error.sentence) from None

    def another_data(self, uid: str | None) -> str | None:
        """The promoter's link and the customer, as a shop would send them."""
        pairs = {"myshare": uid, "customer": self.customer.data}
        return urlencode({name: value for name, value in pairs.items() if value}) or None
