"""A batch that was made is assigned as a whole: its coupons come under the assignment piece by piece, however many they are."""

from portal import clock
from portal.database import Statement, transaction
from portal.domain.coupons.assignments import assigning, changes
from portal.domain.coupons.assignments.assigning import Terms
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.batches.assigned import BatchAssignment
from portal.domain.coupons.batches.batches import MAKING, THING, find
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.sentences import say

AT_ONCE = 2000
_LOCK = Statement("SELECT id FROM coupon_batch WHERE id = :batch", lock="FOR UPDATE")
# Coupons are locked in their order, as by whoever uses several; one that was given another type since is not like the others.
_SOME = Statement(
    "SELECT id FROM coupon WHERE batch_id = :batch AND id > :after AND kind = CAST(:kind AS INTEGER) ORDER BY id LIMIT :most",
    lock="FOR UPDATE",
)
_ITS = "batch_id = :batch AND id BETWEEN :first AND :last AND kind = CAST(:kind AS INTEGER)"
_ASSIGN = Statement(
    f"INSERT INTO coupon_offer (assignment_id, coupon_id, uses) SELECT :assignment, id, 0 FROM coupon WHERE {_ITS} ORDER BY id"
)
_TOUCH = Statement(f"UPDATE coupon SET modified_at = :now WHERE {_ITS}")


def like(batch: CouponBatch) -> Coupon:
    """A coupon such as all of the batch are."""
    return Coupon(**{name: value for name, value in batch.settings.items() if name != "tags"})


def assignment(batch: CouponBatch) -> CouponAssignment | None:
    """What its coupons are under, unless that was taken away."""
    found = BatchAssignment.get_or_none(BatchAssignment.batch == batch)
    return found.assignment if found and found.assignment.ended_at is None else None


def assign(partner_id: int, uuid: str, terms: Terms) -> CouponAssignment:
    """Assign all its coupons, within moments, in the name of whoever acts.

    Raises NotFound; Refused for one that is assigned, or is worked at; and what `assigning.assign` raises for the terms.
    """
    batch = find(partner_id, uuid)
    with transaction():
        _LOCK.value(batch=batch.id)
        batch = find(partner_id, uuid)
        _refuse(batch)
        made = assigning.begin(partner_id, terms, like(batch), batch.made)
        BatchAssignment.delete().where(BatchAssignment.batch == batch).execute()
        BatchAssignment.create(batch=batch, assignment=made)
        begun = CouponBatch.update(assigned=0, assigned_to=0, due_at=clock.wall_micros())
        begun.where(CouponBatch.id == batch.id).execute()
        log.record(partner_id, "coupon_batch.assigned", THING, uuid, {"made": batch.made})
    return made


def assign_some(batch: CouponBatch) -> None:
    """Assign some of it, in the transaction of a worker that holds it; no more, once the assignment is taken away."""
    kind = batch.settings["kind"]
    of = changes.locked(batch.partner_id, BatchAssignment.get(BatchAssignment.batch == batch).assignment_id)
    ids = _SOME.values(batch=batch.id, after=batch.assigned_to, kind=kind, most=AT_ONCE) if of.ended_at is None else []
    if ids:
        these = {"batch": batch.id, "first": ids[0], "last": ids[-1], "kind": kind}
        _ASSIGN.run(assignment=of.id, **these)
        _TOUCH.run(now=clock.micros(), **these)
        done = {"assigned": batch.assigned + len(ids), "assigned_to": ids[-1], "due_at": clock.wall_micros()}
    else:
        done = {"assigned_to": None, "due_at": None}
    CouponBatch.update(lease_ends=None, **done).where(CouponBatch.id == batch.id).execute()


def _refuse(batch: CouponBatch) -> None:
    if batch.state == MAKING or batch.turning or batch.assigned_to is not None:
        raise Refused(say("Its codes are being worked at. Wait until that is done, and assign them then."))
    if assignment(batch) is not None:
        raise Refused(say("Its codes are assigned already. Change that assignment, or take it away first."))
    if not batch.made:
        raise Refused(say("It has no codes that could be assigned."))
