"""The installation's terms of use, and who accepted which version for which partner."""

from peewee import BigAutoField, BigIntegerField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner, User


class TermsVersion(BaseModel):
    """A version of the terms of use. What was published is never edited: a change is a new version."""

    number = BigIntegerField(primary_key=True)  # counted from 1
    text = TextField()
    published_at = InstantField(default=clock.now)
    published_by = ForeignKeyField(User, null=True, on_delete="SET NULL")


class TermsAcceptance(BaseModel):
    """An owner accepted a version for a partner."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    terms = ForeignKeyField(TermsVersion)
    accepted_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
    accepted_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "terms"), True),)
