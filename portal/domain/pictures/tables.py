"""Pictures, re-encoded and small, kept in the database so that a backup has them."""

from peewee import SQL, BigAutoField, BlobField, CharField, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner


class Picture(BaseModel):
    """A picture of a partner's, uploaded or named by URL. `body` is null until it was fetched."""

    id = BigAutoField()
    key = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    source_url = TextField(null=True)
    source_digest = CharField(64)
    body = BlobField(null=True)
    content_type = CharField(32, null=True)
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    attempts = IntegerField(default=0)
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)  # until when a worker is at it
    error = TextField(null=True)
    alt = CharField(255, null=True)  # what is on it, for whoever cannot see it
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "source_digest"), True),)


Picture.add_index(Picture.index(Picture.partner, Picture.due_at, where=SQL("due_at IS NOT NULL"), name="picture_due"))
Picture.add_index(
    Picture.index(Picture.partner, Picture.lease_ends, where=SQL("lease_ends IS NOT NULL"), name="picture_leased")
)
