"""Where a coupon can be used: listings of events to come that it covers, each with its demo shop."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.coupons.assignments import lists
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ticketed_events.tables import Listing, ListingLevel, TicketedEvent

MOST, _LOOKED_THROUGH = 6, 60


class Shop(NamedTuple):
    """A listing's demo shop, and the event that it sells."""

    key: str
    is_open: bool
    event_id: int
    event: str
    starts_at: datetime
    timezone: str


def of_coupon(coupon: Coupon) -> list[Shop]:
    """The shops of the next events that it covers, those that are open to everybody first."""
    scopes = [offer.covered for offer in lists.of_coupon(coupon.id)]
    if not scopes:
        return []
    coming = (
        Listing.select(Listing, TicketedEvent)
        .join(TicketedEvent)
        .where(Listing.partner == coupon.partner_id, TicketedEvent.starts_at >= clock.now())
        .order_by(Listing.is_open.desc(), TicketedEvent.starts_at, Listing.id)
        .limit(_LOOKED_THROUGH)
    )
    rows = list(coming)
    sold: dict[int, list[int]] = {row.id: [] for row in rows}
    for one in ListingLevel.select().where(ListingLevel.listing.in_(list(sold))):
        sold[one.listing_id].append(one.price_level_id)
    covered = [
        row for row in rows if any(scope.covers(row.event_id, level) for scope in scopes for level in sold[row.id])
    ]
    return [
        Shop(row.key, row.is_open, row.event_id, row.event.name, row.event.starts_at, row.event.timezone)
        for row in covered[:MOST]
    ]
