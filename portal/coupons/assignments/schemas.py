"""The body of an assignment (contract: coupons, "Assignment")."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from portal.api.answers import AnswerSchema
from portal.api.fields import Body, Flag, Text, also
from portal.api.loose import Id, Whole
from portal.domain.coupons.assignments.assigning import MOST_COUPONS

_WINDOW = {
    "type": "object",
    "required": ["start", "end"],
    "properties": {
        "start": {"type": "string", "format": "date"},
        "end": {"type": "string", "format": "date"},
        "days": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "required": ["day", "start_time", "end_time"],
                "properties": {
                    "day": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 7}, {"type": "string"}]},
                    "start_time": {"type": "string"},
                    "end_time": {"type": "string"},
                },
            },
        },
    },
}
_BLACKOUT = {"anyOf": [_WINDOW, {"type": "array", "items": _WINDOW}, {"type": "string"}, {"type": "null"}]}
_TIMED = (
    "`YYYY-MM-DD`, the whole day, or `YYYY-MM-DD HH:MM:SS`, in `timezone`. A local time that a clock change skips means the first "
    "moment after the gap, one that comes twice the "
)


def _word(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


class Assignment(Body):
    """What coupons are assigned under, and what for. It stands in the body, or under its `data.attributes`."""

    coupon_ids: list[Id] = Field(
        description=f"The coupons, of one seller: 1 to {MOST_COUPONS}. All are assigned, or none."
    )
    offer_type: Annotated[
        str | None, BeforeValidator(_word), WithJsonSchema({"enum": ["individual", "group", None]})
    ] = Field(
        None,
        description="`individual`: each code has the limit; `group`: one limit is shared by all. It may be left out where "
        "`global` is true, and is then individual.",
    )
    start_date: Text = Field(description=f"{_TIMED}earlier.")
    end_date: Text = Field(description=f"{_TIMED}later.")
    limit: Whole = Field(description="How many uses, across all that it covers: at least 1.")
    ticket_limit: Whole | None = Field(None, description="For how many tickets a use is good; 0 or none for all.")
    global_: Flag | None = Field(
        None,
        validation_alias=also("global"),
        description="Whether it is for every event, past and to come. No events and bundles are named then.",
    )
    event_ids: list[Id] | None = Field(
        None, description="Events: each is covered whole, or by those of its price levels that are named besides."
    )
    price_level_ids: list[Id] | None = Field(
        None, description="Price levels. Presale, Reserved, Invite and Access coupons need them: those that they open."
    )
    bundle_ids: list[Id] | None = Field(None, description="Bundles, for Discount and Comp coupons.")
    timezone: Text | None = Field(
        None, description="Of the dates and the blackout: an IANA name. By default this server’s."
    )
    date_filter: Annotated[Any, WithJsonSchema(_BLACKOUT)] = Field(
        None,
        description="Blackout: an object, a list of them, or either as JSON. Days are inclusive, day 1 is Sunday; without `days` "
        "the whole range is out. A window lasts up to its `end_time`, at 23:59 to the end of the day.",
    )
    taggable: Flag | None = Field(None, description="Kept, and answered.")

    @model_validator(mode="before")
    @classmethod
    def _from_attributes(cls, data: Any) -> Any:
        inner = data.get("data") if isinstance(data, dict) else None
        attributes = inner.get("attributes") if isinstance(inner, dict) else None
        return attributes if isinstance(attributes, dict) else data


class Success(AnswerSchema):
    """It is done."""

    success: Annotated[bool, WithJsonSchema({"type": "boolean", "const": True})] = Field(description="Always true.")
