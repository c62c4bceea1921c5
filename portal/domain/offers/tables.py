"""Catalogs and offers, every family's.

An offer is bare here: what promoters get of it, what members see and what the feed lists are rows beside it, so that
another face of the same offer is a row added, not columns.
"""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid


class Category(BaseModel):
    """What a catalog is about; the same list for the whole installation."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    name = CharField(64, unique=True)


class Catalog(BaseModel):
    """A product line that a merchant lets promoters sell. Percentages are hundredths of a percent, durations seconds."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    short_code = CharField(16, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    title = CharField(255)
    catalog_code = CharField(255)
    code_key = CharField(255)  # what the code is compared by
    description = TextField(null=True)
    icon = TextField(null=True)
    preview_image = TextField(null=True)
    company_logo = TextField(null=True)
    category = ForeignKeyField(Category, null=True)
    reward_type = CharField(16, default="RevShare")
    reward_percent = IntegerField(null=True)
    moderation_type = CharField(24, default="FREE_ENTRY")
    hold_duration = BigIntegerField(default=30 * 86400)
    canceled_duration = BigIntegerField(default=14 * 86400)
    is_promocode_allowed = BooleanField(default=False)
    is_published = BooleanField(default=True)
    min_promo_code_percent = IntegerField(null=True)
    max_promo_code_percent = IntegerField(null=True)
    offer_geo = JsonField(default=lambda: ["WW"])
    localizations = JsonField(default=list)
    devices = CharField(16, default="All")
    cookies_storage_days = IntegerField(default=30)
    rules = JsonField(default=list)
    text_rule = JsonField(default=list)
    promo_materials = JsonField(default=list)
    approved_deals = BigIntegerField(default=0)  # of deals that have ended
    canceled_deals = BigIntegerField(default=0)  # of deals that have ended
    archived_at = InstantField(null=True)  # put away by its merchant: unpublished, and out of its lists
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "code_key"), True), (("partner", "id"), False))
        constraints = [
            Check("reward_percent BETWEEN 5 AND 9500", "catalog_reward_percent_in_range"),
            Check("min_promo_code_percent <= max_promo_code_percent", "catalog_promo_percents_in_order"),
            Check("hold_duration >= 0 AND canceled_duration >= 0", "catalog_durations_not_negative"),
            Check("approved_deals >= 0 AND canceled_deals >= 0", "catalog_counters_not_negative"),
        ]


class Offer(BaseModel):
    """A thing that can be bought or used."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner)
    catalog = ForeignKeyField(Catalog, null=True, index=False, backref="offers")
    name = CharField(255)
    name_key = CharField(255)  # what the name is compared by
    description = TextField(null=True)
    images = JsonField(default=list)  # as the wire of member offers tells them
    is_active = BooleanField(default=True)
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("catalog", "name_key"), True), (("catalog", "id"), False))


class OfferPrice(BaseModel):
    """The price of an offer in one currency, in minor units."""

    id = BigAutoField()
    offer = ForeignKeyField(Offer, index=False, backref="prices", on_delete="CASCADE")
    currency = CharField(3)
    cost = BigIntegerField()

    class Meta:
        indexes = ((("offer", "currency"), True),)
        constraints = [Check("cost >= 0", "offer_price_not_negative")]


Catalog.add_index(Catalog.index(Catalog.id, where=SQL("is_published"), name="catalog_in_marketplace"))
