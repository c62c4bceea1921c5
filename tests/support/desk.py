"""Coupons of every type, events with price levels, listings and assignments, made as the portal makes them."""

from datetime import UTC, datetime
from itertools import count

from portal.domain.coupons.assignments import assigning
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import AUTO, DISCOUNT, PERCENTAGE, Coupon
from portal.domain.coupons.reservations import reserving
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.ticketed_events import events, selling
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent

EVENING = datetime(2031, 6, 1, 19, tzinfo=UTC)
_numbers = count(1)


def event(party, **given) -> TicketedEvent:
    """An event of the party's, in EUR unless it says otherwise."""
    usual = {"name": f"Evening {next(_numbers)}", "starts_at": EVENING, "timezone": "Europe/Vienna", "currency": "EUR"}
    return events.create(party.id, **usual | given)


def level(of: TicketedEvent, price: int = 1000, capacity: int = 100, **given) -> PriceLevel:
    """A price level of the event."""
    return events.add_level(of.partner_id, of.id, given.pop("name", f"Row {next(_numbers)}"), price, capacity, **given)


def listing(*levels: PriceLevel) -> Listing:
    """A listing of the levels' event, which sells them."""
    of = levels[0].event
    return selling.listing(of.partner_id, of.id, [each.id for each in levels])


def bundle(*levels: PriceLevel, price: int = 1500) -> Bundle:
    """A bundle of the levels."""
    return selling.bundle(levels[0].event.partner_id, f"Bundle {next(_numbers)}", [each.id for each in levels], price)


def coupon(party, kind: int = DISCOUNT, **given) -> Coupon:
    """A coupon of the party's; Discount and Auto take off 10 % unless they say otherwise."""
    number = next(_numbers)
    amount = {"amount_type": PERCENTAGE, "amount": 10} if kind in (DISCOUNT, AUTO) else {}
    usual = {"name": f"Coupon {number}", "kind": kind, "code": f"CODE-{number}"}
    return coupons.create(party.id, Given(**usual | amount | given))


def reserved(party, quantity: int = 1, **given) -> Held:
    """A reservation of tickets of an event of their own."""
    sold = level(event(party), **given)
    return reserving.reserve(party.id, listing(sold).id, [Wanted(sold.id, quantity)]).reservation


def assigned(*of: Coupon, **terms) -> CouponAssignment:
    """The coupons assigned: everywhere, always, and often, unless the terms say otherwise."""
    usual = {"start": "2020-01-01", "end": "2040-12-31", "limit": 100}
    has_scope = terms.keys() & {"event_ids", "price_level_ids", "bundle_ids", "is_everywhere"}
    where = {} if has_scope else {"is_everywhere": True}
    ids = [each.id for each in of]
    offers = assigning.assign([of[0].partner_id], ids, assigning.Terms(**usual | where | terms))
    return offers[0].assignment
