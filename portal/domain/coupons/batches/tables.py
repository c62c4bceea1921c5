"""Batches of generated codes, and where each stands."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid


class CouponBatch(BaseModel):
    """So many codes that are made in the background, all alike but for their code: `settings` are the fields of a coupon.

    All are switched off at once, as of `off_at`, and on again, `turning` them piece by piece: of `turned` coupons it is done,
    up to the one with the id `turned_to`. One that was switched off by itself stays so. So it is assigned: `assigned` coupons up to
    `assigned_to`, which is null while nothing is to be assigned.
    """

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    name = CharField(255)
    prefix = CharField(60)
    length = IntegerField()  # of what is random in each code
    wanted = IntegerField()
    made = IntegerField(default=0)
    settings = JsonField()
    state = CharField(10, default="making")
    made_by = CharField(64)
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)
    attempts = IntegerField(default=0)
    created_at = InstantField(default=clock.now)
    done_at = InstantField(null=True)
    off_at = InstantField(null=True)
    turning = CharField(3, null=True)  # "off" or "on" while it is
    turned = IntegerField(default=0)
    turned_to = BigIntegerField(default=0)
    assigned = IntegerField(default=0)
    assigned_to = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("state IN ('making', 'done', 'canceled')", "coupon_batch_state_is_known"),
            Check("wanted >= 1 AND made BETWEEN 0 AND wanted", "coupon_batch_makes_what_is_wanted"),
        ]


CouponBatch.add_index(
    CouponBatch.index(CouponBatch.partner, CouponBatch.due_at, where=SQL("due_at IS NOT NULL"), name="coupon_batch_due")
)
