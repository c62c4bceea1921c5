"""Ticketed events, their price levels, bundles and listings over JSON (contract: coupons)."""

from portal.coupons.sellers import PAGE, OfSeller, Seller, SellerPage
from portal.coupons.ticketed_events import wire
from portal.coupons.ticketed_events.schemas import BundleCreate, EventCreate, ListingCreate, PriceLevelCreate
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.coupons import sellers
from portal.domain.coupons.ticketed_events import events, lists, selling
from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from portal.domain.errors import Invalid, NotFound
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say


def index(caller: Credential, query: SellerPage) -> list[dict]:
    """The events by their ids: of the seller that is named, or of all that the token reaches."""
    return [wire.event(row) for row in lists.events(_sellers(caller, query), PAGE, query.skipped)]


def create(caller: Credential, body: EventCreate, query: Seller) -> dict:
    """Add an event."""
    seller = Partner.get_by_id(sellers.named(caller.partner_id, caller.reach, body.seller_or(query)))
    zone, currency = body.timezone or seller.time_zone, body.currency or seller.currency
    return wire.event(events.create(seller.id, body.name, body.starts_at, zone, currency))


def levels(caller: Credential, event_id: str) -> list[dict]:
    """What tickets of an event cost."""
    return [wire.level(row) for row in lists.levels(_own(caller, event_id).id)]


def add_level(caller: Credential, event_id: str, body: PriceLevelCreate) -> dict:
    """Add a price level to an event."""
    event = _own(caller, event_id)
    return wire.level(
        events.add_level(event.partner_id, event.id, body.name, body.price, body.capacity, bool(body.locked))
    )


def bundles(caller: Credential, query: SellerPage) -> list[dict]:
    """The bundles by their ids: of the seller that is named, or of all that the token reaches."""
    return wire.bundles(lists.bundles(_sellers(caller, query), PAGE, query.skipped))


def create_bundle(caller: Credential, body: BundleCreate, query: Seller) -> dict:
    """Sell one ticket of each of some price levels together. Whose it is follows from them."""
    seller_id = selling.seller_of(_creating(caller, body, query), body.price_level_ids)
    return wire.bundles([selling.bundle(seller_id, body.name, body.price_level_ids, body.price)])[0]


def listings(caller: Credential, query: SellerPage) -> list[dict]:
    """The listings by their ids: of the seller that is named, or of all that the token reaches."""
    return wire.listings(lists.listings(_sellers(caller, query), PAGE, query.skipped))


def create_listing(caller: Credential, body: ListingCreate, query: Seller) -> dict:
    """Sell price levels of an event. Whose it is follows from the event."""
    try:
        event = events.reached(_creating(caller, body, query), body.event_id)
    except NotFound as error:
        raise Invalid("event_id", error.sentence) from None
    return wire.listings([selling.listing(event.partner_id, event.id, body.price_level_ids)])[0]


def _sellers(caller: Credential, query: Seller) -> list[int]:
    return sellers.narrowed(sellers.reached(caller.partner_id, caller.reach), query.sellerId)


def _creating(caller: Credential, body: OfSeller, query: Seller) -> list[int]:
    return sellers.narrowed(sellers.reached(caller.partner_id, caller.reach), body.seller_or(query))


def _own(caller: Credential, event_id: str) -> TicketedEvent:
    number = typed_id(event_id)
    if not number:
        raise NotFound(say("event"))
    return events.reached(sellers.reached(caller.partner_id, caller.reach), number)
