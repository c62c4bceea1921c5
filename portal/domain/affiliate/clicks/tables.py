"""Who followed promoters' links, and which members opened an offer's address."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from portal.database import BaseModel, InstantField
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.members.tables import Member
from portal.domain.offers.tables import Offer


class Click(BaseModel):
    """Somebody followed a promoter's link; `is_first` says that it was the first time on that day."""

    id = BigAutoField()
    key = CharField(22, unique=True)
    promotion = ForeignKeyField(Promotion, index=False)
    landing = ForeignKeyField(Landing, null=True, index=False)
    query = TextField(default="")
    device = CharField(16, default="All")
    at = InstantField()
    is_first = BooleanField(default=False)

    class Meta:
        indexes = ((("promotion", "at", "is_first"), False), (("landing", "id"), False))


class MemberClick(BaseModel):
    """A member opened the address of an offer that is sold by promoters, in the club or in a program of the merchant's: the last
    time of each. The address has the key, by which a deal finds the member (contract: offers-feed)."""

    id = BigAutoField()
    key = CharField(23, unique=True)
    offer = ForeignKeyField(Offer, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="+")
    at = InstantField()

    class Meta:
        indexes = ((("member", "offer"), True),)


class Visit(BaseModel):
    """That somebody was here today, under a mark that tells nothing without the day's salt. Kept until the day is over."""

    mark = BigIntegerField(primary_key=True)
    day = IntegerField(index=True)


class VisitSalt(BaseModel):
    """What the marks of a day are made with; forgotten when it is over, so that nobody can make one again."""

    day = IntegerField(primary_key=True)
    salt = CharField(64)
