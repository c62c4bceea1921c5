"""The shape of what people say about files of coupons; the rules are the domain's."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from portal.coupons.coupon_fields import DOES
from portal.domain.coupons.coupons.tables import FIXED, PERCENTAGE
from portal.domain.coupons.imports.files import AS_IT_LOOKS, NAMES, ROW, WIRE
from portal.domain.coupons.imports.tables import CouponImport
from portal.domain.sentences import say
from portal.web.imported.forms import ColumnsForm, UploadForm, filled, sign_field
from portal.web.inputs import choices

# The columns as the pages call what is in them.
PLAIN = {
    "code": say("Code"),
    "name": say("Name of the coupon; empty: its code"),
    "kind": say("Type, such as Discount or Access"),
    "amount": say("What it takes off, such as 25 or 9.50"),
    "amount_type": say("As what: percentage or fixed"),
    "currency": say("Currency of its sums, such as EUR"),
    "threshold": say("Sum of an order from which an Auto coupon applies"),
    "budget": say("The most that all its uses may take off"),
    "customer_limit": say("Uses by one customer"),
    "minimum_tickets": say("Tickets at least, in a reservation"),
    "opens": say("Opens hidden price levels too: yes or no"),
    "is_alone": say("Goes with no other coupon: yes or no"),
    "rank": say("Place in the order in which several apply"),
    "tags": say("Tags, separated by commas"),
    "active": say("Can be used: yes or no"),
}
SHORT = PLAIN | {
    "name": say("Name"), "kind": say("Type"), "amount": say("Takes off"), "amount_type": say("As"), "currency": say("Currency"),
    "threshold": say("From an order of"), "budget": say("Budget"), "opens": say("Opens"), "is_alone": say("Alone"),
    "rank": say("Place"), "tags": say("Tags"), "active": say("Can be used"),
}  # fmt: skip
_KIND, _AMOUNT, _AS = say("Type, where no column says it"), say("Takes off, where no column says it"), say("As")
_KINDS = choices([("", say("None: each line says its type")), *((str(kind), does) for kind, does in DOES.items())])
_AMOUNT_TYPES = choices([(PERCENTAGE, say("Percent of the price")), (FIXED, say("A sum of money"))])
_FIRST = choices(
    [
        (AS_IT_LOOKS, say("Look whether it names the columns")),
        (NAMES, say("It names the columns")),
        (ROW, say("It is a coupon already: its code, then its name")),
    ]
)


class _LeftOut:
    """What is said once for all lines that do not say it."""

    kind = SelectField(_KIND, choices=_KINDS)
    amount = StringField(_AMOUNT, description=say("For the types Discount and Auto, such as 25."))
    amount_type = SelectField(_AS, choices=_AMOUNT_TYPES)

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What was chosen."""
        kind = int(self.kind.data) if self.kind.data else None
        return {"kind": kind, "amount": self.amount.data or None, "amount_type": self.amount_type.data}


class CouponUploadForm(_LeftOut, UploadForm):
    """One file, and what its lines leave out."""

    first = SelectField(say("The first line"), choices=_FIRST)

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen."""
        return super().chosen(partner_id) | {"first": self.first.data}


class CouponLinesForm(_LeftOut, FlaskForm):
    """What the lines of a file that was checked leave out."""


class CouponColumnsForm(_LeftOut, ColumnsForm):
    """What each column of the file is, and what its lines leave out."""

    decimal_sign = sign_field(
        say("How numbers are written"), say("For files whose numbers could be read in two ways, such as 1.500.")
    )

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen."""
        return super().chosen(partner_id) | {"decimal_sign": self.decimal_sign.data or None}


def columns_form(found: CouponImport) -> CouponColumnsForm:
    """The form for this file, as its columns are taken now."""
    return filled(CouponColumnsForm, found, PLAIN, WIRE, decimal_sign=found.decimal_sign or "", **_left_out(found))


def lines_form(found: CouponImport) -> CouponLinesForm:
    """The form for what its lines leave out, as it is taken now."""
    return CouponLinesForm(data=_left_out(found))


def _left_out(found: CouponImport) -> dict[str, Any]:
    return {
        "kind": str(found.kind or ""),
        "amount": found.amount,
        "amount_type": found.amount_type or PERCENTAGE,
    }
