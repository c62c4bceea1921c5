"""Events, price levels, bundles and listings as programs list them, by their ids."""

from collections.abc import Collection, Iterable
from typing import Any

from portal.domain.coupons.ticketed_events.tables import (
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    PriceLevel,
    TicketedEvent,
)


def events(sellers: Collection[int], most: int, skipped: int) -> list[TicketedEvent]:
    """So many events of the sellers, after those that are skipped."""
    return _page(TicketedEvent, sellers, most, skipped)


def bundles(sellers: Collection[int], most: int, skipped: int) -> list[Bundle]:
    """So many of their bundles."""
    return _page(Bundle, sellers, most, skipped)


def listings(sellers: Collection[int], most: int, skipped: int) -> list[Listing]:
    """So many of their listings."""
    return _page(Listing, sellers, most, skipped)


def levels(event_id: int) -> list[PriceLevel]:
    """Every price level of an event."""
    return list(PriceLevel.select().where(PriceLevel.event == event_id).order_by(PriceLevel.id))


def of_bundles(rows: Iterable[Bundle]) -> dict[int, list[int]]:
    """The ids of the price levels of each bundle."""
    return _named(BundleLevel, BundleLevel.bundle, [row.id for row in rows])


def of_listings(rows: Iterable[Listing]) -> dict[int, list[int]]:
    """The ids of the price levels that each listing sells."""
    return _named(ListingLevel, ListingLevel.listing, [row.id for row in rows])


def _page(table: Any, sellers: Collection[int], most: int, skipped: int) -> list:
    query = table.select().where(table.partner.in_(list(sellers)))
    return list(query.order_by(table.id).limit(most).offset(skipped))


def _named(table: Any, whose: Any, ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {each: [] for each in ids}
    for row in table.select().where(whose.in_(ids)).order_by(table.price_level):
        found[getattr(row, whose.column_name)].append(row.price_level_id)
    return found
