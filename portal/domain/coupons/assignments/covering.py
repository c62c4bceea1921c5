"""Which assignments cover an event: the whole of it, or something that is sold of it."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.coupons.ticketed_events.tables import TicketedEvent

MOST, MOST_COUNTED = 50, 1000


class Covering(NamedTuple):
    """An assignment with the first of its coupons, and how many it has: over `MOST_COUNTED` are not counted. Moments are
    microseconds."""

    id: int
    uuid: str
    coupon_id: int
    written: str
    name: str
    kind: int
    coupons: int
    is_everywhere: bool
    is_shared: bool
    timezone: str
    starts_at: int
    ends_at: int
    use_limit: int
    uses: int

    @property
    def starts(self) -> datetime:
        """The first moment that counts."""
        return clock.from_micros(self.starts_at)

    @property
    def last(self) -> datetime:
        """The last moment that counts."""
        return clock.from_micros(self.ends_at - 1)


# Each by an index of what it names, so that no assignment of other events is looked at. Those that are everywhere and name
# levels cover the event where one of them is of it.
_COVERING = Statement(
    """SELECT a.id, a.uuid, c.id AS coupon_id, c.written, c.name, c.kind,
        (SELECT COUNT(*) FROM (SELECT 1 FROM coupon_offer n WHERE n.assignment_id = a.id
            LIMIT CAST(:counted AS INTEGER)) counted) AS coupons,
        a.is_everywhere, a.is_shared, a.timezone, a.starts_at, a.ends_at, a.use_limit, a.uses
    FROM coupon_assignment a JOIN coupon_offer o ON o.id = (SELECT MIN(f.id) FROM coupon_offer f WHERE f.assignment_id = a.id)
    JOIN coupon c ON c.id = o.coupon_id
    WHERE a.ended_at IS NULL AND a.id IN (
        SELECT e.id FROM coupon_assignment e WHERE e.partner_id = :partner AND e.is_everywhere AND e.ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM assigned_level v WHERE v.assignment_id = e.id)
        UNION SELECT v.assignment_id FROM assigned_event v WHERE v.event_id = :event
        UNION SELECT v.assignment_id FROM bundle b JOIN assigned_bundle v ON v.bundle_id = b.id WHERE b.event_id = :event
        UNION SELECT v.assignment_id FROM price_level p JOIN assigned_level v ON v.price_level_id = p.id
            WHERE p.event_id = :event)
    ORDER BY a.id DESC LIMIT CAST(:most AS INTEGER)""",
    Covering,
)


def covering(event: TicketedEvent) -> list[Covering]:
    """The latest of those that cover the event and were not taken away."""
    return _COVERING.rows(partner=event.partner_id, event=event.id, counted=MOST_COUNTED + 1, most=MOST)
