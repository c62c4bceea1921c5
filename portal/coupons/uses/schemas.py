"""Bodies of uses and checks, and what they answer (contract: coupons, "Usage", "Validation")."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from portal.api.answers import AnswerSchema
from portal.api.fields import ABSENT, Body, Text
from portal.api.loose import Id, Loose, QueryId, Whole, whole
from portal.domain.codes import OUT_OF_RANGE
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.uses.steps import STEPS
from portal.domain.steps import FAILED, NOT_REACHED, PASSED
from portal.domain.values import Wrong

_TYPES = ", ".join(f"{kind.number} {kind.word}" for kind in KINDS.values())
_Nothing = Annotated[list, WithJsonSchema({"type": "array", "maxItems": 0})]


def _sum(value: Any) -> int:
    number = whole(value)
    if number < 0:
        raise Wrong("Send a whole number of zero or more.", OUT_OF_RANGE)
    return number


_Sum = Annotated[
    int,
    BeforeValidator(_sum),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]}),
]


class CouponAsked(Body):
    """A coupon to use."""

    event_id: Id = Field(description="The event of the reservation.")
    code: Loose = Field(description="The coupon’s code, in whatever case.")
    amount: _Sum | None = Field(None, description="The most to take off, in minor units.")
    coupon_type: Whole | None = Field(None, description=f"What its type must be: {_TYPES}.")


class CouponsAsked(Body):
    """The coupons to use."""

    coupons: list[CouponAsked] = Field(description="All are used, or none.")


class UsageData(Body):
    """What is asked for."""

    type: Text | None = Field(None, description="Always `coupon-usage`; may be left out.")
    attributes: CouponsAsked = Field(description="What is asked for of each.")


class UsageCreate(Body):
    """Coupons to use on a reservation."""

    data: UsageData = Field(description="The coupons, in the documented wrapping.")


class UsageAttributes(AnswerSchema):
    """What a use is of."""

    event_id: int = Field(description="The event.")
    code: str = Field(description="The coupon’s code, as its seller wrote it.")
    amount: int = Field(description="What it takes off, in minor units; 0 where it only opens price levels.")
    coupon_type: int = Field(description=f"The type of the coupon: {_TYPES}.")
    reservation_id: str = Field(description="The reservation.")
    coupon_name: str = Field(description="The coupon’s name.")
    ticket_limit: int | None = Field(description="How many tickets it is for at most.")
    coupon_link_id: str | None = Field(description="The id of the offer that it is used under.")
    valid_reserve_price_level_ids: list[int] = Field(description="The price levels that it opens.")


class Usage(AnswerSchema):
    """A use of a coupon."""

    id: str = Field(description="Its id.")
    type: Literal["coupon-usage"] = Field(description="Always `coupon-usage`.")
    attributes: UsageAttributes = Field(description="Its coupon, and what that does.")
    relationships: _Nothing = Field(description="None.")
    dependents: _Nothing = Field(description="None.")


class Usages(AnswerSchema):
    """The uses, one for each coupon that was asked for."""

    data: list[Usage] = Field(description="In the order of the request.")


class Validated(Body):
    """Which code, and what for."""

    code: Loose = Field(description="The coupon’s code, in whatever case.", examples=["SUMMER10"])
    eventId: QueryId = Field(description="The event.", examples=[1])
    listingId: QueryId = Field(description="Where its tickets are sold.", examples=[1])
    token: Text | None = Field(
        None, description="The read-only token of a reservation: whether that one can take the coupon."
    )


class CheckStep(AnswerSchema):
    """A step of the check."""

    check: Annotated[str, WithJsonSchema({"type": "string", "enum": [str(name) for name, _ in STEPS]})] = Field(
        description="Which."
    )
    outcome: Annotated[str, WithJsonSchema({"type": "string", "enum": [PASSED, FAILED, NOT_REACHED]})] = Field(
        description="How it ended. Those about a reservation are not reached without one."
    )
    detail: str = Field(description="Why it failed.")
    fix: str = Field(description="The nearest mend.")


class Validity(AnswerSchema):
    """Whether a coupon is valid."""

    valid: bool = Field(description="Whether it is.")
    checks: list[CheckStep] = Field(
        ABSENT, description="Each step in order; only for the seller, who sends a client token."
    )
