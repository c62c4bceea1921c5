"""Consents of members. They go with the person, not with what they were given for."""

from peewee import BigAutoField, BooleanField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.members.tables import Member


class MemberConsent(BaseModel):
    """A member agreed to this text, as it was shown in their language."""

    id = BigAutoField()
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    about = CharField(120)  # what it was given for: the name of a card's template
    text = TextField()
    at = InstantField(default=clock.now)
    of_messages = BooleanField(default=False)  # that the club may send them news
    withdrawn_at = InstantField(null=True)
