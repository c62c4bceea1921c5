"""The shape of payout details as people type them; the rules are the domain's."""

from decimal import Decimal

from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from portal.domain import money
from portal.domain.affiliate.payouts import account_changes, details
from portal.domain.affiliate.payouts.details import ACCOUNT_FIELDS, MOST_MINIMUMS
from portal.domain.affiliate.payouts.tables import PayoutDetails
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed import ibans
from portal.web.forms import ToldAtOnce
from portal.web.inputs import SumField, choices

_INVOICE = ("invoice_name", "invoice_address", "tax_number")
_REQUIRED = InputRequired(say("This field is required."))


class MinimumForm(Form):
    """A smallest payout and its currency; a row without a sum is none."""

    amount = SumField(say("At least"), [Optional()])
    currency = SelectField(say("Currency"), choices=choices((code, code) for code in sorted(money.EXPONENTS)))


class TermsForm(ToldAtOnce):
    """What owners and managers change: the smallest payouts, and what invoices say."""

    checks = {name: details.FIELDS[name] for name in (*_INVOICE, *ACCOUNT_FIELDS)}

    minimums = FieldList(FormField(MinimumForm), say("Least sums"), min_entries=1, max_entries=MOST_MINIMUMS)
    invoice_name = StringField(say("Name on the statement"))
    invoice_address = TextAreaField(say("Address"))
    tax_number = StringField(say("Tax number"))

    def __init__(self, currency: str, details: PayoutDetails | None = None):
        super().__init__(data=_shown(currency, details))

    def given(self) -> dict:
        """What was typed, as the domain takes it. Raises Invalid for a currency that is there twice."""
        given: dict = {name: self[name].data for name in _INVOICE}
        given["minimums"] = {}
        for row in self.minimums:
            amount, currency = row.form.amount.data, row.form.currency.data
            if amount and currency in given["minimums"]:
                said = say("There are two sums in {currency}. Leave one of them out.", currency=currency)
                raise Invalid("minimums", said)
            if amount:
                given["minimums"][currency] = amount
        return given

    def add_minimum(self, currency: str) -> None:
        """One more row, in a currency that has none yet, unless there are as many as can be."""
        if len(self.minimums) >= MOST_MINIMUMS:
            return
        taken = {row.form.currency.data for row in self.minimums}
        free = next(code for code in (currency, "EUR", "USD", "GBP", *sorted(money.EXPONENTS)) if code not in taken)
        self.minimums.append_entry({"currency": free})


class DetailsForm(TermsForm):
    """All of it, the account included: for owners."""

    holder = StringField(say("Account holder"), [_REQUIRED])
    account = StringField(say("Account"), [_REQUIRED])
    bank = StringField(say("Bank"))
    password = PasswordField(say("Your password"))
    account_seen = HiddenField()

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        return super().given() | {name: self[name].data for name in ACCOUNT_FIELDS}


def _shown(currency: str, details: PayoutDetails | None) -> dict:
    if details is None:
        return {"minimums": [{"currency": currency}]}
    shown = {name: getattr(details, name) for name in (*_INVOICE, *ACCOUNT_FIELDS)}
    kept = [{"amount": _units(minor, code), "currency": code} for code, minor in details.minimums.items()]
    seen = account_changes.seen(details)
    shown["account"] = ibans.grouped(details.account)
    return shown | {"minimums": kept or [{"currency": currency}], "account_seen": seen}


def _units(minor: int, currency: str) -> Decimal:
    return money.to_decimal(minor, currency)
