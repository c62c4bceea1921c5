"""What a check of a coupon looks at, read in few statements: it is asked for with every code that somebody types."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from portal.database import Statement
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.uses.amounts import Terms

NOTHING = Scope(False, frozenset(), {}, frozenset())


class Place(NamedTuple):
    """An event of a seller, and whether the listing sells it."""

    event_id: int
    partner_id: int
    clock_offset: int
    currency: str
    listing_id: int | None


class Found(NamedTuple):
    """A coupon under one of its offers that is not taken away; without one its fields are None. Moments are microseconds;
    `starts_on` and `ends_on` are its dates as they were sent."""

    id: int
    partner_id: int
    name: str
    kind: int
    code: str
    written: str
    amount_type: str | None
    amount: int | None
    currency: str | None
    threshold: int | None
    budget: int | None
    spent: int
    customer_limit: int | None
    minimum_tickets: int | None
    opens: bool
    is_alone: bool
    rank: int
    member_id: int | None
    ended_at: int | None
    offer_id: int | None
    assignment_id: int | None
    is_shared: bool
    timezone: str
    starts_on: str
    ends_on: str
    starts_at: int
    ends_at: int
    use_limit: int
    ticket_limit: int | None
    is_everywhere: bool
    names_levels: bool
    blackout: str | None
    uses: int

    @property
    def terms(self) -> Terms:
        """What it takes off."""
        return Terms(self.kind, self.amount_type, self.amount)

    @property
    def budget_left(self) -> int | None:
        """What is left of its budget, if it has one."""
        return None if self.budget is None else max(self.budget - self.spent, 0)

    @property
    def windows(self) -> list[dict] | None:
        """Its blackout, as `blackouts.is_out` takes it."""
        return json.loads(self.blackout) if self.blackout else None


class Sold(NamedTuple):
    """What a listing sells of an event."""

    levels: frozenset[int]
    bundles: frozenset[int]


class _Named(NamedTuple):
    what: str
    assignment_id: int
    id: int


_PLACE = Statement(
    """SELECT e.id AS event_id, e.partner_id, p.clock_offset, e.currency, l.id AS listing_id
    FROM ticketed_event e JOIN partner p ON p.id = e.partner_id
    LEFT JOIN listing l ON l.id = :listing AND l.event_id = e.id
    WHERE e.id = :event AND p.disabled_at IS NULL""",
    Place,
)
_FOUND = Statement(
    """SELECT c.id, c.partner_id, c.name, c.kind, c.code, c.written, c.amount_type, c.amount, c.currency, c.threshold,
        c.budget, c.spent, c.customer_limit, c.minimum_tickets, c.opens, c.is_alone, c."rank", c.member_id, c.ended_at,
        CASE WHEN a.id IS NULL THEN NULL ELSE o.id END AS offer_id, a.id AS assignment_id, a.is_shared, a.timezone,
        a.starts_on, a.ends_on, a.starts_at, a.ends_at, a.use_limit, a.ticket_limit, a.is_everywhere,
        EXISTS (SELECT 1 FROM assigned_level v WHERE v.assignment_id = a.id) AS names_levels, a.blackout,
        CASE WHEN a.is_shared THEN a.uses ELSE o.uses END AS uses
    FROM coupon c LEFT JOIN coupon_offer o ON o.coupon_id = c.id
    LEFT JOIN coupon_assignment a ON a.id = o.assignment_id AND a.ended_at IS NULL
    WHERE c.partner_id = :partner AND c.code IN :codes ORDER BY c.id, a.ends_at, o.id""",
    Found,
)
_LOCKED = Statement(_FOUND.written, Found, lock="FOR UPDATE OF c")
_NAMED = Statement(
    """SELECT 'level' AS what, v.assignment_id, v.price_level_id AS id FROM assigned_level v
    JOIN price_level p ON p.id = v.price_level_id WHERE v.assignment_id IN :assignments AND p.event_id = :event
    UNION ALL SELECT 'event', assignment_id, event_id FROM assigned_event
    WHERE assignment_id IN :assignments AND event_id = :event
    UNION ALL SELECT 'bundle', v.assignment_id, v.bundle_id FROM assigned_bundle v
    JOIN bundle b ON b.id = v.bundle_id WHERE v.assignment_id IN :assignments AND b.event_id = :event
    UNION ALL SELECT 'sold level', 0, price_level_id FROM listing_level WHERE listing_id = :listing
    UNION ALL SELECT 'sold bundle', 0, b.id FROM bundle b WHERE b.event_id = :event AND NOT EXISTS (
        SELECT 1 FROM bundle_level v WHERE v.bundle_id = b.id
        AND v.price_level_id NOT IN (SELECT price_level_id FROM listing_level WHERE listing_id = :listing))""",
    _Named,
)


def place(event_id: int, listing_id: int) -> Place | None:
    """The event, if there is one, and the listing, if it sells it."""
    return _PLACE.row(event=event_id, listing=listing_id)


def found(partner_id: int, codes: Iterable[str], locked: bool = False) -> dict[str, list[Found]]:
    """The seller's coupons by their code, each under all of its offers, those that end first before others. In a transaction
    that has locked the assignments they may be `locked`."""
    by_code: dict[str, list[Found]] = {}
    for row in (_LOCKED if locked else _FOUND).rows(partner=partner_id, codes=list(codes)):
        by_code.setdefault(row.code, []).append(row)
    return by_code


def covered(event_id: int, listing_id: int | None, rows: Iterable[Found]) -> tuple[dict[int, Scope], Sold]:
    """What the assignments of these rows cover of an event, and what the listing sells of it."""
    offered = {row.assignment_id: row for row in rows if row.assignment_id is not None}
    named = _NAMED.rows(assignments=list(offered), event=event_id, listing=listing_id or 0)
    scopes = {number: _scope(row, event_id, named) for number, row in offered.items()}
    return scopes, Sold(_ids(named, "sold level"), _ids(named, "sold bundle"))


def _scope(row: Found, event_id: int, named: list[_Named]) -> Scope:
    """Its scope at the event. Levels that it names of other events count as one that nothing has."""
    mine = [one for one in named if one.assignment_id == row.assignment_id]
    levels = dict.fromkeys(_ids(mine, "level"), event_id)
    others = {0: 0} if row.names_levels and not levels else {}
    return Scope(bool(row.is_everywhere), _ids(mine, "event"), levels | others, _ids(mine, "bundle"))


def _ids(named: list[_Named], what: str) -> frozenset[int]:
    return frozenset(one.id for one in named if one.what == what)
