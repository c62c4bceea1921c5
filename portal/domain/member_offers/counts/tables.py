"""How often offers were seen and opened (contract: member-offers, "Endpoints")."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField

from portal.database import BaseModel
from portal.domain.member_offers.terms.tables import MemberTerms


class OfferDay(BaseModel):
    """What an offer was looked at on a day of the club's time zone."""

    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    day = CharField(10)
    seen = BigIntegerField(default=0)
    clicked = BigIntegerField(default=0)

    class Meta:
        indexes = ((("terms", "day"), True),)
