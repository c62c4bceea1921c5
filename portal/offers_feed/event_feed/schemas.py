"""The documented shapes of the feed of events (contract: offers-feed)."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel as Answer
from pydantic import BeforeValidator, Field, WithJsonSchema

from portal.api.fields import Body, cursor
from portal.offers_feed.feed.schemas import LARGEST, Limit

NO_NEXT = "Send the `next` of an answer as it was."


def _after(value: Any) -> tuple[int, ...]:
    try:
        return cursor(value)
    except ValueError:
        raise ValueError(NO_NEXT) from None


_After = Annotated[
    tuple[int, ...] | None, BeforeValidator(_after), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_-]*$"})
]
_Types = Annotated[
    list[str],
    BeforeValidator(lambda sent: [word.strip() for words in sent for word in words.split(",") if word.strip()]),
    WithJsonSchema({"type": "string"}),
]


class EventsQuery(Body):
    """Which events are asked for."""

    limit: Limit = Field(200, description=f"How many at most; more than {LARGEST} means {LARGEST}.")
    SEVERAL: ClassVar = ("types",)

    after: _After = Field(None, description="The `next` of the answer before; without it, from the first that is kept.")
    types: _Types = Field(
        default_factory=list,
        description="Types of events, separated by commas, such as `deal.approved,coupon.used`; or several times, also as `types[]`.",
    )


class EventTold(Answer):
    """Something that happened: ids and not bodies."""

    id: str = Field(description="What tells it from every other event.")
    type: str = Field(description="What happened, such as `deal.approved`.")
    created_at: str = Field(description="When it happened: RFC 3339, UTC.")
    data: dict = Field(
        description="`thing` and `id`: what it happened to; and what else tells of it, by ids. Of an offer (`thing`: `offer`) there is "
        "`offer_id`, of a customer (`member`) `member_id`, of a use (`offer use`) both: the numbers of `/api/v3`."
    )


class EventsTold(Answer):
    """Events, the oldest first; `next` goes on from there, at once where `has_more`, else later."""

    events: list[EventTold] = Field(description="What happened, the oldest first.")
    next: str = Field(description="Where to go on: the `after` of the next request.")
    has_more: bool = Field(description="Whether there is more at once.")
