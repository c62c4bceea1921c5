"""What price levels are sold as: bundles of them, and the listings that sell them (contract: coupons)."""

from collections.abc import Collection, Iterable

from portal.database import transaction
from portal.domain.coupons.ticketed_events import events
from portal.domain.coupons.ticketed_events.events import EVENT
from portal.domain.coupons.ticketed_events.tables import (
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    PriceLevel,
    TicketedEvent,
)
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import checked, name

_NONE = say("Name price levels of one event that are here, at least one.")
BUNDLE_CHECKS = {"name": name(120), "price": events.price}


def bundle(partner_id: int, named: str, price_level_ids: Iterable[int], price: int) -> Bundle:
    """A new bundle: one ticket of each of the price levels, which are of one event, for `price` minor units of its currency. Raises
    Invalid with every wrong value."""
    taken = checked({"name": named, "price": price}, BUNDLE_CHECKS)
    levels = named_levels(partner_id, price_level_ids)
    with transaction():
        made = Bundle.create(partner=partner_id, event=levels[0].event_id, **taken)
        BundleLevel.insert_many([{"bundle": made.id, "price_level": level.id} for level in levels]).execute()
        log.record(partner_id, "bundle.created", EVENT, made.event_id, {"name": made.name})
    return made


def listing(partner_id: int, event_id: int, price_level_ids: Iterable[int]) -> Listing:
    """A new listing, which sells the price levels of the event. Raises NotFound for the event; Invalid for levels of another."""
    event = events.find(partner_id, event_id)
    levels = named_levels(partner_id, price_level_ids, event)
    with transaction():
        made = Listing.create(partner=partner_id, event=event)
        ListingLevel.insert_many([{"listing": made.id, "price_level": level.id} for level in levels]).execute()
        log.record(partner_id, "listing.created", EVENT, event.id)
    return made


def seller_of(partner_ids: Collection[int], price_level_ids: Collection[int]) -> int:
    """Whose price levels these are, among the sellers. Raises Invalid where they are nobody's."""
    found = PriceLevel.select(TicketedEvent.partner).join(TicketedEvent)
    whose = found.where(PriceLevel.id.in_(list(price_level_ids)[:1]), TicketedEvent.partner.in_(list(partner_ids)))
    seller_id = whose.scalar()
    if seller_id is None:
        raise _wrong_levels(_NONE)
    return seller_id


def switch(partner_id: int, listing_id: int, is_open: bool) -> Listing:
    """Open the listing's demo shop to everybody, or close it to all but the team. Raises NotFound."""
    with transaction():
        found = find_listing(partner_id, listing_id)
        changed = Listing.update(is_open=is_open).where(Listing.id == found.id, Listing.is_open != is_open).execute()
        if changed:
            log.record(partner_id, f"listing.{'opened' if is_open else 'closed'}", EVENT, found.event_id)
    return find_listing(partner_id, listing_id)


def find_listing(partner_id: int, listing_id: int) -> Listing:
    """The seller's listing. Raises NotFound."""
    found = Listing.get_or_none(Listing.id == listing_id, Listing.partner == partner_id)
    if found is None:
        raise NotFound(say("listing"))
    return found


def find_bundle(partner_id: int, bundle_id: int) -> Bundle:
    """The seller's bundle. Raises NotFound."""
    found = Bundle.get_or_none(Bundle.id == bundle_id, Bundle.partner == partner_id)
    if found is None:
        raise NotFound(say("bundle"))
    return found


def named_levels(
    partner_id: int, price_level_ids: Iterable[int], event: TicketedEvent | None = None
) -> list[PriceLevel]:
    """The levels, all of one event: of this one, where it is given. Raises Invalid."""
    ids = list(dict.fromkeys(price_level_ids))
    found = PriceLevel.select().join(TicketedEvent).where(PriceLevel.id.in_(ids), TicketedEvent.partner == partner_id)
    levels = {level.id: level for level in found.order_by(PriceLevel.id)} if len(ids) <= events.MOST_LEVELS else {}
    if not ids or len(levels) < len(ids):
        raise _wrong_levels(_NONE)
    if len({level.event_id for level in levels.values()} | ({event.id} if event else set())) > 1:
        raise _wrong_levels(say("The price levels are of several events. Name those of one."))
    return list(levels.values())


def _wrong_levels(sentence: str) -> Invalid:
    return Invalid("price_level_ids", sentence)
