"""What an assignment would cover, told before it is made: events, price levels and bundles with what a customer would pay, and days."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain.coupons.assignments import blackouts, moments
from portal.domain.coupons.assignments.moments import Span
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ticketed_events import lists
from portal.domain.coupons.ticketed_events.tables import Bundle, PriceLevel, TicketedEvent
from portal.domain.coupons.uses.amounts import Terms
from portal.domain.coupons.uses.prices import with_coupon

MOST_EVENTS, MOST_DAYS = 30, 400
_MINUTE = timedelta(minutes=1)


class Priced(NamedTuple):
    """A price level or a bundle, its face price, and what it costs with each of the kinds of coupons."""

    name: str
    face: int
    pays: list[int]
    is_locked: bool = False


class Covered(NamedTuple):
    """An event, what is covered of it, and the currency of coupons that are not for it."""

    event: TicketedEvent
    rows: list[Priced]
    other_currency: str | None


class Day(NamedTuple):
    """A local day on which something is out: the whole of it, or from a time to another."""

    day: date
    hours: list[tuple[datetime, datetime]]
    is_whole: bool


class Days(NamedTuple):
    """How many days there are, those with something out, and when clocks change: the local times before and after."""

    total: int
    out: list[Day]
    changes: list[tuple[datetime, datetime]]
    is_cut: bool


def kinds(coupons: Collection[Coupon]) -> list[Coupon]:
    """One coupon of each that gives something else."""
    return list(
        {(one.kind, one.amount_type, one.amount, one.currency): one for one in reversed(list(coupons))}.values()
    )[::-1]


def events(partner_id: int, taken: dict[str, Any], coupons: Sequence[Coupon]) -> list[Covered]:
    """What checked terms cover, by event; of those that cover every event the next ones."""
    levels = list(PriceLevel.select().where(PriceLevel.id.in_(taken["price_level_ids"])))
    bundles = list(Bundle.select().where(Bundle.id.in_(taken["bundle_ids"])))
    named = {*taken["event_ids"], *(one.event_id for one in levels), *(one.event_id for one in bundles)}
    scope = Scope(
        taken["is_everywhere"], frozenset(taken["event_ids"]), {one.id: one.event_id for one in levels},
        frozenset(taken["bundle_ids"]),
    )  # fmt: skip
    which = TicketedEvent.id.in_(named) if named else TicketedEvent.starts_at >= clock.now()
    mine = TicketedEvent.select().where(TicketedEvent.partner == partner_id, which)
    return _covered(list(mine.order_by(TicketedEvent.starts_at, TicketedEvent.id).limit(MOST_EVENTS)), scope, coupons)


def _covered(found: list[TicketedEvent], scope: Scope, coupons: Sequence[Coupon]) -> list[Covered]:
    ids = [event.id for event in found]
    levels, bundles = lists.levels_of(ids), lists.bundles_of(ids)
    may_bundle = all(KINDS[one.kind].may_bundle for one in coupons)
    given = [Terms(one.kind, one.amount_type, one.amount) for one in kinds(coupons)]
    told = []
    for event in found:
        rows = [_priced(one, given, one.is_locked) for one in levels[event.id] if scope.covers(event.id, one.id)]
        rows += [_priced(one, given) for one in bundles[event.id] if may_bundle and scope.covers_bundle(one.id)]
        others = (one.currency for one in coupons if one.currency not in (None, event.currency))
        told.append(Covered(event, rows, next(others, None)))
    return told


def _priced(one: PriceLevel | Bundle, given: list[Terms], is_locked: bool = False) -> Priced:
    return Priced(one.name, one.price, [with_coupon(each, one.price) for each in given], is_locked)


def days(span: Span, kept: list[dict] | None, timezone: str) -> Days:
    """The days of a span, as its place counts them; the first ones of a long span are looked at."""
    place = ZoneInfo(timezone)
    first, last = span.starts_at.astimezone(place).date(), (span.ends_at - _MINUTE / 60).astimezone(place).date()
    total = (last - first).days + 1
    looked_at = [first + timedelta(days=step) for step in range(min(total, MOST_DAYS))]
    out = [day for each in looked_at if (day := _out(each, span, kept, place)).hours]
    return Days(total, out, [change for each in looked_at for change in _changes(each, place)], total > MOST_DAYS)


def _out(day: date, span: Span, kept: list[dict] | None, place: ZoneInfo) -> Day:
    """What is out on a day. Windows of a day do not overlap, unless one is all of it."""
    whole = [datetime.combine(one, datetime.min.time(), place) for one in (day, day + timedelta(days=1))]
    begins, ends = max(whole[0], span.starts_at), min(whole[1], span.ends_at)
    windows = sorted(blackouts.windows(kept, place.key, day))
    hours = [(max(one.begins, begins).astimezone(place), min(one.ends, ends).astimezone(place)) for one in windows]
    hours = [one for one in hours if one[0] < one[1]]
    reached = begins
    for start, end in hours:
        reached = max(reached, end) if start <= reached else reached
    return Day(day, hours, bool(hours) and reached >= ends)


def _changes(day: date, place: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The clock change of a day, if it has one: the local minute at which it comes, and what clocks show instead."""
    start, end = (
        datetime.combine(one, datetime.min.time(), place).astimezone(clock.EPOCH.tzinfo)
        for one in (day, day + timedelta(days=1))
    )
    before = start.astimezone(place).utcoffset()
    if before is None or end.astimezone(place).utcoffset() == before:
        return []
    change = moments.clock_change(start, end, place, _MINUTE)
    return [((change + before).replace(tzinfo=None), change.astimezone(place).replace(tzinfo=None))]
