"""Offers are listed in a feed: how far each partner's has come, the clicks, and the codes that clicks draw. Frozen."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Offer(Frozen):
    id = BigAutoField()


class CouponBatch(Frozen):
    id = BigAutoField()


class Coupon(Frozen):
    id = BigAutoField()


class FeedListing(Frozen):

    id = BigAutoField()
    offer = ForeignKeyField(Offer, unique=True, backref="+")
    partner = ForeignKeyField(Partner, index=False)
    title = CharField(255, null=True)
    description = TextField(null=True)
    terms = TextField(null=True)
    leads_to = CharField(2048)
    image = CharField(2048, null=True)
    square_image = CharField(2048, null=True)
    age_restricted = BooleanField()
    button_discount = CharField(60, null=True)
    button_description = CharField(255, null=True)
    code_type = CharField(20)
    code = CharField(255, null=True)
    starts_at = BigIntegerField(null=True)
    ends_at = BigIntegerField(null=True)
    changed_at = BigIntegerField(null=True)
    removed_at = BigIntegerField(null=True)
    created_at = BigIntegerField()
    modified_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "id"), False), (("partner", "changed_at", "id"), False))
        constraints = [
            Check(
                "code_type IN ('availableAtClick', 'copyPaste', 'availableAtCheckout', 'dynamic', 'uniqodo')",
                "feed_listing_code_type_is_known",
            ),
            Check("(code IS NOT NULL) = (code_type IN ('availableAtClick', 'copyPaste'))", "feed_listing_has_its_code"),
            Check("ends_at > starts_at", "feed_listing_ends_after_it_starts"),
        ]


FeedListing.add_index(
    FeedListing.index(FeedListing.partner, FeedListing.id, where=SQL("changed_at IS NULL"), name="feed_listing_fresh")
)
FeedListing.add_index(
    FeedListing.index(
        FeedListing.partner, FeedListing.starts_at, where=SQL("starts_at IS NOT NULL"), name="feed_listing_starts"
    )
)
FeedListing.add_index(
    FeedListing.index(
        FeedListing.partner, FeedListing.ends_at, where=SQL("ends_at IS NOT NULL"), name="feed_listing_ends"
    )
)


class FeedState(Frozen):

    partner = ForeignKeyField(Partner, primary_key=True)
    version = BigIntegerField()
    is_fresh = BooleanField()
    next_at = BigIntegerField(null=True)
    settled_to = BigIntegerField()


class FeedClicks(Frozen):

    id = BigAutoField()
    listing = ForeignKeyField(FeedListing, index=False, on_delete="CASCADE", backref="+")
    by = ForeignKeyField(Partner, index=False, backref="+")
    day = DateField()
    clicks = IntegerField()

    class Meta:
        indexes = ((("listing", "day", "by"), True),)


class FeedPool(Frozen):

    listing = ForeignKeyField(FeedListing, primary_key=True, on_delete="CASCADE", backref="+")
    batch = ForeignKeyField(CouponBatch, index=False, backref="+")
    drawn_to = BigIntegerField()


class DrawnCode(Frozen):

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    listing = ForeignKeyField(FeedListing, index=False, backref="+")
    by = ForeignKeyField(Partner, index=False, backref="+")
    coupon = ForeignKeyField(Coupon, index=False, backref="+")
    member_key = CharField(64, null=True)
    drawn_at = BigIntegerField()
    due_at = BigIntegerField(null=True)
    returned_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("listing", "id"), False), (("coupon", "id"), False))


_OUT = SQL("returned_at IS NULL")
DrawnCode.add_index(DrawnCode.index(DrawnCode.coupon, unique=True, where=_OUT, name="drawn_code_is_out_once"))
DrawnCode.add_index(
    DrawnCode.index(
        DrawnCode.listing, DrawnCode.by, DrawnCode.member_key, unique=True, where=_OUT, name="drawn_code_once_a_member"
    )
)
DrawnCode.add_index(
    DrawnCode.index(DrawnCode.partner, DrawnCode.due_at, where=SQL("due_at IS NOT NULL"), name="drawn_code_due")
)


OLDER, NEW = (Partner, Offer, CouponBatch, Coupon), (FeedListing, FeedState, FeedClicks, FeedPool, DrawnCode)


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)


def down(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
