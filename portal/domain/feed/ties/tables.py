"""Which coupons the clicks of a listing draw, and which they drew (contract: offers-feed, "dynamic")."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.feed.tables import FeedListing
from portal.domain.members.tables import Member


class FeedPool(BaseModel):
    """The batch whose codes the clicks of a dynamic listing draw, in their order; `drawn_to` is the last one drawn."""

    listing = ForeignKeyField(FeedListing, primary_key=True, on_delete="CASCADE", backref="+")
    batch = ForeignKeyField(CouponBatch, backref="+")
    drawn_to = BigIntegerField(default=0)


class DrawnCode(BaseModel):
    """A coupon that a click drew, for whom the asking program calls `member_key` (a digest; null: for nobody in particular);
    `member` is that customer, where the program is the listing's partner's and they are known.

    `due_at` is when it goes back if it was not used; `returned_at` since when it is back, and may be drawn again.
    """

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")  # whose listing it is
    listing = ForeignKeyField(FeedListing, index=False, backref="+")
    by = ForeignKeyField(Partner, index=False, backref="+")  # whose program asked
    coupon = ForeignKeyField(Coupon, index=False, backref="+")
    member_key = CharField(64, null=True)
    member = ForeignKeyField(Member, null=True, index=False, backref="+")
    drawn_at = InstantField(default=clock.now)
    due_at = InstantField(null=True)
    returned_at = InstantField(null=True)

    class Meta:
        indexes = ((("listing", "id"), False), (("coupon", "id"), False))


_OUT = SQL("returned_at IS NULL")
DrawnCode.add_index(DrawnCode.index(DrawnCode.coupon, unique=True, where=_OUT, name="drawn_code_is_out_once"))
DrawnCode.add_index(
    DrawnCode.index(
        DrawnCode.listing, DrawnCode.by, DrawnCode.member_key, unique=True, where=_OUT, name="drawn_code_once_a_member"
    )
)
DrawnCode.add_index(DrawnCode.index(DrawnCode.member, where=SQL("member_id IS NOT NULL"), name="drawn_code_of_member"))
DrawnCode.add_index(
    DrawnCode.index(DrawnCode.partner, DrawnCode.due_at, where=SQL("due_at IS NOT NULL"), name="drawn_code_due")
)
