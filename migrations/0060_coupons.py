"""The coupon desk: ticketed events, coupons, what they are assigned to, reservations and the uses on them. Frozen."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    TextField,
)


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class Deal(Frozen):
    id = BigAutoField()


class Promotion(Frozen):
    id = BigAutoField()


class TicketedEvent(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(255)
    starts_at = BigIntegerField()
    timezone = CharField(64)
    currency = CharField(3)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "id"), False), (("partner", "starts_at", "id"), False))


class PriceLevel(Frozen):
    id = BigAutoField()
    event = ForeignKeyField(TicketedEvent, backref="+", index=False)
    name = CharField(120)
    price = BigIntegerField()
    capacity = IntegerField()
    taken = IntegerField()
    is_locked = BooleanField()
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("event", "id"), False),)
        constraints = [
            Check("price >= 0 AND capacity >= 0", "price_level_is_not_negative"),
            Check("taken >= 0", "price_level_taken_is_not_negative"),
        ]


class Bundle(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    event = ForeignKeyField(TicketedEvent, backref="+", index=False)
    name = CharField(120)
    price = BigIntegerField()
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "id"), False), (("event", "id"), False))
        constraints = [Check("price >= 0", "bundle_price_is_not_negative")]


class BundleLevel(Frozen):
    id = BigAutoField()
    bundle = ForeignKeyField(Bundle, backref="+", index=False, on_delete="CASCADE")
    price_level = ForeignKeyField(PriceLevel, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("bundle", "price_level"), True),)


class Listing(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    event = ForeignKeyField(TicketedEvent, backref="+", index=False)
    key = CharField(22, unique=True)
    is_open = BooleanField()
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "id"), False), (("event", "id"), False))


class ListingLevel(Frozen):
    id = BigAutoField()
    listing = ForeignKeyField(Listing, backref="+", index=False, on_delete="CASCADE")
    price_level = ForeignKeyField(PriceLevel, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("listing", "price_level"), True),)


class CouponBatch(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(255)
    prefix = CharField(60)
    length = IntegerField()
    wanted = IntegerField()
    made = IntegerField()
    settings = TextField()
    terms = TextField(null=True)
    state = CharField(10)
    made_by = CharField(64)
    due_at = BigIntegerField(null=True)
    lease_ends = BigIntegerField(null=True)
    attempts = IntegerField()
    created_at = BigIntegerField()
    done_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("state IN ('making', 'done', 'canceled')", "coupon_batch_state_is_known"),
            Check("wanted >= 1 AND made BETWEEN 0 AND wanted", "coupon_batch_makes_what_is_wanted"),
        ]


CouponBatch.add_index(
    CouponBatch.index(CouponBatch.partner, CouponBatch.due_at, where=SQL("due_at IS NOT NULL"), name="coupon_batch_due")
)


class Coupon(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(255)
    kind = SmallIntegerField()
    code = CharField(64)
    written = CharField(64)
    amount_type = CharField(10, null=True)
    amount = BigIntegerField(null=True)
    currency = CharField(3, null=True)
    threshold = BigIntegerField(null=True)
    budget = BigIntegerField(null=True)
    customer_limit = IntegerField(null=True)
    minimum_tickets = IntegerField(null=True)
    opens = BooleanField()
    is_alone = BooleanField()
    rank = IntegerField()
    member = ForeignKeyField(Member, backref="+", null=True, index=False)
    batch = ForeignKeyField(CouponBatch, backref="+", null=True, index=False)
    uses = BigIntegerField()
    spent = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    modified_at = BigIntegerField()
    created_at = BigIntegerField()

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


Coupon.add_index(Coupon.index(Coupon.partner, Coupon.id, name="coupon_of_partner"))
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.modified_at, Coupon.id, name="coupon_by_change"))
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.kind, Coupon.id, name="coupon_by_kind"))
Coupon.add_index(Coupon.index(Coupon.partner, Coupon.id, where=SQL("ended_at IS NOT NULL"), name="coupon_switched_off"))
Coupon.add_index(
    Coupon.index(Coupon.partner, Coupon.rank, Coupon.id, where=SQL("kind = 8 AND ended_at IS NULL"), name="coupon_auto")
)
Coupon.add_index(Coupon.index(Coupon.batch, Coupon.id, where=SQL("batch_id IS NOT NULL"), name="coupon_of_batch"))
Coupon.add_index(Coupon.index(Coupon.member, Coupon.id, where=SQL("member_id IS NOT NULL"), name="coupon_of_member"))


class CouponTag(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(60)
    name_key = CharField(255)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "name_key"), True),)


class TaggedCoupon(Frozen):
    id = BigAutoField()
    tag = ForeignKeyField(CouponTag, backref="+", index=False, on_delete="CASCADE")
    coupon = ForeignKeyField(Coupon, backref="+", index=False, on_delete="CASCADE")

    class Meta:
        indexes = ((("tag", "coupon"), True), (("coupon", "tag"), False))


class CouponAssignment(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    is_shared = BooleanField()
    starts_on = CharField(19)
    ends_on = CharField(19)
    timezone = CharField(64)
    starts_at = BigIntegerField()
    ends_at = BigIntegerField()
    use_limit = IntegerField()
    ticket_limit = IntegerField(null=True)
    is_everywhere = BooleanField()
    taggable = BooleanField()
    blackout = TextField(null=True)
    uses = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("starts_at < ends_at", "coupon_assignment_ends_after_it_starts"),
            Check("use_limit >= 1", "coupon_assignment_limit_is_one_use"),
            Check("ticket_limit >= 1", "coupon_assignment_ticket_limit_is_one"),
            Check("uses >= 0", "coupon_assignment_uses_are_not_negative"),
        ]


class CouponOffer(Frozen):
    id = BigAutoField()
    assignment = ForeignKeyField(CouponAssignment, backref="+", index=False)
    coupon = ForeignKeyField(Coupon, backref="+", index=False)
    uses = BigIntegerField()

    class Meta:
        indexes = ((("coupon", "assignment"), True), (("assignment", "id"), False))
        constraints = [Check("uses >= 0", "coupon_offer_uses_are_not_negative")]


class _Covers(Frozen):
    id = BigAutoField()
    assignment = ForeignKeyField(CouponAssignment, backref="+", index=False, on_delete="CASCADE")


class AssignedEvent(_Covers):
    event = ForeignKeyField(TicketedEvent, backref="+")

    class Meta:
        indexes = ((("assignment", "event"), True),)


class AssignedLevel(_Covers):
    price_level = ForeignKeyField(PriceLevel, backref="+")

    class Meta:
        indexes = ((("assignment", "price_level"), True),)


class AssignedBundle(_Covers):
    bundle = ForeignKeyField(Bundle, backref="+")

    class Meta:
        indexes = ((("assignment", "bundle"), True),)


_LIVE = SQL("ended_at IS NULL")
CouponAssignment.add_index(
    CouponAssignment.index(
        CouponAssignment.partner, CouponAssignment.ends_at, where=_LIVE, name="coupon_assignment_ending"
    )
)


class Reservation(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    listing = ForeignKeyField(Listing, backref="+", index=False)
    event = ForeignKeyField(TicketedEvent, backref="+", index=False)
    member = ForeignKeyField(Member, backref="+", null=True, index=False)
    secret_digest = CharField(64)
    token_digest = CharField(64, unique=True)
    currency = CharField(3)
    tickets = IntegerField()
    face = BigIntegerField()
    discount = BigIntegerField()
    state = CharField(10)
    expires_at = BigIntegerField()
    created_at = BigIntegerField()
    settled_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False), (("event", "id"), False))
        constraints = [
            Check("state IN ('held', 'purchased', 'released', 'expired')", "reservation_state_is_known"),
            Check("(state = 'held') = (settled_at IS NULL)", "reservation_is_settled_once"),
            Check("tickets >= 1 AND discount BETWEEN 0 AND face", "reservation_takes_off_at_most_its_price"),
        ]


_HELD = SQL("state = 'held'")
Reservation.add_index(Reservation.index(Reservation.expires_at, where=_HELD, name="reservation_running"))
Reservation.add_index(
    Reservation.index(Reservation.partner, Reservation.state, Reservation.id, name="reservation_by_state")
)
Reservation.add_index(
    Reservation.index(
        Reservation.member, Reservation.id, where=SQL("member_id IS NOT NULL"), name="reservation_of_member"
    )
)


class ReservationLine(Frozen):
    id = BigAutoField()
    reservation = ForeignKeyField(Reservation, backref="+", index=False)
    price_level = ForeignKeyField(PriceLevel, backref="+", null=True, index=False)
    bundle = ForeignKeyField(Bundle, backref="+", null=True, index=False)
    quantity = IntegerField()
    price = BigIntegerField()
    discount = BigIntegerField()

    class Meta:
        indexes = ((("reservation", "id"), False),)
        constraints = [
            Check("(price_level_id IS NULL) != (bundle_id IS NULL)", "reservation_line_is_of_one_thing"),
            Check("quantity >= 1 AND price >= 0", "reservation_line_is_not_negative"),
            Check("discount BETWEEN 0 AND price * quantity", "reservation_line_takes_off_at_most_its_price"),
        ]


class CouponUse(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    coupon = ForeignKeyField(Coupon, backref="+", index=False)
    offer = ForeignKeyField(CouponOffer, backref="+", null=True, index=False)
    reservation = ForeignKeyField(Reservation, backref="+", null=True, index=False)
    event = ForeignKeyField(TicketedEvent, backref="+", null=True, index=False)
    member = ForeignKeyField(Member, backref="+", null=True, index=False)
    kind = SmallIntegerField()
    amount = BigIntegerField()
    currency = CharField(3, null=True)
    tickets = IntegerField()
    opens = TextField()
    state = CharField(10)
    held_at = BigIntegerField()
    settled_at = BigIntegerField(null=True)

    class Meta:
        constraints = [
            Check("state IN ('held', 'committed', 'released')", "coupon_use_state_is_known"),
            Check("(state = 'held') = (settled_at IS NULL)", "coupon_use_is_settled_once"),
            Check("amount >= 0 AND tickets >= 0", "coupon_use_is_not_negative"),
        ]


_LIVE_USE = SQL("state != 'released'")
CouponUse.add_index(
    CouponUse.index(
        CouponUse.reservation, CouponUse.coupon, unique=True, where=_LIVE_USE, name="coupon_use_once_a_reservation"
    )
)
CouponUse.add_index(CouponUse.index(CouponUse.reservation, CouponUse.id, name="coupon_use_of_reservation"))
CouponUse.add_index(CouponUse.index(CouponUse.coupon, CouponUse.held_at, CouponUse.id, name="coupon_use_of_coupon"))
CouponUse.add_index(CouponUse.index(CouponUse.partner, CouponUse.held_at, CouponUse.id, name="coupon_use_of_partner"))
CouponUse.add_index(
    CouponUse.index(CouponUse.event, CouponUse.id, where=SQL("event_id IS NOT NULL"), name="coupon_use_of_event")
)
CouponUse.add_index(
    CouponUse.index(CouponUse.member, CouponUse.coupon, where=SQL("member_id IS NOT NULL"), name="coupon_use_of_member")
)


class CouponUseLine(Frozen):
    id = BigAutoField()
    use = ForeignKeyField(CouponUse, backref="+", index=False)
    line = ForeignKeyField(ReservationLine, backref="+", index=False)
    tickets = IntegerField()
    amount = BigIntegerField()

    class Meta:
        indexes = ((("use", "line"), True), (("line",), False))
        constraints = [Check("tickets >= 1 AND amount >= 0", "coupon_use_line_is_not_negative")]


class CouponMailing(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(255)
    message = TextField(null=True)
    wanted = IntegerField()
    mailed = IntegerField()
    failed = IntegerField()
    state = CharField(10)
    made_by = CharField(64)
    due_at = BigIntegerField(null=True)
    lease_ends = BigIntegerField(null=True)
    attempts = IntegerField()
    created_at = BigIntegerField()
    done_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("state IN ('mailing', 'done', 'canceled')", "coupon_mailing_state_is_known"),
            Check("mailed + failed <= wanted", "coupon_mailing_mails_what_is_wanted"),
        ]


CouponMailing.add_index(
    CouponMailing.index(
        CouponMailing.partner, CouponMailing.due_at, where=SQL("due_at IS NOT NULL"), name="coupon_mailing_due"
    )
)


class MailedCoupon(Frozen):
    id = BigAutoField()
    mailing = ForeignKeyField(CouponMailing, backref="+", index=False, on_delete="CASCADE")
    mail = CharField(254)
    coupon = ForeignKeyField(Coupon, backref="+", unique=True)
    state = CharField(10)
    mailed_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("mailing", "mail"), True), (("mailing", "state", "id"), False))
        constraints = [Check("state IN ('waiting', 'mailed', 'failed')", "mailed_coupon_state_is_known")]


class CouponPromoter(Frozen):
    coupon = ForeignKeyField(Coupon, backref="+", primary_key=True, on_delete="CASCADE")
    promotion = ForeignKeyField(Promotion, backref="+", null=True)
    reward_percent = IntegerField(null=True)

    class Meta:
        constraints = [Check("reward_percent BETWEEN 0 AND 10000", "coupon_reward_is_a_percentage")]


class CouponDeal(Frozen):
    id = BigAutoField()
    deal = ForeignKeyField(Deal, backref="+", unique=True)
    coupon = ForeignKeyField(Coupon, backref="+", index=False)
    use = ForeignKeyField(CouponUse, backref="+", unique=True)

    class Meta:
        indexes = ((("coupon", "id"), False),)


OLDER = (Partner, Member, Deal, Promotion)
NEW = (
    TicketedEvent,
    PriceLevel,
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    CouponBatch,
    Coupon,
    CouponTag,
    TaggedCoupon,
    CouponAssignment,
    CouponOffer,
    AssignedEvent,
    AssignedLevel,
    AssignedBundle,
    Reservation,
    ReservationLine,
    CouponUse,
    CouponUseLine,
    CouponMailing,
    MailedCoupon,
    CouponPromoter,
    CouponDeal,
)


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)


def down(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
