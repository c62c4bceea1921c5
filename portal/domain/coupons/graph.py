"""Coupons, what they are for and how they were used, as parts of the graph."""

from portal.domain.coupons.permits import COUPONS_READ, EVENTS_READ, RESERVATIONS_READ
from portal.domain.graph.kinds import Link, Node
from portal.domain.sentences import say

_COUPONS, _EVENTS, _RESERVATIONS = (frozenset({name}) for name in (COUPONS_READ, EVENTS_READ, RESERVATIONS_READ))
# A moment that has passed decides, whether anybody has settled it or not.
_RUN_OUT = "{0}.state = 'held' AND {0}.expires_at <= :now"
_PRESENT = {"active": say("Active"), "ended": say("Ended")}
NODES = (
    Node(
        "coupon_batch", say("Batch of codes"), "coupon_batch gcb", "gcb.uuid", "gcb.name", "gcb.partner_id = :partner", _COUPONS,
        ("gcb.uuid = :uuid",), at="gcb.created_at", page=("coupon_batch", "gcb.uuid"), state="gcb.state",
        states={"making": say("Being made"), "done": say("Made"), "canceled": say("Canceled")},
    ),
    Node(
        "coupon", say("Coupon"), "coupon gco", "gco.id", "gco.written", "gco.partner_id = :partner", _COUPONS,
        ("gco.partner_id = :partner AND gco.code = :key",), "gco.id = :number", at="gco.created_at",
        state="CASE WHEN gco.ended_at IS NULL THEN 'active' ELSE 'ended' END", states=_PRESENT,
    ),
    Node(
        "coupon_assignment", say("Assignment of coupons"), "coupon_assignment gca", "gca.uuid",
        """(SELECT n.name FROM coupon_offer o JOIN coupon n ON n.id = o.coupon_id WHERE o.assignment_id = gca.id
        ORDER BY o.id LIMIT 1)""",
        "gca.partner_id = :partner", _COUPONS, ("gca.uuid = :uuid",), at="gca.created_at",
        state="CASE WHEN gca.ended_at IS NULL THEN 'active' ELSE 'ended' END", states=_PRESENT,
    ),
    Node(
        "ticketed_event", say("Event"), "ticketed_event gte", "gte.id", "gte.name", "gte.partner_id = :partner", _EVENTS,
        numbered="gte.id = :number", at="gte.created_at",
    ),
    Node(
        "reservation", say("Reservation"), "reservation grv", "grv.id", "gre.name", "grv.partner_id = :partner", _RESERVATIONS,
        numbered="grv.id = :number", joins="JOIN ticketed_event gre ON gre.id = grv.event_id", at="grv.created_at", state=f"CASE WHEN {_RUN_OUT.format('grv')} THEN 'expired' ELSE grv.state END",
        states={"held": say("Held"), "purchased": say("Bought"), "released": say("Let go"), "expired": say("Ran out")}, happens=True,
    ),
    Node(
        "coupon_use", say("Use of a coupon"), "coupon_use gcu", "gcu.id", "guc.written", "gcu.partner_id = :partner", _COUPONS,
        numbered="gcu.id = :number", joins="JOIN coupon guc ON guc.id = gcu.coupon_id", at="gcu.held_at",
        state=f"""CASE WHEN gcu.state = 'held' AND EXISTS (SELECT 1 FROM reservation r WHERE r.id = gcu.reservation_id AND {_RUN_OUT.format('r')})
        THEN 'released' ELSE gcu.state END""",
        states={"held": say("Held"), "committed": say("Used"), "released": say("Given back")},
        page=("coupon", "CAST(gcu.coupon_id AS VARCHAR(20))"), happens=True,
    ),
)  # fmt: skip
LINKS = (
    Link("coupon_batch", "coupon", ("coupons", say("Coupons of it")), ("batch", say("Batch")), "coupon l", "l.batch_id", "l.id",
        where="l.batch_id IS NOT NULL",
    ),
    Link("coupon_assignment", "coupon", ("coupons", say("Coupons that it is for")), ("assignments", say("Assigned by")), "coupon_offer l",
        "l.assignment_id", "l.coupon_id", leads_by=("l.id",), comes_by=("l.assignment_id",),
    ),
    Link("ticketed_event", "coupon_assignment", ("assignments", say("Assignments of coupons to it")), ("events", say("Events that it is for")),
        "assigned_event l", "l.event_id", "l.assignment_id",
    ),
    Link("ticketed_event", "reservation", ("reservations", say("Reservations")), ("event", say("Event")), "reservation l", "l.event_id", "l.id"),
    Link("coupon", "coupon_use", ("uses", say("Uses")), ("coupon", say("Coupon")), "coupon_use l", "l.coupon_id", "l.id",
        leads_by=("l.held_at", "l.id"),
    ),
    Link("reservation", "coupon_use", ("coupon_uses", say("Coupons used on it")), ("reservation", say("Reservation")), "coupon_use l",
        "l.reservation_id", "l.id", where="l.reservation_id IS NOT NULL",
    ),
    Link("member", "coupon", ("coupons", say("Coupons for them alone")), ("member", say("Customer whom it is for")), "coupon l", "l.member_id",
        "l.id", where="l.member_id IS NOT NULL",
    ),
    Link("member", "reservation", ("reservations", say("Reservations")), ("member", say("Customer")), "reservation l", "l.member_id", "l.id",
        where="l.member_id IS NOT NULL",
    ),
    Link("member", "coupon_use", ("coupon_uses", say("Coupons they used")), ("member", say("Customer")), "coupon_use l", "l.member_id", "l.id",
        where="l.member_id IS NOT NULL",
    ),
)  # fmt: skip
