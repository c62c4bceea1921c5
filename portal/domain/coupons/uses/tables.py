"""Uses of coupons (contract: coupons, "Usage")."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
)

from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.assignments.tables import CouponOffer
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations.tables import Reservation, ReservationLine
from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from portal.domain.members.tables import Member

HELD, COMMITTED, RELEASED = "held", "committed", "released"


class CouponUse(BaseModel):
    """A coupon used on a reservation, or, without one, by a deal that was reported with its code.

    It is honoured at the purchase as it was granted: what it took off, how many tickets it covered, and the price levels it
    opened are its own.
    """

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    coupon = ForeignKeyField(Coupon, index=False, backref="+")
    offer = ForeignKeyField(CouponOffer, null=True, index=False, backref="+")
    reservation = ForeignKeyField(Reservation, null=True, index=False, backref="uses")
    event = ForeignKeyField(TicketedEvent, null=True, index=False, backref="+")
    member = ForeignKeyField(Member, null=True, index=False, backref="+")
    kind = SmallIntegerField()
    amount = BigIntegerField()  # minor units that it takes off; 0 where it only opens
    currency = CharField(3, null=True)
    tickets = IntegerField()
    opens = JsonField()  # ids of the price levels that it opens
    state = CharField(10, default=HELD)
    held_at = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        constraints = [
            Check("state IN ('held', 'committed', 'released')", "coupon_use_state_is_known"),
            Check("(state = 'held') = (settled_at IS NULL)", "coupon_use_is_settled_once"),
            Check("amount >= 0 AND tickets >= 0", "coupon_use_is_not_negative"),
        ]


_LIVE = SQL("state != 'released'")
CouponUse.add_index(
    CouponUse.index(
        CouponUse.reservation, CouponUse.coupon, unique=True, where=_LIVE, name="coupon_use_once_a_reservation"
    )
)
CouponUse.add_index(CouponUse.index(CouponUse.reservation, CouponUse.id, name="coupon_use_of_reservation"))
CouponUse.add_index(CouponUse.index(CouponUse.coupon, CouponUse.held_at, CouponUse.id, name="coupon_use_of_coupon"))
CouponUse.add_index(CouponUse.index(CouponUse.partner, CouponUse.held_at, CouponUse.id, name="coupon_use_of_partner"))
CouponUse.add_index(CouponUse.index(CouponUse.offer, where=SQL("offer_id IS NOT NULL"), name="coupon_use_of_offer"))
CouponUse.add_index(
    CouponUse.index(CouponUse.event, CouponUse.id, where=SQL("event_id IS NOT NULL"), name="coupon_use_of_event")
)
CouponUse.add_index(
    CouponUse.index(CouponUse.member, CouponUse.coupon, where=SQL("member_id IS NOT NULL"), name="coupon_use_of_member")
)


class CouponUseLine(BaseModel):
    """What a use takes off a line of its reservation, for how many of its tickets."""

    id = BigAutoField()
    use = ForeignKeyField(CouponUse, index=False, backref="lines")
    line = ForeignKeyField(ReservationLine, index=False, backref="+")
    tickets = IntegerField()
    amount = BigIntegerField()

    class Meta:
        indexes = ((("use", "line"), True), (("line",), False))
        constraints = [Check("tickets >= 1 AND amount >= 0", "coupon_use_line_is_not_negative")]
