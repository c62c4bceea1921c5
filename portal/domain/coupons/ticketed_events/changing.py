"""Bundles and listings changed and removed: nothing that reservations or assignments stand on is pulled away from under them."""

from collections.abc import Iterable
from typing import Any

from portal.database import Statement, transaction
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.ticketed_events import events, kept_by, selling
from portal.domain.coupons.ticketed_events.events import EVENT
from portal.domain.coupons.ticketed_events.selling import BUNDLE_CHECKS
from portal.domain.coupons.ticketed_events.tables import Bundle, BundleLevel, Listing, ListingLevel, TicketedEvent
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.values import checked

# An assignment that was taken away forgets what there is no more.
_FORGET = Statement(
    """DELETE FROM assigned_bundle WHERE bundle_id = :bundle
    AND assignment_id IN (SELECT id FROM coupon_assignment WHERE ended_at IS NOT NULL)"""
)


def change_bundle(partner_id: int, bundle_id: int, changes: dict[str, Any]) -> Bundle:
    """Set its name, its price, its `price_level_ids`. Reservations keep the price that they were made at. Raises NotFound, Invalid as
    `selling.bundle`, Refused for other price levels once it was reserved."""
    given = dict(changes)
    ids = given.pop("price_level_ids", None)
    taken = checked(given, BUNDLE_CHECKS)
    with transaction():
        bundle, event = _bundle(partner_id, bundle_id)
        changed = {name: value for name, value in taken.items() if value != getattr(bundle, name)}
        if changed:
            Bundle.update(**changed).where(Bundle.id == bundle.id).execute()
        if ids is not None and _put(event, BundleLevel, BundleLevel.bundle, bundle.id, ids):
            _refuse(kept_by.levels_of_bundle(bundle.id))
            changed["price_level_ids"] = ids
        if changed:
            log.record(partner_id, "bundle.changed", EVENT, event.id, {"name": bundle.name, "fields": sorted(changed)})
    return selling.find_bundle(partner_id, bundle_id)


def change_listing(partner_id: int, listing_id: int, price_level_ids: Iterable[int]) -> Listing:
    """Sell these price levels there from now on. Raises NotFound, Invalid as `selling.listing`, Refused while tickets of another one
    are held there."""
    settling.settle_run_out(partner_id)
    with transaction():
        listing, event = _listing(partner_id, listing_id)
        if _put(event, ListingLevel, ListingLevel.listing, listing.id, price_level_ids):
            _refuse(kept_by.levels_of_listing(listing.id))
            log.record(partner_id, "listing.changed", EVENT, event.id)
    return selling.find_listing(partner_id, listing_id)


def remove_bundle(partner_id: int, bundle_id: int) -> None:
    """Sell it no more, and forget it. Raises NotFound; Refused for one that was reserved, or that coupons are assigned to."""
    with transaction():
        bundle, event = _bundle(partner_id, bundle_id)
        _refuse(kept_by.bundle(bundle.id))
        _FORGET.run(bundle=bundle.id)
        Bundle.delete().where(Bundle.id == bundle.id).execute()
        log.record(partner_id, "bundle.removed", EVENT, event.id, {"name": bundle.name})


def remove_listing(partner_id: int, listing_id: int) -> None:
    """Close it for good, with its demo shop. Raises NotFound; Refused for one where something was reserved."""
    with transaction():
        listing, event = _listing(partner_id, listing_id)
        _refuse(kept_by.listing(listing.id))
        Listing.delete().where(Listing.id == listing.id).execute()
        log.record(partner_id, "listing.removed", EVENT, event.id)


def _bundle(partner_id: int, bundle_id: int) -> tuple[Bundle, TicketedEvent]:
    """As it stands, with its event's row locked: whoever reserves holds that row, too."""
    event = events.locked(partner_id, selling.find_bundle(partner_id, bundle_id).event_id)
    return selling.find_bundle(partner_id, bundle_id), event


def _listing(partner_id: int, listing_id: int) -> tuple[Listing, TicketedEvent]:
    event = events.locked(partner_id, selling.find_listing(partner_id, listing_id).event_id)
    return selling.find_listing(partner_id, listing_id), event


def _put(event: TicketedEvent, table: Any, whose: Any, row_id: int, price_level_ids: Iterable[int]) -> bool:
    """It names these price levels of the event and no others; whether it named others before."""
    ids = {level.id for level in selling.named_levels(event.partner_id, price_level_ids, event)}
    before = {row.price_level_id for row in table.select().where(whose == row_id)}
    table.delete().where(whose == row_id, table.price_level.in_(before - ids)).execute()
    if ids - before:
        table.insert_many([{whose.name: row_id, "price_level": each} for each in sorted(ids - before)]).execute()
    return ids != before


def _refuse(kept: str | None) -> None:
    if kept is not None:
        raise Refused(kept, field="price_level_ids")
