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
    """Every price level of an event, in the order in which they were made."""
    return levels_of([event_id])[event_id]


def levels_of(event_ids: Collection[int]) -> dict[int, list[PriceLevel]]:
    """Every price level of each of these events, by the event's id."""
    return _by_event(PriceLevel, event_ids)


def bundles_of(event_ids: Collection[int]) -> dict[int, list[Bundle]]:
    """Every bundle of each of these events, by the event's id."""
    return _by_event(Bundle, event_ids)


def of_bundles(rows: Iterable[Bundle]) -> dict[int, list[int]]:
    """The ids of the price levels of each bundle."""
    return _named(BundleLevel, BundleLevel.bundle, [row.id for row in rows])


def of_listings(rows: Iterable[Listing]) -> dict[int, list[int]]:
    """The ids of the price levels that each listing sells."""
    return _named(ListingLevel, ListingLevel.listing, [row.id for row in rows])


def _page(table: Any, sellers: Collection[int], most: int, skipped: int) -> list:
    query = table.select().where(table.partner.in_(list(sellers)))
    return list(query.order_by(table.id).limit(most).offset(skipped))


def _by_event(table: Any, event_ids: Collection[int]) -> dict[int, list]:
    found: dict[int, list] = {each: [] for each in event_ids}
    for row in table.select().where(table.event.in_(list(found))).order_by(table.id):
        found[row.event_id].append(row)
    return found


def _named(table: Any, whose: Any, ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {each: [] for each in ids}
    for row in table.select().where(whose.in_(ids)).order_by(table.price_level):
        found[getattr(row, whose.column_name)].append(row.price_level_id)
    return found
