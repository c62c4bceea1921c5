"""Changing an assignment: its limit, its dates, what it covers; and taking it away. Uses that are there stay as they are."""

from typing import Any

from portal import clock
from portal.database import Statement, transaction
from portal.domain.coupons.assignments import assigning, scope
from portal.domain.coupons.assignments.assigning import CHECKS, THING, columns, when_of
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import checked

_LOCK = Statement(
    "SELECT id FROM coupon_assignment WHERE id = :assignment AND partner_id = :partner", lock="FOR UPDATE"
)
_LOCK_COUPONS = Statement(
    """SELECT c.id FROM coupon c JOIN coupon_offer o ON o.coupon_id = c.id WHERE o.assignment_id = :assignment ORDER BY c.id""",
    lock="FOR UPDATE OF c",
)
_TOUCH = Statement(
    """UPDATE coupon SET modified_at = :now WHERE id IN
    (SELECT coupon_id FROM coupon_offer WHERE assignment_id = :assignment)"""
)


def change(partner_id: int, assignment_id: int, changes: dict[str, Any]) -> CouponAssignment:
    """Set the given fields of its Terms; null sets the default, or none. A limit below the uses blocks new ones and deletes none.

    Raises NotFound, Refused for one that is taken away, and what `assigning.assign` raises for wrong terms.
    """
    with transaction():
        assignment = locked(partner_id, assignment_id)
        if assignment.ended_at is not None:
            raise Refused(say("This assignment was taken away. Assign its coupons anew."))
        before = of(assignment)
        taken = checked(before | changes, CHECKS)
        changed = sorted(name for name, value in taken.items() if value != before[name])
        if changed:
            scope.refuse_wrong(partner_id, taken, _kinds(assignment))
            scope.put(assignment, taken)
            _keep(assignment, columns(taken, when_of(taken)))
            log.record(partner_id, "coupon_assignment.changed", THING, assignment.uuid, {"fields": changed})
    return assignment


def end(partner_id: int, assignment_id: int) -> CouponAssignment:
    """Take it away: nobody can use its coupons under it any more; held uses are honoured. Repeating it changes nothing. Raises
    NotFound."""
    with transaction():
        assignment = locked(partner_id, assignment_id)
        if assignment.ended_at is None:
            _keep(assignment, {"ended_at": clock.now()})
            log.record(partner_id, "coupon_assignment.ended", THING, assignment.uuid)
    return assignment


def find(partner_id: int, assignment_id: int) -> CouponAssignment:
    """The seller's assignment. Raises NotFound."""
    its = (CouponAssignment.id == assignment_id, CouponAssignment.partner == partner_id)
    assignment = CouponAssignment.get_or_none(*its)
    if assignment is None:
        raise NotFound(say("coupon assignment"))
    return assignment


def locked(partner_id: int, assignment_id: int) -> CouponAssignment:
    """The assignment as it stands, for the transaction around. Raises NotFound."""
    _LOCK.value(assignment=assignment_id, partner=partner_id)
    return find(partner_id, assignment_id)


def of(assignment: CouponAssignment) -> dict[str, Any]:
    """The fields of its Terms, as they stand."""
    covered = scope.of(assignment)
    terms = assigning.Terms(
        assignment.starts_on, assignment.ends_on, assignment.use_limit, assignment.is_shared, assignment.timezone,
        assignment.ticket_limit, assignment.is_everywhere, assignment.taggable, sorted(covered.events),
        sorted(covered.levels), sorted(covered.bundles), assignment.blackout,
    )  # fmt: skip
    return terms._asdict()


def _kinds(assignment: CouponAssignment) -> list[Coupon]:
    """Its coupons as far as their types go, each type once; all are locked, for they change with it."""
    _LOCK_COUPONS.values(assignment=assignment.id)
    found = Coupon.select(Coupon.kind, Coupon.opens).join(CouponOffer, on=CouponOffer.coupon == Coupon.id)
    return list(found.where(CouponOffer.assignment == assignment).distinct())


def _keep(assignment: CouponAssignment, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(assignment, name, value)
    CouponAssignment.update(**changed).where(CouponAssignment.id == assignment.id).execute()
    _LOCK_COUPONS.values(assignment=assignment.id)
    _TOUCH.run(assignment=assignment.id, now=clock.micros())
