"""Coupons, and the tags that gather them (contract: coupons)."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
)

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.members.tables import Member

# `coupon_type` of the wire.
DISCOUNT, PRESALE, RESERVED, COMP, AUTO, INVITE, ACCESS = 2, 3, 4, 7, 8, 10, 11
PERCENTAGE, FIXED = "percentage", "fixed"


class Coupon(BaseModel):
    """A code of a seller's. `amount` is hundredths of a percent, or minor units of `currency`; Discount and Auto have one.

    A threshold without a currency is in that of the event. Off by default: `budget` is what its live uses may take off together, in minor units of `currency`; `customer_limit`
    how often one customer may use it; `minimum_tickets` how many a reservation must hold; `opens` that a Discount, Comp or
    Auto coupon opens the price levels it is assigned to, as an Access coupon does; `is_alone` that it goes with no other;
    `rank` in which order several of one request are applied, the lowest first. `uses` and `spent` are of its live uses.
    """

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    name = CharField(255)
    kind = SmallIntegerField()
    code = CharField(64)  # upper case: codes compare without regard to case
    written = CharField(64)  # as somebody typed it, and as the wire answers it
    amount_type = CharField(10, null=True)
    amount = BigIntegerField(null=True)
    currency = CharField(3, null=True)
    threshold = BigIntegerField(null=True)  # of an Auto coupon: the face value from which it applies by itself
    budget = BigIntegerField(null=True)
    customer_limit = IntegerField(null=True)
    minimum_tickets = IntegerField(null=True)
    opens = BooleanField(default=False)
    is_alone = BooleanField(default=False)
    rank = IntegerField(default=0)
    member = ForeignKeyField(Member, null=True, index=False, backref="+")  # whom it was drawn for: nobody else's
    batch = ForeignKeyField(CouponBatch, null=True, index=False, backref="+")
    uses = BigIntegerField(default=0)
    spent = BigIntegerField(default=0)
    ended_at = InstantField(null=True)  # switched off
    modified_at = InstantField(default=clock.now)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "code"), True),)
        constraints = [
            Check("kind IN (2, 3, 4, 7, 8, 10, 11)", "coupon_kind_is_known"),
            Check("(amount IS NULL) = (amount_type IS NULL)", "coupon_amount_has_a_type"),
            Check("(amount IS NOT NULL) = (kind IN (2, 8))", "coupon_amount_is_of_its_kind"),
            Check(
                "(amount_type = 'percentage' AND amount BETWEEN 1 AND 10000) "
                "OR (amount_type = 'fixed' AND amount >= 1 AND currency IS NOT NULL) OR amount_type IS NULL",
                "coupon_amount_is_over_zero",
            ),
            Check("threshold IS NULL OR (kind = 8 AND threshold >= 0)", "coupon_threshold_is_of_auto"),
            Check("budget IS NULL OR currency IS NOT NULL", "coupon_budget_has_a_currency"),
            Check("budget >= 1", "coupon_budget_is_over_zero"),
            Check("customer_limit >= 1", "coupon_customer_limit_is_one_use"),
            Check("minimum_tickets >= 1", "coupon_minimum_is_one_ticket"),
            Check("uses >= 0 AND spent >= 0", "coupon_uses_are_not_negative"),
        ]


# The search reads the names of the latest, of rows that are long.
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.id, Coupon.name, name="coupon_of_partner"))
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.modified_at, Coupon.id, name="coupon_by_change"))
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.kind, Coupon.id, name="coupon_by_kind"))
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.id, where=SQL("ended_at IS NOT NULL"), name="coupon_switched_off"))
# Those that apply by themselves are looked for with every reservation.
Coupon.add_index(
    Coupon.index(Coupon.partner, Coupon.rank, Coupon.id, where=SQL("kind = 8 AND ended_at IS NULL"), name="coupon_auto")
)
Coupon.add_index(Coupon.index(Coupon.batch, Coupon.id, where=SQL("batch_id IS NOT NULL"), name="coupon_of_batch"))
Coupon.add_index(Coupon.index(Coupon.member, Coupon.id, where=SQL("member_id IS NOT NULL"), name="coupon_of_member"))


class CouponTag(BaseModel):
    """A word that gathers coupons, such as a sponsor or a channel."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    name = CharField(60)
    name_key = CharField(255)  # what it is told apart by
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "name_key"), True),)


class TaggedCoupon(BaseModel):
    """The coupon has the tag."""

    id = BigAutoField()
    tag = ForeignKeyField(CouponTag, index=False, on_delete="CASCADE", backref="+")
    coupon = ForeignKeyField(Coupon, index=False, on_delete="CASCADE", backref="+")

    class Meta:
        indexes = ((("tag", "coupon"), True), (("coupon", "tag"), False))
