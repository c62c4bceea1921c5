"""Uses of member offers, and what is known of a member and an offer together (contract: member-offers)."""

from peewee import BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField

from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.members.tables import Member


class OfferMember(BaseModel):
    """A member and an offer. Whoever uses it, or undoes a use, holds this row: the limits of one member are exact by it."""

    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    uses = BigIntegerField(default=0)  # those that were undone apart
    last_used_at = InstantField(null=True)
    active_until = InstantField(null=True)  # of the last use
    liked_at = InstantField(null=True)
    granted_at = InstantField(null=True)
    granted_until = InstantField(null=True)  # null: as long as the offer may be used

    class Meta:
        indexes = ((("terms", "member"), True),)
        constraints = [Check("uses >= 0", "offer_member_uses_are_not_negative")]


class OfferUse(BaseModel):
    """A member used an offer. How long it was active is its own, whatever the club says later."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False, backref="+")
    terms = ForeignKeyField(MemberTerms, index=False, backref="+")
    member = ForeignKeyField(Member, index=False, backref="+")
    used_at = InstantField()
    active_until = InstantField()
    undone_at = InstantField(null=True)  # a mistake: it counts no more

    class Meta:
        indexes = (
            (("member", "terms", "used_at"), False),
            (("terms", "used_at"), False),
            (("partner", "used_at"), False),
        )
        constraints = [Check("active_until >= used_at", "offer_use_is_active_from_then_on")]
