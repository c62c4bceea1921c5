"""The documented shapes of the feed of events (contract: offers-feed)."""

from pydantic import BaseModel as Answer
from pydantic import Field

from portal.api.fields import Body, Cursor
from portal.offers_feed.feed.schemas import LARGEST, Limit


class EventsQuery(Body):
    """Which events are asked for."""

    limit: Limit = Field(200, description=f"How many at most; more than {LARGEST} means {LARGEST}.")
    after: Cursor = Field(None, description="The `next` of the answer before; without it, from the first that is kept.")
    types: str | None = Field(
        None, description="Types of events, separated by commas, such as `deal.approved,coupon.used`."
    )


class EventTold(Answer):
    """Something that happened: ids and not bodies."""

    id: str
    type: str
    created_at: str
    data: dict


class EventsTold(Answer):
    """Events, the oldest first; `next` goes on from there, at once where `has_more`, else later."""

    events: list[EventTold]
    next: str
    has_more: bool
