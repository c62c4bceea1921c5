"""What an assignment would have to cover for the step of a check to pass."""

from collections.abc import Callable, Collection
from functools import partial
from typing import NamedTuple

from portal import clock
from portal.domain.coupons.assignments import assigning
from portal.domain.coupons.assignments.assigning import Terms
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.ticketed_events.tables import Bundle, PriceLevel, TicketedEvent
from portal.domain.coupons.uses.steps import Case, local
from portal.domain.sentences import say

_NAMED = 3  # names that a button has room for


class More(NamedTuple):
    """Things to cover besides: in which of the lists of Terms, and what they are called."""

    field: str
    ids: list[int]
    names: str


class Mend(NamedTuple):
    """A change after which a step passes: what a button of it says, and the change. It raises what its verb raises."""

    said: str
    make: Callable[[], object]


def event(case: Case) -> More | None:
    """The event: whole, or the price levels of it that a coupon opens."""
    found = _event(case)
    if _names_levels(case):
        return _levels(case, _sold(case, found))
    return More("event_ids", [found.id], found.name)


def listing(case: Case) -> More | None:
    """What the listing sells."""
    return _levels(case, PriceLevel.id.in_(list(case.sold.levels)))


def tickets(case: Case) -> More | None:
    """What the reservation has: its price levels, and where it has none its bundles."""
    rows = case.basket.rows if case.basket else []
    levels = [row.price_level_id for row in rows if row.price_level_id is not None]
    if levels:
        return _of("price_level_ids", PriceLevel, PriceLevel.id.in_(levels))
    if not KINDS[case.row.kind].may_bundle or case.scope.is_everywhere:
        return None
    return _of("bundle_ids", Bundle, Bundle.id.in_([row.bundle_id for row in rows]))


def anew(case: Case) -> Mend | None:
    """Of a coupon that is assigned to nothing: one use, from the day that is asked for to that of the event."""
    found = _event(case)
    levels = _levels(case, _sold(case, found)) if _names_levels(case) else None
    if _names_levels(case) and levels is None:
        return None
    days = sorted(
        {local(case.moment, found.timezone)[:10], local(clock.to_micros(found.starts_at), found.timezone)[:10]}
    )
    terms = Terms(
        days[0], days[-1], limit=1, timezone=found.timezone, event_ids=[] if levels else [found.id],
        price_level_ids=levels.ids if levels else [],
    )  # fmt: skip
    said = say("Assign it to {name} for one use, {start} to {end}", name=found.name, start=days[0], end=days[-1])
    return Mend(said, partial(assigning.assign, [case.row.partner_id], [case.row.id], terms))


def _event(case: Case) -> TicketedEvent:
    return TicketedEvent.get_by_id(case.place.event_id if case.place else 0)


def _names_levels(case: Case) -> bool:
    """Whether events are covered by naming their price levels alone."""
    return KINDS[case.row.kind].opens or case.scope.is_everywhere


def _sold(case: Case, event: TicketedEvent):
    """The price levels that the listing sells; without one of this event all of the event."""
    its = PriceLevel.event == event
    return its & PriceLevel.id.in_(list(case.sold.levels)) if case.place and case.place.listing_id else its


def _levels(case: Case, which) -> More | None:
    """Price levels that fit; of a coupon that opens them those that are locked, if any are."""
    locked = _of("price_level_ids", PriceLevel, which & PriceLevel.is_locked) if _opens(case) else None
    return locked or _of("price_level_ids", PriceLevel, which)


def _opens(case: Case) -> bool:
    return bool(KINDS[case.row.kind].opens or case.row.opens)


def _of(field: str, table: type[PriceLevel] | type[Bundle], which) -> More | None:
    rows: Collection = list(table.select().where(which).order_by(table.id))
    names = [row.name for row in rows][:_NAMED] + ["…"] * (len(rows) > _NAMED)
    return More(field, [row.id for row in rows], ", ".join(names)) if rows else None
