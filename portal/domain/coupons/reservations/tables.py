"""Reservations and their lines (contract: coupons)."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent
from portal.domain.members.tables import Member

HELD, PURCHASED, RELEASED, EXPIRED = "held", "purchased", "released", "expired"


class Reservation(BaseModel):
    """Tickets of a listing that are held until `expires_at`: that moment decides, whether the worker has come or not.

    Of its secret (which uses coupons, buys and lets go) and of its token (with which a coupon is only checked) the digests are
    kept. Sums are minor units of `currency`.
    """

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    listing = ForeignKeyField(Listing, backref="+")
    event = ForeignKeyField(TicketedEvent, index=False, backref="+")
    member = ForeignKeyField(Member, null=True, index=False, backref="+")  # whose it is, where the shop says so
    secret_digest = CharField(64)
    token_digest = CharField(64, unique=True)
    currency = CharField(3)
    tickets = IntegerField()
    face = BigIntegerField()  # before any coupon
    discount = BigIntegerField(default=0)  # of all its uses, which it keeps when they are given back with it
    state = CharField(10, default=HELD)
    expires_at = InstantField()
    created_at = InstantField(default=clock.now)
    settled_at = InstantField(null=True)
    stranger = CharField(64, null=True)  # keyed hash of the network of a visitor of the demo shop

    class Meta:
        indexes = ((("partner", "id"), False), (("event", "id"), False))
        constraints = [
            Check("state IN ('held', 'purchased', 'released', 'expired')", "reservation_state_is_known"),
            Check("(state = 'held') = (settled_at IS NULL)", "reservation_is_settled_once"),
            Check("tickets >= 1 AND discount BETWEEN 0 AND face", "reservation_takes_off_at_most_its_price"),
        ]


_HELD = SQL("state = 'held'")
Reservation.add_index(Reservation.index(Reservation.expires_at, where=_HELD, name="reservation_running"))
# What has run out at a seller is looked for with whatever is asked of it.
Reservation.add_index(
    Reservation.index(Reservation.partner, Reservation.expires_at, where=_HELD, name="reservation_running_of_partner")
)
Reservation.add_index(
    Reservation.index(Reservation.partner, Reservation.state, Reservation.id, name="reservation_by_state")
)
Reservation.add_index(
    Reservation.index(
        Reservation.member, Reservation.id, where=SQL("member_id IS NOT NULL"), name="reservation_of_member"
    )
)
Reservation.add_index(
    Reservation.index(
        Reservation.event, Reservation.stranger, where=SQL("stranger IS NOT NULL"), name="reservation_of_strangers"
    )
)


class ReservationLine(BaseModel):
    """So many tickets of a price level, or so many bundles, each at `price`. `discount` is what is taken off all of them."""

    id = BigAutoField()
    reservation = ForeignKeyField(Reservation, index=False, backref="lines")
    price_level = ForeignKeyField(PriceLevel, null=True, index=False, backref="+")
    bundle = ForeignKeyField(Bundle, null=True, index=False, backref="+")
    quantity = IntegerField()
    price = BigIntegerField()
    discount = BigIntegerField(default=0)

    class Meta:
        indexes = ((("reservation", "id"), False),)
        constraints = [
            Check("(price_level_id IS NULL) != (bundle_id IS NULL)", "reservation_line_is_of_one_thing"),
            Check("quantity >= 1 AND price >= 0", "reservation_line_is_not_negative"),
            Check("discount BETWEEN 0 AND price * quantity", "reservation_line_takes_off_at_most_its_price"),
        ]


ReservationLine.add_index(
    ReservationLine.index(ReservationLine.bundle, where=SQL("bundle_id IS NOT NULL"), name="reservation_line_of_bundle")
)
