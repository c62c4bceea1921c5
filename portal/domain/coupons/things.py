"""What the coupons family's things are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say

_COUPONS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, written AS name, 'here' AS stands FROM coupon
    WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
_EVENTS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, name, 'here' AS stands FROM ticketed_event
    WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
_ASSIGNMENTS = Statement(
    """SELECT a.uuid AS thing_id, MIN(c.name) AS name, 'here' AS stands FROM coupon_assignment a
    JOIN coupon_offer o ON o.assignment_id = a.id JOIN coupon c ON c.id = o.coupon_id
    WHERE a.uuid IN :ids AND a.partner_id = :partner GROUP BY a.uuid""",
    row=Named,
)
_TAGS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, name, 'here' AS stands FROM coupon_tag
    WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
_RESERVATIONS = Statement(
    """SELECT CAST(r.id AS VARCHAR(20)) AS thing_id, e.name, 'here' AS stands FROM reservation r
    JOIN ticketed_event e ON e.id = r.event_id WHERE r.id IN :ids AND r.partner_id = :partner""",
    row=Named,
)
THINGS = (
    Thing(say("reservation"), _RESERVATIONS, by_number=True),
    Thing(say("coupon"), _COUPONS, by_number=True),
    Thing(say("ticketed event"), _EVENTS, by_number=True),
    Thing(say("coupon tag"), _TAGS, by_number=True),
    Thing(say("coupon assignment"), _ASSIGNMENTS),
)
