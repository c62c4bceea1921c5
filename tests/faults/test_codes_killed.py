"""A worker that is killed while it makes codes: whoever goes on makes exactly the rest."""

from portal import clock
from portal.domain import verify
from portal.domain.coupons.batches import batches
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import ACCESS, Coupon
from portal.worker.queue import drain_task, queue_for
from tests.support.waiting import until

MANY = 30_000


def test_exactly_the_rest_is_made(portal):
    """A round in which the worker was quicker than its killer is played once more."""
    with portal.connected():
        for round_ in range(5):
            uuid = batches.start(portal.world.acme.id, Given("Season", ACCESS, ""), f"R{round_}-", 8, MANY).uuid
            is_this = CouponBatch.uuid == uuid
            portal.start("worker")
            drain_task(queue_for(portal.settings))("coupon codes")
            until(lambda is_this=is_this: CouponBatch.get(is_this).made, "the first codes", 60)
            portal.kill("worker")
            was_killed = CouponBatch.get(is_this).made < MANY
            # Nothing of the dead worker's lease is left: whoever begins looks at once, and then once a minute.
            over = clock.from_micros(clock.wall_micros())
            CouponBatch.update(due_at=over).where(is_this, CouponBatch.due_at > over).execute()
            portal.start("worker")
            until(lambda is_this=is_this: CouponBatch.get(is_this).state == "done", "the rest", 90)
            portal.kill("worker")
            assert Coupon.select().where(Coupon.batch == CouponBatch.get(is_this)).count() == MANY
            if was_killed:
                break
        else:
            raise AssertionError("the worker is never killed in the middle")
        assert verify.faults() == []
