"""Ticketed events, and what is sold of them, as the API answers them (contract: coupons)."""

from collections.abc import Collection
from typing import Any

from portal.domain.coupons.ticketed_events import lists
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent


def event(row: TicketedEvent) -> dict[str, Any]:
    """An Event."""
    return {
        "id": row.id,
        "name": row.name,
        "starts_at": row.starts_at.isoformat().replace("+00:00", "Z"),
        "timezone": row.timezone,
        "currency": row.currency,
        "sellerId": row.partner_id,
    }


def level(row: PriceLevel) -> dict[str, Any]:
    """A PriceLevel."""
    return {
        "id": row.id,
        "event_id": row.event_id,
        "name": row.name,
        "price": row.price,
        "capacity": row.capacity,
        "locked": row.is_locked,
    }


def bundles(rows: Collection[Bundle]) -> list[dict[str, Any]]:
    """Bundles, each with its price levels."""
    levels = lists.of_bundles(rows)
    return [
        {
            "id": row.id,
            "event_id": row.event_id,
            "name": row.name,
            "price_level_ids": levels[row.id],
            "price": row.price,
        }
        for row in rows
    ]


def listings(rows: Collection[Listing]) -> list[dict[str, Any]]:
    """Listings, each with the price levels that it sells."""
    levels = lists.of_listings(rows)
    return [{"id": row.id, "event_id": row.event_id, "price_level_ids": levels[row.id]} for row in rows]
