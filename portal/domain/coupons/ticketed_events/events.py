"""Ticketed events and their price levels: made, changed and found by their seller (contract: coupons)."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement, transaction
from portal.domain import money, values
from portal.domain.accounts.partners.partners import FIELDS
from portal.domain.coupons.assignments import moments
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events.tables import PriceLevel, TicketedEvent
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

EVENT, LEVEL = "ticketed event", "price level"
MOST_LEVELS = 200  # of an event
_LARGEST_CAPACITY = 10_000_000
_LATEST = datetime(9999, 1, 1, tzinfo=clock.EPOCH.tzinfo)
_LOCK = Statement("SELECT id FROM ticketed_event WHERE id = :event AND partner_id = :partner", lock="FOR UPDATE")


def _moment(value: datetime) -> datetime:
    if not clock.EPOCH <= value < _LATEST:
        raise Wrong(say("Give a time from 1970 to 9998."))
    return value.astimezone(UTC)


def price(value: int) -> int:
    """Minor units of an event's currency. Raises Wrong."""
    return _sum(value)


_sum = values.whole_number(0, money.LARGEST, 0)
EVENT_CHECKS: dict[str, values.Check] = {
    "name": values.name(255),
    "starts_at": _moment,
    "timezone": FIELDS["time_zone"],
    "currency": FIELDS["currency"],
}
LEVEL_CHECKS: dict[str, values.Check] = {
    "name": values.name(120),
    "price": price,
    "capacity": values.whole_number(0, _LARGEST_CAPACITY, 0),
    "is_locked": values.flag(False),
}


def create(partner_id: int, name: str, starts_at: datetime, timezone: str, currency: str) -> TicketedEvent:
    """A new event, in whose currency its tickets are priced. Without an offset `starts_at` is a local time of its time zone.
    Raises Invalid with every wrong value."""
    given = {"name": name, "starts_at": _there(starts_at, timezone), "timezone": timezone, "currency": currency}
    taken = checked(given, EVENT_CHECKS)
    with transaction():
        event = TicketedEvent.create(partner=partner_id, **taken)
        log.record(partner_id, "ticketed_event.created", EVENT, event.id, {"name": event.name})
    return event


def _there(moment: datetime, timezone: str) -> datetime:
    """What is wrong with the time zone, or with a year that has no moments, is told where they are checked."""
    if moment.tzinfo is not None:
        return moment
    try:
        return moments.earlier(moment, ZoneInfo(moments.zone(timezone)))
    except (Wrong, OverflowError):
        return moment.replace(tzinfo=UTC)


def change(partner_id: int, event_id: int, changes: dict[str, Any]) -> TicketedEvent:
    """Set the given fields. Raises NotFound, Invalid as `create`, Refused for another currency once something is reserved."""
    taken = checked(changes, EVENT_CHECKS)
    with transaction():
        event = locked(partner_id, event_id)
        changed = {name: value for name, value in taken.items() if value != getattr(event, name)}
        if "currency" in changed and Reservation.select().where(Reservation.event == event).exists():
            raise Refused(say("Tickets were reserved in {currency}. Make another event.", currency=event.currency))
        if changed:
            _keep(event, changed)
            log.record(partner_id, "ticketed_event.changed", EVENT, event.id, {"fields": sorted(changed)})
    return event


def find(partner_id: int, event_id: int) -> TicketedEvent:
    """The seller's event. Raises NotFound."""
    return reached([partner_id], event_id)


def reached(partner_ids: Collection[int], event_id: int) -> TicketedEvent:
    """The event of one of the sellers. Raises NotFound."""
    event = TicketedEvent.get_or_none(TicketedEvent.id == event_id, TicketedEvent.partner.in_(list(partner_ids)))
    if event is None:
        raise NotFound(say("event"))
    return event


def locked(partner_id: int, event_id: int) -> TicketedEvent:
    """The event as it stands, for the transaction around. Raises NotFound."""
    _LOCK.value(event=event_id, partner=partner_id)
    return find(partner_id, event_id)


def add_level(
    partner_id: int, event_id: int, name: str, price: int, capacity: int, is_locked: bool = False
) -> PriceLevel:
    """A new price level of the event; a locked one is sold only to whom a coupon opens it. Raises NotFound, Invalid with every
    wrong value, Refused when there are too many."""
    taken = checked({"name": name, "price": price, "capacity": capacity, "is_locked": is_locked}, LEVEL_CHECKS)
    with transaction():
        event = locked(partner_id, event_id)
        if PriceLevel.select().where(PriceLevel.event == event).count() >= MOST_LEVELS:
            raise Refused(say("An event can have {most} price levels. Use one that is there.", most=MOST_LEVELS))
        level = PriceLevel.create(event=event, **taken)
        _touch(event, "price_level.created", level)
    return level


def change_level(partner_id: int, level_id: int, changes: dict[str, Any]) -> PriceLevel:
    """Set the given fields. Reservations keep the price that they were made at; a capacity below what is taken sells no more.
    Raises NotFound and Invalid as `add_level`."""
    taken = checked(changes, LEVEL_CHECKS)
    with transaction():
        level = find_level(partner_id, level_id)
        event = locked(partner_id, level.event_id)
        if taken:
            PriceLevel.update(**taken).where(PriceLevel.id == level.id).execute()
            _touch(event, "price_level.changed", level)
    return PriceLevel.get_by_id(level.id)


def find_level(partner_id: int, level_id: int) -> PriceLevel:
    """The price level of an event of the seller's. Raises NotFound."""
    found = PriceLevel.select(PriceLevel, TicketedEvent).join(TicketedEvent)
    level = found.where(PriceLevel.id == level_id, TicketedEvent.partner == partner_id).first()
    if level is None:
        raise NotFound(say("price level"))
    return level


def _touch(event: TicketedEvent, fact: str, level: PriceLevel) -> None:
    _keep(event, {})
    log.record(event.partner_id, fact, EVENT, event.id, {"name": level.name})


def _keep(event: TicketedEvent, changed: dict[str, Any]) -> None:
    for name, value in {**changed, "updated_at": clock.now()}.items():
        setattr(event, name, value)
    event.save()
