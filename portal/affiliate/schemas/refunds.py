"""Parts of deals that went back, on the wire."""

from pydantic import Field

from portal.api.answers import AnswerSchema, Moment, Uuid
from portal.api.fields import A_CURRENCY, A_SUM, SUMS, Body, Number, Text
from portal.domain.affiliate.deals.reports import LONGEST_COMMENT


class RefundCreate(Body):
    """A part of a deal that went back to the customer."""

    amount: Number = Field(
        json_schema_extra={"exclusiveMinimum": 0, "maximum": A_SUM["maximum"]},
        description=f"What the customer got back, in units of the deal's currency: over zero, {SUMS}, and no more than is "
        "left of the cost.",
    )
    comment: Text | None = Field(None, max_length=LONGEST_COMMENT, description="A note of yours.")


class RefundResponse(AnswerSchema):
    """A part of a deal that went back to the customer."""

    id: Uuid = Field(description="The portal's id of the refund, a UUID.")
    deal_id: str = Field(description="Your own id of the deal.")
    amount: float = Field(description="What the customer got back, in units of the currency.")
    currency: str = Field(json_schema_extra=A_CURRENCY, description="ISO 4217 code of the deal's currency.")
    payment_sum: float = Field(description="What was left of the promoter's reward then.")
    created_at: Moment = Field(description="When it was recorded: UTC, whole seconds, with Z.")
