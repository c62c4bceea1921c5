"""All codes of a batch are switched off in one act, and on again: those that were switched off by themselves stay so."""

from peewee import fn

from portal import clock
from portal.database import Statement, transaction
from portal.domain.coupons.batches.batches import MAKING, THING, find
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.sentences import say

OFF, ON = "off", "on"
AT_ONCE = 2000
# Coupons are locked in their order, as by whoever uses several.
_SOME = Statement(
    "SELECT id FROM coupon WHERE batch_id = :batch AND id > :after ORDER BY id LIMIT :most", lock="FOR UPDATE"
)
_SWITCH = {
    OFF: Statement(
        """UPDATE coupon SET ended_at = :off_at, modified_at = :now
        WHERE batch_id = :batch AND id BETWEEN :first AND :last AND ended_at IS NULL"""
    ),
    ON: Statement(
        """UPDATE coupon SET ended_at = NULL, modified_at = :now
        WHERE batch_id = :batch AND id BETWEEN :first AND :last AND ended_at = :off_at"""
    ),
}
_MAKING = say("Cancel the batch first, or wait until its codes are made.")
_ASSIGNING = say("Its codes are being assigned. Wait until they are.")
_ALREADY = {OFF: say("Its codes are switched off already."), ON: say("Its codes are switched on already.")}


def switch_off(partner_id: int, uuid: str) -> CouponBatch:
    """No code of it counts any more, within moments; held uses are honoured. Raises NotFound, Refused."""
    return _begin(partner_id, uuid, OFF, CouponBatch.off_at.is_null() | (CouponBatch.turning == ON))


def switch_on(partner_id: int, uuid: str) -> CouponBatch:
    """The codes count again that were switched off with it. Raises NotFound, Refused."""
    is_on_its_way = CouponBatch.turning.is_null(False) & (CouponBatch.turning == ON)
    return _begin(partner_id, uuid, ON, CouponBatch.off_at.is_null(False) & ~is_on_its_way)


def _begin(partner_id: int, uuid: str, turning: str, may_be) -> CouponBatch:
    batch = find(partner_id, uuid)
    # While it is switched on those that are still off have the moment that is kept.
    begun = CouponBatch.update(
        off_at=fn.COALESCE(CouponBatch.off_at, clock.micros()),
        turning=turning,
        turned=0,
        turned_to=0,
        due_at=clock.wall_micros(),
    ).where(CouponBatch.id == batch.id, CouponBatch.state != MAKING, CouponBatch.assigned_to.is_null(), may_be)
    with transaction():
        if not begun.execute():
            raise Refused(
                _MAKING if batch.state == MAKING else _ASSIGNING if batch.assigned_to is not None else _ALREADY[turning]
            )
        log.record(partner_id, f"coupon_batch.switched_{turning}", THING, uuid, {"made": batch.made})
    return find(partner_id, uuid)


def turn_some(batch: CouponBatch) -> None:
    """Switch some of it, in the transaction of a worker that holds it."""
    ids = _SOME.values(batch=batch.id, after=batch.turned_to, most=AT_ONCE)
    if ids:
        off_at = clock.to_micros(batch.off_at)
        _SWITCH[batch.turning or OFF].run(batch=batch.id, first=ids[0], last=ids[-1], off_at=off_at, now=clock.micros())
        turned = {"turned": batch.turned + len(ids), "turned_to": ids[-1], "due_at": clock.wall_micros()}
    else:
        turned = {"turning": None, "due_at": None, "off_at": None if batch.turning == ON else batch.off_at}
    CouponBatch.update(lease_ends=None, **turned).where(CouponBatch.id == batch.id).execute()
