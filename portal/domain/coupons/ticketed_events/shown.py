"""What an event's page shows of how its tickets are sold."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from portal.domain.coupons.ticketed_events.tables import (
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    PriceLevel,
    TicketedEvent,
)


class Sold(NamedTuple):
    """A bundle or a listing, with the names of its price levels."""

    row: Any
    levels: list[str]


def bundles(event: TicketedEvent) -> list[Sold]:
    """Its bundles."""
    rows = Bundle.select().where(Bundle.event == event).order_by(Bundle.id)
    return _with_levels(rows, BundleLevel, BundleLevel.bundle)


def listings(event: TicketedEvent) -> list[Sold]:
    """Its listings."""
    rows = Listing.select().where(Listing.event == event).order_by(Listing.id)
    return _with_levels(rows, ListingLevel, ListingLevel.listing)


def _with_levels(rows: Iterable, table: Any, whose: Any) -> list[Sold]:
    found = {row.id: Sold(row, []) for row in rows}
    names = table.select(table, PriceLevel).join(PriceLevel).where(whose.in_(list(found))).order_by(PriceLevel.id)
    for one in names:
        found[getattr(one, whose.column_name)].levels.append(one.price_level.name)
    return list(found.values())
