"""Assignments: the terms under which coupons may be used, and for what (contract: coupons, "Assignment")."""

from peewee import SQL, BigAutoField, BigIntegerField, BooleanField, CharField, Check, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ticketed_events.tables import Bundle, PriceLevel, TicketedEvent
from portal.domain.identifiers import new_uuid


class CouponAssignment(BaseModel):
    """Terms that some coupons have in common. A shared one has one limit for all of its coupons (`group`), else each has its
    own (`individual`).

    `starts_on` and `ends_on` are as they were sent; `starts_at` is the first moment that counts and `ends_at` the first that
    does not any more, both worked out in `timezone`. `blackout` are windows in which nothing counts. An assignment that is
    everywhere covers every event of the seller, past and to come. `uses` are the live uses of all its coupons.
    """

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    is_shared = BooleanField(default=False)
    starts_on = CharField(19)
    ends_on = CharField(19)
    timezone = CharField(64)
    starts_at = InstantField()
    ends_at = InstantField()
    use_limit = IntegerField()
    ticket_limit = IntegerField(null=True)  # null: as many as the reservation has
    is_everywhere = BooleanField(default=False)
    taggable = BooleanField(default=False)
    blackout = JsonField(null=True)
    uses = BigIntegerField(default=0)
    ended_at = InstantField(null=True)  # taken away
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("starts_at < ends_at", "coupon_assignment_ends_after_it_starts"),
            Check("use_limit >= 1", "coupon_assignment_limit_is_one_use"),
            Check("ticket_limit >= 1", "coupon_assignment_ticket_limit_is_one"),
            Check("uses >= 0", "coupon_assignment_uses_are_not_negative"),
        ]


class CouponOffer(BaseModel):
    """A coupon under an assignment: the `offer` of the wire, `coupon_link_id` of a use. `uses` are its live uses."""

    id = BigAutoField()
    assignment = ForeignKeyField(CouponAssignment, index=False, backref="offers")
    coupon = ForeignKeyField(Coupon, index=False, backref="offers")
    uses = BigIntegerField(default=0)

    class Meta:
        indexes = ((("coupon", "assignment"), True), (("assignment", "id"), False))
        constraints = [Check("uses >= 0", "coupon_offer_uses_are_not_negative")]


class _Covers(BaseModel):
    """Something that an assignment names."""

    id = BigAutoField()
    assignment = ForeignKeyField(CouponAssignment, index=False, on_delete="CASCADE", backref="+")


class AssignedEvent(_Covers):
    """An event: whole, or only those of its price levels that the assignment names."""

    event = ForeignKeyField(TicketedEvent, backref="+")

    class Meta:
        indexes = ((("assignment", "event"), True),)


class AssignedLevel(_Covers):
    """A price level, of an event that need not be named besides."""

    price_level = ForeignKeyField(PriceLevel, backref="+")

    class Meta:
        indexes = ((("assignment", "price_level"), True),)


class AssignedBundle(_Covers):
    """A bundle, for Discount and Comp coupons."""

    bundle = ForeignKeyField(Bundle, backref="+")

    class Meta:
        indexes = ((("assignment", "bundle"), True),)


LIVE = SQL("ended_at IS NULL")
CouponAssignment.add_index(
    CouponAssignment.index(
        CouponAssignment.partner, CouponAssignment.ends_at, where=LIVE, name="coupon_assignment_ending"
    )
)
CouponAssignment.add_index(
    CouponAssignment.index(
        CouponAssignment.partner,
        CouponAssignment.id,
        where=SQL("is_everywhere AND ended_at IS NULL"),
        name="coupon_assignment_everywhere",
    )
)
