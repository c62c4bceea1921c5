"""What an assignment covers: everything, or events, price levels and bundles of its seller (contract: coupons, "Scope").

An event that is named without price levels is covered whole; with some of its price levels named, only those are. Bundles
add. One that is everywhere with price levels named covers those.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from portal.database import Statement
from portal.domain.coupons.assignments.tables import AssignedBundle, AssignedEvent, AssignedLevel, CouponAssignment
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ticketed_events.tables import Bundle, PriceLevel, TicketedEvent
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say

MOST = 5_000  # of each list
ONLY_BUNDLES = say("Only discount and comp coupons can be applied to bundles")  # the documented system's own words


class Scope(NamedTuple):
    """What an assignment names, by ids; `levels` are the ids of price levels with the event of each."""

    is_everywhere: bool
    events: frozenset[int] = frozenset()
    levels: Mapping[int, int] = {}
    bundles: frozenset[int] = frozenset()

    def covers(self, event_id: int, level_id: int | None = None) -> bool:
        """Whether it covers an event, or at least a part of it; with a price level whether it covers that one."""
        named = {level for level, of in self.levels.items() if of == event_id}
        if named or (self.is_everywhere and self.levels):
            return bool(named) if level_id is None else level_id in named
        return self.is_everywhere or event_id in self.events

    def covers_bundle(self, bundle_id: int) -> bool:
        """Whether it covers a bundle as such."""
        return bundle_id in self.bundles or (self.is_everywhere and not self.levels)


# They stay until they are named: whoever removes one looks for assignments first. Events are locked before, by naming them.
_BUNDLES = Statement("SELECT id FROM bundle WHERE id IN :bundles ORDER BY id", lock="FOR KEY SHARE")
_LISTS = (("event_ids", AssignedEvent, "event"), ("price_level_ids", AssignedLevel, "price_level"),
    ("bundle_ids", AssignedBundle, "bundle"))  # fmt: skip


def of(assignment: CouponAssignment) -> Scope:
    """What an assignment covers, as it stands."""
    return of_all([assignment])[assignment.id]


def of_all(assignments: Collection[CouponAssignment]) -> dict[int, Scope]:
    """What each assignment covers, by its id."""
    ids = [assignment.id for assignment in assignments]
    events = AssignedEvent.select().where(AssignedEvent.assignment.in_(ids))
    levels = AssignedLevel.select(AssignedLevel, PriceLevel).join(PriceLevel).where(AssignedLevel.assignment.in_(ids))
    bundles = AssignedBundle.select().where(AssignedBundle.assignment.in_(ids))
    found = {number: (set[int](), dict[int, int](), set[int]()) for number in ids}
    for event in events:
        found[event.assignment_id][0].add(event.event_id)
    for level in levels:
        found[level.assignment_id][1][level.price_level_id] = level.price_level.event_id
    for bundle in bundles:
        found[bundle.assignment_id][2].add(bundle.bundle_id)
    return {each.id: _scope(each, *found[each.id]) for each in assignments}


def _scope(assignment: CouponAssignment, events: set[int], levels: dict[int, int], bundles: set[int]) -> Scope:
    return Scope(assignment.is_everywhere, frozenset(events), levels, frozenset(bundles))


def refuse_wrong(partner_id: int, terms: dict[str, Any], coupons: Iterable[Coupon]) -> None:
    """Raises Invalid for a scope that is none, and for ids that are not the seller's; Refused for one that a coupon's type forbids."""
    _refuse_empty(terms)
    for coupon in coupons:
        _refuse_for(coupon, terms)
    for name, table in (("event_ids", TicketedEvent), ("price_level_ids", PriceLevel), ("bundle_ids", Bundle)):
        _refuse_unknown(partner_id, name, table, terms[name])


def put(assignment: CouponAssignment, terms: dict[str, Any]) -> None:
    """In the transaction around: the assignment names these and no others. Raises Invalid for a bundle that was just removed."""
    for name, table, column in _LISTS:
        if table is AssignedBundle and terms[name]:
            _refuse_missing(name, terms[name], set(_BUNDLES.values(bundles=list(terms[name]))))
        table.delete().where(table.assignment == assignment).execute()
        if terms[name]:
            table.insert_many([{"assignment": assignment.id, column: each} for each in terms[name]]).execute()


def _refuse_empty(terms: dict[str, Any]) -> None:
    if terms["is_everywhere"] and (terms["event_ids"] or terms["bundle_ids"]):
        raise Invalid(
            "global",
            say("One for every event (global) covers all of them already. Leave out the events and the bundles."),
        )
    for name, _, _ in _LISTS:
        if len(terms[name]) > MOST:
            raise Invalid(name, say("Give at most {most}.", most=MOST))
    if not terms["is_everywhere"] and not any(terms[name] for name, _, _ in _LISTS):
        raise Invalid("event_ids", say("Say what it is for: events, price levels or bundles, or every event."))


def _refuse_for(coupon: Coupon, terms: dict[str, Any]) -> None:
    kind = KINDS[coupon.kind]
    if terms["bundle_ids"] and not kind.may_bundle:
        raise Refused(ONLY_BUNDLES, field="bundle_ids")
    if kind.opens and not terms["price_level_ids"]:
        said = say("A coupon of the type {word} opens price levels. Name those that it opens.", word=kind.word)
        raise Invalid("price_level_ids", said)
    if terms["is_everywhere"] and terms["price_level_ids"] and not (kind.opens or coupon.opens):
        said = say(
            "For every event (global) a coupon of the type {word} names no price levels. Leave them out.",
            word=kind.word,
        )
        raise Invalid("price_level_ids", said)


def _refuse_unknown(partner_id: int, name: str, table: Any, ids: list[int]) -> None:
    """A price level is the seller's whose its event is."""
    query, owner = table.select(table.id), table
    if table is PriceLevel:
        query, owner = query.join(TicketedEvent), TicketedEvent
    _refuse_missing(name, ids, {row.id for row in query.where(table.id.in_(ids), owner.partner == partner_id)})


def _refuse_missing(name: str, ids: Iterable[int], known: set[int]) -> None:
    unknown = next((each for each in ids if each not in known), None)
    if unknown is not None:
        said = say(
            "There is nothing with the id {number} here: an id is unknown, or of another seller.", number=unknown
        )
        raise Invalid(name, said)
