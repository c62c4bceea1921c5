"""Bodies of reservations, and what one holds (contract: coupons)."""

from typing import Annotated

from pydantic import Field, WithJsonSchema

from portal.api.answers import AnswerSchema, Uuid
from portal.api.answers import Moment as Stamp
from portal.api.fields import Body, Text
from portal.api.loose import Id, Quantity
from portal.coupons.sellers import OfAnySeller
from portal.domain.coupons.reservations.tables import EXPIRED, HELD, PURCHASED, RELEASED
from portal.domain.coupons.uses import tables as uses

UseState = Annotated[str, WithJsonSchema({"type": "string", "enum": [uses.HELD, uses.COMMITTED, uses.RELEASED]})]
State = Annotated[str, WithJsonSchema({"type": "string", "enum": [HELD, PURCHASED, RELEASED, EXPIRED]})]
_MINOR = "in minor units of the currency"


class TicketsAsked(Body):
    """Some tickets of a kind."""

    price_level_id: Id | None = Field(None, description="Their price level; or else `bundle_id`.")
    bundle_id: Id | None = Field(None, description="Their bundle, instead of a price level.")
    quantity: Quantity = Field(description="How many tickets, or bundles.")


class ReservationCreate(OfAnySeller):
    """A new reservation."""

    listing_id: Id = Field(description="Where the tickets are sold.")
    tickets: list[TicketsAsked] = Field(description="Which tickets, and how many.")
    customer_id: Text | None = Field(None, description="The UUID of the customer whose it is, where it is known.")


class Tickets(AnswerSchema):
    """Tickets of a kind."""

    price_level_id: int | None = Field(description="Their price level.")
    bundle_id: int | None = Field(description="Their bundle.")
    quantity: int = Field(description="How many.")
    price: int = Field(description=f"What each costs, {_MINOR}.")
    discount: int = Field(description=f"What coupons take off all of them, {_MINOR}.")


class UsedCoupon(AnswerSchema):
    """A coupon that is used on a reservation."""

    code: str = Field(description="Its code.")
    coupon_name: str = Field(description="Its name.")
    coupon_type: int = Field(description="The number of its type; 8 applied by itself.")
    amount: int = Field(description=f"What it takes off, {_MINOR}.")
    state: UseState = Field(
        description="`held` until the reservation is bought, `committed` with it; `released`, and counted no more, when it was let "
        "go or ran out, or when the deal that it led to was canceled."
    )


class Reservation(AnswerSchema):
    """Tickets that are held until a moment, bought, or let go."""

    id: int = Field(description="Its id.")
    listing_id: int = Field(description="Where the tickets are sold.")
    event_id: int = Field(description="The event.")
    customer_id: Uuid | None = Field(description="The customer whose it is.")
    state: State = Field(description="Whether it is held still, or how it ended.")
    expires_at: Stamp = Field(description="Until when the tickets are held.")
    tickets: list[Tickets] = Field(description="What it holds.")
    coupons: list[UsedCoupon] = Field(description="The coupons that were used on it: together they are its `discount`.")
    face: int = Field(description=f"What the tickets cost before any coupon, {_MINOR}.")
    discount: int = Field(description=f"What coupons take off, {_MINOR}.")
    total: int = Field(description=f"What is to be paid, {_MINOR}.")
    currency: str = Field(description="The event’s currency.")


class ReservationMade(Reservation):
    """A new reservation, with what opens it."""

    secret: str | None = Field(
        description="Uses coupons, buys and lets go, in `Reservation-Secret`. Shown once: null in a repeated answer."
    )
    token: str | None = Field(
        description="With it a coupon is checked for the reservation; it opens nothing else. Shown once as well."
    )
