"""What a coupon is assigned to (contract: coupons, "offers")."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from portal.domain.coupons.assignments import scope
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.ticketed_events.tables import Bundle, PriceLevel, TicketedEvent


class Offer(NamedTuple):
    """A coupon's offer, its assignment, and what that covers."""

    offer: CouponOffer
    assignment: CouponAssignment
    covered: Scope


def of_coupon(coupon_id: int) -> list[Offer]:
    """The offers of a coupon, the oldest first, without those that were taken away."""
    query = CouponOffer.select(CouponOffer, CouponAssignment).join(CouponAssignment)
    query = query.where(CouponOffer.coupon == coupon_id, CouponAssignment.ended_at.is_null())
    offers = list(query.order_by(CouponOffer.id))
    covered = scope.of_all([offer.assignment for offer in offers])
    return [Offer(offer, offer.assignment, covered[offer.assignment_id]) for offer in offers]


class Names(NamedTuple):
    """What events, price levels and bundles are called, by their ids; price levels with the event before them."""

    events: dict[int, str]
    levels: dict[int, str]
    bundles: dict[int, str]


def names(scopes: Collection[Scope]) -> Names:
    """The names of all that is covered."""
    bundles = {bundle for scope in scopes for bundle in scope.bundles}
    levels = {level for scope in scopes for level in scope.levels}
    events = {event for scope in scopes for event in (*scope.events, *scope.levels.values())}
    called = _called(TicketedEvent, events)
    rows = PriceLevel.select().where(PriceLevel.id.in_(list(levels)))
    return Names(called, {row.id: f"{called[row.event_id]}: {row.name}" for row in rows}, _called(Bundle, bundles))


def _called(table, ids: Iterable[int]) -> dict[int, str]:
    return {row.id: row.name for row in table.select().where(table.id.in_(list(ids)))}
