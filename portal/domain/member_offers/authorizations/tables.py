"""Codes that staff make at the counter (contract: member-offers, "What is settled")."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.members.tables import Member


class AuthorizationCode(BaseModel):
    """A code for one use of an offer by a member. It is kept as what nobody without the installation's secret can make of it."""

    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="+")
    digest = CharField(64)
    expires_at = InstantField(index=True)
    used_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("member", "terms", "digest"), False),)
