"""What a coupon is made of, and what may not stand together (contract: coupons, "What is settled")."""

from decimal import Decimal
from typing import Any, NamedTuple

from portal.domain import money, values
from portal.domain.coupons.coupons import codes, tags
from portal.domain.coupons.coupons.kinds import KINDS, Kind
from portal.domain.coupons.coupons.tables import AUTO, FIXED, PERCENTAGE, Coupon
from portal.domain.errors import Invalid
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

_HIGHEST_RANK = 1000
Errors = list[tuple[str, str]]


class Given(NamedTuple):
    """A coupon as somebody asks for it. `kind` is the number of its type; `amount` a percentage with up to two decimals, or minor
    units of `currency`, as `budget` and `threshold` are; a threshold without one is in that of the event. `member_id` is the customer whose it is alone."""

    name: str
    kind: int
    code: str
    amount_type: str | None = None
    amount: Decimal | int | None = None
    currency: str | None = None
    threshold: int | None = None
    budget: int | None = None
    customer_limit: int | None = None
    minimum_tickets: int | None = None
    opens: bool = False
    is_alone: bool = False
    rank: int = 0
    member_id: int | None = None
    tags: tuple[str, ...] = ()


def _kind(value) -> int:
    if value not in KINDS:
        raise Wrong(say("Choose a type of coupon."))
    return value


def _currency(value) -> str | None:
    if value and value not in money.EXPONENTS:
        raise Wrong(
            say("“{value}” is not a currency that can be paid in; send an ISO 4217 code such as USD.", value=value[:40])
        )
    return value or None


def _within(lowest: int, highest: int) -> values.Check:
    check = values.whole_number(lowest, highest, 0)
    return lambda value: None if value is None else check(value)


FIELDS: dict[str, values.Check] = {
    "name": values.name(255),
    "kind": _kind,
    "code": codes.code,
    "amount_type": lambda value: values.one_of((PERCENTAGE, FIXED))(value) if value else None,
    "amount": lambda value: value,  # with its type, below
    "currency": _currency,
    "threshold": _within(0, money.LARGEST),
    "budget": _within(1, money.LARGEST),
    "customer_limit": _within(1, 1_000_000),
    "minimum_tickets": _within(1, 1_000_000),
    "opens": values.flag(False),
    "is_alone": values.flag(False),
    "rank": values.whole_number(-_HIGHEST_RANK, _HIGHEST_RANK, 0),
    "member_id": lambda value: value,  # whose it is, below
    "tags": tags.names,
}


def taken(partner_id: int, asked: dict[str, Any]) -> dict[str, Any]:
    """The columns of a coupon, and its `tags`, from all the fields of a Given. Raises Invalid with every wrong one."""
    fields = checked(asked, FIELDS)
    kind = KINDS[fields["kind"]]
    errors = _wrong_amount(kind, fields) + _wrong_rest(kind, partner_id, fields)
    if errors:
        raise Invalid(*errors[0], errors)
    key, written = fields.pop("code")
    fields["opens"] = fields["opens"] and not kind.opens  # Those types open in any case.
    return fields | {"code": key, "written": written, "member": fields.pop("member_id")}


def of(coupon: Coupon) -> dict[str, Any]:
    """The fields of a Given as the coupon has them."""
    fields = {name: getattr(coupon, name) for name in Given._fields if name not in ("code", "tags")}
    return fields | {"code": coupon.written, "amount": shown_amount(coupon), "tags": tags.of([coupon.id])[coupon.id]}


def shown_amount(coupon: Coupon) -> Decimal | int | None:
    """Its amount as people and programs write it: a percentage, or minor units."""
    amount: int | None = coupon.amount
    return amount if amount is None or coupon.amount_type == FIXED else Decimal(amount) / 100


def _wrong_amount(kind: Kind, fields: dict[str, Any]) -> Errors:
    """Sets the amount as it is kept, hundredths of a percent or minor units, and says what is wrong with it."""
    if not kind.has_amount:
        is_given = fields["amount"] is not None or fields["amount_type"] is not None
        said = say("A coupon of the type {word} has no amount. Leave it out.", word=kind.word)
        return [("amount", said)] if is_given else []
    if fields["amount"] is None:
        return [("amount", say("Say how much it takes off."))]
    if fields["amount_type"] is None:
        return [("amount_type", say("Say whether the amount is a “percentage” or “fixed”."))]
    if fields["amount_type"] == FIXED and fields["currency"] is None:
        return [("currency", say("Say which currency the fixed amount is in."))]
    check = values.percent("0.01", "100") if fields["amount_type"] == PERCENTAGE else _minor_units
    try:
        fields["amount"] = check(Decimal(fields["amount"]))
    except Wrong as wrong:
        return [("amount", wrong.sentence)]
    return []


def _minor_units(value: Decimal) -> int:
    is_in_reach = value.is_finite() and 1 <= value <= money.LARGEST  # told before it is reckoned with
    units = money.whole(value, 0) if is_in_reach else None
    if units is None:
        raise Wrong(say("A fixed amount is a whole number of the currency’s smallest units, of at least 1."))
    return units


def _wrong_rest(kind: Kind, partner_id: int, fields: dict[str, Any]) -> Errors:
    errors: Errors = []
    if fields["threshold"] is not None and kind.number != AUTO:
        errors.append(("threshold", say("Only a coupon of the type Auto has a threshold. Leave it out.")))
    if fields["budget"] is not None and fields["currency"] is None and fields["amount_type"] != FIXED:
        errors.append(("currency", say("Say which currency the budget is in.")))
    whose = fields["member_id"]
    if whose is not None and not _is_customer(partner_id, whose):
        errors.append(("member_id", say("There is no such customer here.")))
    return errors


def _is_customer(partner_id: int, member_id: int) -> bool:
    its = (Member.id == member_id, Member.partner == partner_id, Member.erased_at.is_null())
    return Member.select().where(*its).exists()
