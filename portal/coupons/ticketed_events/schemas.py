"""Bodies of ticketed events and of what is sold of them, and what those hold (contract: coupons)."""

from pydantic import Field

from portal.api.answers import AnswerSchema
from portal.api.answers import Moment as Stamp
from portal.api.fields import Body, Flag, LocalMoment, Text
from portal.api.loose import Id, Whole
from portal.coupons.sellers import OfAnySeller, OfSeller

_PRICE = "In minor units of the event’s currency."
_LEVELS = "Price levels of one event."


class EventCreate(OfSeller):
    """A new event that tickets are sold for."""

    name: Text = Field(description="What it is called.")
    starts_at: LocalMoment = Field(
        description="When it begins: RFC 3339; without an offset it is a local time of `timezone`, a date alone its first moment there."
    )
    timezone: Text | None = Field(None, description="Where it happens: an IANA name. By default the seller’s own.")
    currency: Text | None = Field(
        None, description="Which its tickets are priced in (ISO 4217). By default the seller’s own."
    )


class Event(AnswerSchema):
    """An event that tickets are sold for."""

    id: int = Field(description="Its id.")
    name: str = Field(description="What it is called.")
    starts_at: Stamp = Field(description="When it begins, UTC.")
    timezone: str = Field(description="Where it happens.")
    currency: str = Field(description="Which its tickets are priced in.")
    sellerId: int = Field(description="Whose it is.")


class PriceLevelCreate(Body):
    """A new price level."""

    name: Text = Field(description="What it is called.")
    price: Whole = Field(description=_PRICE)
    capacity: Whole = Field(description="How many tickets there are.")
    locked: Flag | None = Field(None, description="Whether it is sold only to whom a coupon opens it.")


class PriceLevel(AnswerSchema):
    """What a ticket of an event costs."""

    id: int = Field(description="Its id.")
    event_id: int = Field(description="Its event.")
    name: str = Field(description="What it is called.")
    price: int = Field(description=_PRICE)
    capacity: int = Field(description="How many tickets there are.")
    locked: bool = Field(description="Whether it is sold only to whom a coupon opens it.")


class BundleCreate(OfAnySeller):
    """A new bundle: one ticket of each of its price levels, for a price of its own."""

    name: Text = Field(description="What it is called.")
    price_level_ids: list[Id] = Field(description=_LEVELS)
    price: Whole = Field(description=_PRICE)


class Bundle(AnswerSchema):
    """One ticket of each of its price levels, sold together."""

    id: int = Field(description="Its id.")
    event_id: int = Field(description="Its event.")
    name: str = Field(description="What it is called.")
    price_level_ids: list[int] = Field(description="What it is made of.")
    price: int = Field(description=_PRICE)


class ListingCreate(OfAnySeller):
    """A new listing: where price levels of an event are sold."""

    event_id: Id = Field(description="Whose tickets.")
    price_level_ids: list[Id] = Field(description="Price levels of the event.")


class Listing(AnswerSchema):
    """Where price levels of an event are sold."""

    id: int = Field(description="Its id.")
    event_id: int = Field(description="Whose tickets.")
    price_level_ids: list[int] = Field(description="What it sells.")
