"""Origins of a partner's web pages."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner


class BrowserOrigin(BaseModel):
    """Where web pages stand whose scripts may ask the open parts of the API: `https://shop.example`."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    origin = CharField(255)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "origin"), True), (("origin",), False))
