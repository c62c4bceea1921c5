"""Which promoter a coupon is of, and which deal a use led to."""

from peewee import BigAutoField, Check, ForeignKeyField, IntegerField

from portal.database import BaseModel
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.uses.tables import CouponUse


class CouponPromoter(BaseModel):
    """Whose the deals are that are reported with the coupon's code, and what they are rewarded with where the coupon has a
    reward of its own: hundredths of a percent of what was paid."""

    coupon = ForeignKeyField(Coupon, primary_key=True, on_delete="CASCADE", backref="+")
    promotion = ForeignKeyField(Promotion, null=True, backref="+")
    reward_percent = IntegerField(null=True)

    class Meta:
        constraints = [Check("reward_percent BETWEEN 0 AND 10000", "coupon_reward_is_a_percentage")]


class CouponDeal(BaseModel):
    """The deal that was reported with a coupon's code, and the use that it booked or that its reservation had made."""

    id = BigAutoField()
    deal = ForeignKeyField(Deal, unique=True, backref="+")
    coupon = ForeignKeyField(Coupon, index=False, backref="+")
    use = ForeignKeyField(CouponUse, unique=True, backref="+")

    class Meta:
        indexes = ((("coupon", "id"), False),)
