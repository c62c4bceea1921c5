"""Checks of promo codes and uids on the wire."""

from pydantic import Field

from portal.api.answers import AnswerSchema
from portal.api.fields import Body


class PromoCheck(Body):
    """A promo code to check."""

    code: str = Field(
        json_schema_extra={"minLength": 1},
        examples=["promocode"],
        description="The promo code as somebody typed it: case, invisible characters and kinds of dashes make no difference.",
    )
    catalog_id: str | None = Field(
        None,
        examples=["5DTZB"],
        description="UUID or short code of the catalog that it must belong to; without it, any of yours.",
    )


class UidCheck(Body):
    """A promoter's uid to check."""

    code: str = Field(
        json_schema_extra={"minLength": 1},
        examples=["SYEHFNBFHD"],
        description="The uid, as it stands in `myshare` of a promoter's link.",
    )


class Discount(AnswerSchema):
    """What the customer is given."""

    percent_discounts: float | None = Field(
        description="Discount in percent; 0: none; null for a coupon that takes off a fixed amount."
    )
