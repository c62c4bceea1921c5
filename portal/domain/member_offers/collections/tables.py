"""Collections of a club's offers (contract: member-offers)."""

from peewee import BigAutoField, CharField, Check, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.member_offers.terms.tables import MemberTerms


class Collection(BaseModel):
    """Offers in an order of their own, under a title and a picture."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    title = CharField(120)
    description = TextField(null=True)
    position = IntegerField()
    files = JsonField(default=list)  # as the wire tells them
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "position", "id"), False),)


class CollectionOffer(BaseModel):
    """The place of an offer in a collection."""

    id = BigAutoField()
    collection = ForeignKeyField(Collection, index=False, on_delete="CASCADE", backref="places")
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="places")
    position = IntegerField()

    class Meta:
        indexes = ((("collection", "terms"), True), (("terms", "collection"), False))
        constraints = [Check("position >= 0", "collection_offer_position_is_not_negative")]
