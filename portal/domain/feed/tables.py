"""How offers are listed in the feed, and how far each partner's feed has come (contract: offers-feed)."""

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
    TextField,
)

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.offers.tables import Catalog, Offer

# `offerDiscountCodeType` of the wire.
AT_CLICK, COPY_PASTE, AT_CHECKOUT, DYNAMIC, UNIQODO = (
    "availableAtClick",
    "copyPaste",
    "availableAtCheckout",
    "dynamic",
    "uniqodo",
)
CODE_TYPES = (COPY_PASTE, AT_CLICK, AT_CHECKOUT, DYNAMIC, UNIQODO)


class FeedListing(BaseModel):
    """An offer's face in the feed. Texts that are null are the offer's own.

    `changed_at` is when it, or what it shows, changed last, a start or an end included; null from the transaction that changed
    it until somebody reads the feed (`state.settle`). `removed_at`: it was taken out, and is told of as removed.
    """

    id = BigAutoField()
    offer = ForeignKeyField(Offer, unique=True, backref="+")
    partner = ForeignKeyField(Partner, index=False)
    title = CharField(255, null=True)
    description = TextField(null=True)
    terms = TextField(null=True)
    leads_to = CharField(2048)
    image = CharField(2048, null=True)
    square_image = CharField(2048, null=True)
    age_restricted = BooleanField(default=False)
    button_discount = CharField(60, null=True)
    button_description = CharField(255, null=True)
    code_type = CharField(20, default=AT_CHECKOUT)
    code = CharField(255, null=True)
    starts_at = InstantField(null=True)
    ends_at = InstantField(null=True)
    changed_at = InstantField(null=True)
    removed_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)

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
    FeedListing.index(
        FeedListing.partner, SQL("UPPER(code)"), where=SQL("code IS NOT NULL"), name="feed_listing_with_code"
    )
)
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


class FeedDeparture(BaseModel):
    """An offer with a listing went from a catalog to another: whoever reads the feed of that catalog alone is told that it is
    removed. `changed_at` is when, and null until somebody reads the feed, as a listing's."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    listing = ForeignKeyField(FeedListing, index=False, on_delete="CASCADE", backref="+")
    catalog = ForeignKeyField(Catalog, index=False, on_delete="CASCADE", backref="+")
    changed_at = InstantField(null=True)

    class Meta:
        indexes = ((("listing", "catalog"), True), (("partner", "catalog", "changed_at", "listing"), False))


FeedDeparture.add_index(
    FeedDeparture.index(
        FeedDeparture.partner, FeedDeparture.id, where=SQL("changed_at IS NULL"), name="feed_departure_fresh"
    )
)


class FeedState(BaseModel):
    """How far a partner's feed has come: `version` grows with whatever changes it. `is_fresh` while changes wait for their
    moment; `next_at` is the next start or end that the clock reaches, `settled_to` up to where starts and ends are told."""

    partner = ForeignKeyField(Partner, primary_key=True)
    version = BigIntegerField(default=0)
    is_fresh = BooleanField(default=False)
    next_at = InstantField(null=True)
    settled_to = InstantField()


class FeedClicks(BaseModel):
    """Clicks on a listing that programs of a partner's reported on a day (UTC)."""

    id = BigAutoField()
    listing = ForeignKeyField(FeedListing, index=False, on_delete="CASCADE", backref="+")
    by = ForeignKeyField(Partner, index=False, backref="+")
    day = DateField()
    clicks = IntegerField(default=0)

    class Meta:
        indexes = ((("listing", "day", "by"), True),)
