"""Bodies of coupons, and what a coupon holds (contract: coupons)."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from portal.api.answers import AnswerSchema, Uuid
from portal.api.fields import Body, Flag, Number, Text
from portal.api.loose import Loose, Whole, digits
from portal.coupons.sellers import OfSeller, SellerPage
from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.codes import LONGEST, SHORTEST
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import FIXED, PERCENTAGE
from portal.domain.values import Wrong

_WORDS = [kind.word for kind in KINDS.values()]
_LATEST = 10**11  # seconds: nothing has changed since
KindWord = Annotated[str, WithJsonSchema({"type": "string", "enum": _WORDS})]
Amount = Annotated[float | int, WithJsonSchema({"type": "number"})]
Currency = Annotated[str | None, WithJsonSchema({"type": "string"})]
AmountType = Annotated[str, WithJsonSchema({"type": "string", "enum": [PERCENTAGE, FIXED]})]
_AMOUNT = "Of a Discount or an Auto coupon: a percentage with at most two decimals, over 0 to 100, or minor units of `currency`."


def _since(value: Any) -> int:
    seconds = digits(value)
    if seconds < 0:
        raise Wrong("Send a unix timestamp, in seconds.")
    return min(seconds, _LATEST)


class CouponFilter(SellerPage):
    """Which coupons, and which page of them."""

    modifiedSince: Annotated[int | None, BeforeValidator(_since), WithJsonSchema({"type": "integer", "minimum": 0})] = (
        Field(None, description="Those that changed at this second or later, they or their offers. A unix timestamp.")
    )


class CouponFields(Body):
    """What of a coupon may be left out."""

    amount: Number | None = Field(None, description=_AMOUNT)
    amount_type: Text | None = Field(None, description=f"`{PERCENTAGE}` or `{FIXED}`.")
    currency: Text | None = Field(
        None,
        description="Of the fixed amount and the budget, which need one, and of the threshold, which is in the event’s without one "
        "(ISO 4217). A coupon with a currency is not valid for an event in another.",
    )
    threshold: Whole | None = Field(
        None, description="Of an Auto coupon: the face value from which it applies by itself, in minor units."
    )
    budget: Whole | None = Field(None, description="What all its uses may take off together, in minor units.")
    customer_limit: Whole | None = Field(None, description="How often one customer may use it.")
    minimum_tickets: Whole | None = Field(None, description="How many tickets a reservation must hold.")
    opens: Flag | None = Field(
        None,
        description="Whether a Discount, Comp or Auto coupon opens the price levels it is assigned to, as an Access coupon does.",
    )
    combinable: Flag | None = Field(
        None, description="Whether it goes with others on one reservation; it does by default."
    )
    rank: Whole | None = Field(None, description="In which order several are applied, the lowest first.")
    customer_id: Text | None = Field(None, description="The UUID of the customer whose it is alone.")
    tags: list[Text] | None = Field(
        None, description=f"Words that gather coupons, such as a sponsor: at most {tags.MOST}."
    )
    active: Flag | None = Field(None, description="Whether it can be used; it can by default.")


class CouponCreate(CouponFields, OfSeller):
    """A new coupon. It is good for nothing until it is assigned."""

    name: Text = Field(description="What it is called.")
    type: Text = Field(description=f"One of {', '.join(_WORDS)}; “Reserve” is Reserved.")
    code: Loose = Field(
        description=f"{SHORTEST} to {LONGEST} letters, digits, hyphens and underscores; unique within a seller, whatever their case."
    )


class CouponChange(CouponFields):
    """What changes of it; `null` clears."""

    name: Text | None = Field(None, description="What it is called.")
    type: Text | None = Field(None, description="Another type, until it is assigned or used.")
    code: Loose | None = Field(None, description="Another code, until it is used.")


def _without_amount(schema: dict) -> None:
    """Types without an amount omit its keys, and a percentage has no currency."""
    schema["required"] = [name for name in schema["required"] if name not in ("amount", "amount_type", "currency")]


class Coupon(AnswerSchema):
    """A coupon. Types without an amount have neither `amount` nor `amount_type`; only a fixed amount has a `currency`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_amount)

    id: int = Field(description="Its id.")
    name: str = Field(description="What it is called.")
    type: KindWord = Field(description="Its type.")
    code: str = Field(description="Its code, as it was written.")
    amount: Amount = Field(description="A percentage, or minor units.")
    amount_type: AmountType = Field(description="Which of them.")
    currency: Currency = Field(description="Of a fixed amount.")
    modified_time: int = Field(description="When it or one of its offers changed last, as a unix timestamp.")


class Assignments(AnswerSchema):
    """What an offer is for. An event with none of its price levels named is covered whole."""

    sellers: list[int] = Field(description="Whose events.")
    events: list[int] = Field(description="Ids of events.")
    price_levels: list[int] = Field(description="Ids of price levels.")
    bundles: list[int] = Field(description="Ids of bundles.")


class CouponOffer(AnswerSchema):
    """The terms that a coupon is assigned under."""

    id: int = Field(description="Its id: `coupon_link_id` of a use.")
    timezone: str = Field(description="Of its dates.")
    start_date: str = Field(description="From when, as it was sent.")
    end_date: str = Field(description="Until when, as it was sent; the day, or the second, counts.")
    limit: int = Field(description="How often: each code, or all that were assigned as a group together.")
    ticket_limit: int = Field(description="For how many tickets a use is good; 0 for all.")
    taggable: bool = Field(description="As it was sent.")
    global_: bool = Field(alias="global", description="Whether it is for every event, past and to come.")
    assignments: list[Assignments] = Field(description="What it is for.")


class CouponDetails(Coupon):
    """A coupon with its offers."""

    offers: list[CouponOffer] = Field(description="What it is assigned to.")


class MadeCoupon(Coupon):
    """A coupon with all that it was made with."""

    currency: str | None = Field(description="Of its sums.")
    threshold: int | None = Field(description="From which face value an Auto coupon applies by itself.")
    budget: int | None = Field(description="What all its uses may take off together.")
    customer_limit: int | None = Field(description="How often one customer may use it.")
    minimum_tickets: int | None = Field(description="How many tickets a reservation must hold.")
    opens: bool = Field(description="Whether it opens the price levels that it is assigned to.")
    combinable: bool = Field(description="Whether it goes with others.")
    rank: int = Field(description="In which order several are applied, the lowest first.")
    customer_id: Uuid | None = Field(description="The customer whose it is alone.")
    tags: list[str] = Field(description="Words that gather coupons.")
    active: bool = Field(description="Whether it can be used.")
    sellerId: int = Field(description="Whose it is.")
