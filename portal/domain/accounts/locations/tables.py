"""Places of a partner's where customers are served, and who works there."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.identifiers import new_uuid


class Location(BaseModel):
    """A shop, a branch, a till. One that is closed stays with what was done there."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, backref="locations", index=False)
    name = CharField(120)
    address = CharField(255, null=True)
    created_at = InstantField(default=clock.now)
    closed_at = InstantField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)


class Posting(BaseModel):
    """Somebody of the team works at a location. Whoever is posted nowhere works at all of them."""

    id = BigAutoField()
    location = ForeignKeyField(Location, index=False, on_delete="CASCADE")
    membership = ForeignKeyField(Membership, on_delete="CASCADE")

    class Meta:
        indexes = ((("location", "membership"), True),)
