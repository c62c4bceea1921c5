"""Groups of promoters that a merchant names, such as Gold."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid


class PromoterGroup(BaseModel):
    """A name for some of the merchant's promoters, in all of its catalogs."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    merchant = ForeignKeyField(Partner, index=False)
    name = CharField(60)
    folded = CharField(180)  # the name as names compare: case folding can make a letter three
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("merchant", "folded"), True),)


class GroupMember(BaseModel):
    """A promoter in a group: in one of a merchant's at most."""

    id = BigAutoField()
    group = ForeignKeyField(PromoterGroup, backref="members", on_delete="CASCADE")
    merchant = ForeignKeyField(Partner, index=False)
    promoter = ForeignKeyField(Partner, index=False)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("merchant", "promoter"), True),)
