"""The shape of what people type about one coupon; the rules are the domain's."""

from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Optional

from portal.coupons.coupon_fields import REQUIRED, CouponFields
from portal.domain import money
from portal.domain.coupons.coupons import given as coupon_given
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import FIXED, Coupon
from portal.domain.coupons.ties import promoters
from portal.domain.errors import Invalid
from portal.domain.members import finding
from portal.domain.sentences import say
from portal.web.inputs import NumberField

# What is changed together, by what it is called in an address.
TOGETHER = {
    "name": ("name",), "code": ("code",), "type": ("kind", "amount", "amount_type", "currency", "threshold"),
    "gives": ("amount", "amount_type", "currency"), "threshold": ("threshold", "currency"), "budget": ("budget", "currency"),
    "limits": ("customer_limit", "minimum_tickets"), "combination": ("opens", "is_alone", "rank"),
    "customer": ("drawn_for",), "tags": ("tags",),
}  # fmt: skip


class PromoterForm(FlaskForm):
    """Whose the deals with a coupon are, and what they earn."""

    promoter = StringField(
        say("Promoter"), description=say("A name, or a link id of one of your catalogs. Empty: the deals are nobody’s.")
    )
    own_reward = NumberField(
        say("Own reward"), [Optional()],
        description=say("Of what was paid, where this coupon is what brings the deal. Empty: as in the catalog."),
    )  # fmt: skip


class CouponForm(CouponFields, PromoterForm):
    """A coupon with its code."""

    checks = {
        **CouponFields.checks, "own_reward": promoters.FIELDS["reward_percent"], **{name: coupon_given.FIELDS[name] for name in ("code", "rank")},
    }  # fmt: skip

    code = StringField(
        say("Code"), [InputRequired(REQUIRED)], description=say("4 to 64 letters, digits, hyphens and underscores.")
    )
    rank = IntegerField(
        say("Place in the order"), [Optional()], default=0,
        description=say("Where several coupons are used at once, the one with the lowest number comes first."),
    )  # fmt: skip
    drawn_for = StringField(
        say("For one customer alone"),
        description=say("Their mail address, phone or number. Empty: for whoever has the code."),
    )

    def asked(self) -> Given:
        """The coupon as it was said. Raises Invalid for a customer who is not there."""
        given = self.given(self.code.data or "")
        return given._replace(rank=self.rank.data or 0, member_id=_customer((self.drawn_for.data or "").strip()))

    def change(self, together: str) -> dict[str, Any]:
        """What was said of what is changed together."""
        asked = self.asked()._asdict()
        names = ("member_id" if name == "drawn_for" else name for name in TOGETHER[together])
        return {name: asked[name] for name in names}

    def only(self, together: str) -> None:
        """Asks for these alone: the others stay as they are."""
        for name, field in self._fields.items():
            if name not in TOGETHER[together] and name != "csrf_token":
                field.validators, field.data = (), field.object_data


def shown(coupon: Coupon) -> dict[str, Any]:
    """A coupon as the form shows it."""
    fields = coupon_given.of(coupon)
    currencies = {"threshold": coupon.currency or g.partner.currency, "budget": coupon.currency}
    sums = {name: _sum(fields[name], currency) for name, currency in currencies.items()}
    if coupon.amount_type == FIXED:
        sums["amount"] = _sum(fields["amount"], coupon.currency)
    return (
        fields
        | sums
        | {
            "kind": str(coupon.kind),
            "currency": coupon.currency or "",
            "tags": ", ".join(fields["tags"]),
            "drawn_for": _called(coupon),
        }
    )


def _sum(minor: int | None, currency: str | None):
    return None if minor is None or currency is None else money.to_decimal(minor, currency)


def _called(coupon: Coupon) -> str:
    """What their form names the customer by."""
    return (coupon.member.mail or coupon.member.phone_typed or coupon.member.uuid) if coupon.member else ""


def _customer(typed: str) -> int | None:
    if not typed:
        return None
    found = finding.named(g.partner.id, typed)
    if found is None:
        raise Invalid("drawn_for", say("There is no such customer. Give their mail address, phone or number."))
    return found
