"""The event that somebody means who asks about a coupon and names none."""

from collections.abc import Iterable

from portal import clock
from portal.domain.coupons.assignments import lists
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.ticketed_events.tables import Bundle, TicketedEvent


def of(partner_id: int, code: str) -> TicketedEvent | None:
    """The next event that the partner's coupon is assigned to, else the last one; None where there is none, or no such coupon."""
    coupon = coupons.by_code(partner_id, code)
    scopes = [offer.covered for offer in lists.of_coupon(coupon.id)] if coupon else []
    if not scopes:
        return None
    mine = TicketedEvent.select().where(TicketedEvent.partner == partner_id)
    if not any(scope.is_everywhere and not scope.levels for scope in scopes):
        mine = mine.where(TicketedEvent.id.in_(_named(scopes)))
    starts, now = TicketedEvent.starts_at, clock.now()
    coming = mine.where(starts >= now).order_by(starts, TicketedEvent.id).first()
    return coming or mine.order_by(starts.desc(), TicketedEvent.id.desc()).first()


def _named(scopes: Iterable[Scope]) -> set[int]:
    """The events that assignments name, by themselves, by price levels of theirs or by bundles."""
    bundles = [bundle for scope in scopes for bundle in scope.bundles]
    named = {event for scope in scopes for event in (*scope.events, *scope.levels.values())}
    return named.union(bundle.event_id for bundle in Bundle.select(Bundle.event).where(Bundle.id.in_(bundles)))
