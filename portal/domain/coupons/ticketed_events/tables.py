"""Ticketed events, their price levels, bundles of them, and the listings where they are sold (contract: coupons)."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, Check, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import random_base62


def new_key() -> str:
    """A random key of a page that whoever has the link sees."""
    return random_base62(22)


class TicketedEvent(BaseModel):
    """An evening, a match, a festival that tickets are sold for. Its `timezone` is where it happens."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    name = CharField(255)
    starts_at = InstantField()
    timezone = CharField(64)
    currency = CharField(3)
    created_at = InstantField(default=clock.now)
    updated_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "id"), False), (("partner", "starts_at", "id"), False))


class PriceLevel(BaseModel):
    """What a ticket of the event costs, in minor units. `taken` are the tickets that are held or bought; a locked level is
    sold only to whom a coupon opens it."""

    id = BigAutoField()
    event = ForeignKeyField(TicketedEvent, index=False, backref="price_levels")
    name = CharField(120)
    price = BigIntegerField()
    capacity = IntegerField()
    taken = IntegerField(default=0)
    is_locked = BooleanField(default=False)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("event", "id"), False),)
        constraints = [
            Check("price >= 0 AND capacity >= 0", "price_level_is_not_negative"),
            Check("taken >= 0", "price_level_taken_is_not_negative"),
        ]


class Bundle(BaseModel):
    """One ticket of each of its price levels, sold together for a price of its own. They are of one event."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    event = ForeignKeyField(TicketedEvent, index=False, backref="bundles")
    name = CharField(120)
    price = BigIntegerField()
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "id"), False), (("event", "id"), False))
        constraints = [Check("price >= 0", "bundle_price_is_not_negative")]


class BundleLevel(BaseModel):
    """A price level that the bundle has a ticket of."""

    id = BigAutoField()
    bundle = ForeignKeyField(Bundle, index=False, on_delete="CASCADE", backref="levels")
    price_level = ForeignKeyField(PriceLevel, on_delete="CASCADE", backref="+")

    class Meta:
        indexes = ((("bundle", "price_level"), True),)


class Listing(BaseModel):
    """A place where some price levels of an event are sold. `key` is of its demo shop, which others see while it is open."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    event = ForeignKeyField(TicketedEvent, index=False, backref="listings")
    key = CharField(22, unique=True, default=new_key)
    is_open = BooleanField(default=False)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "id"), False), (("event", "id"), False))


class ListingLevel(BaseModel):
    """A price level that the listing sells."""

    id = BigAutoField()
    listing = ForeignKeyField(Listing, index=False, on_delete="CASCADE", backref="levels")
    price_level = ForeignKeyField(PriceLevel, on_delete="CASCADE", backref="+")

    class Meta:
        indexes = ((("listing", "price_level"), True),)
