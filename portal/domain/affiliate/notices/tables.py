"""What waits to be told in one mail with others of its kind."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.deals.tables import Deal


class GatheredNotice(BaseModel):
    """One fact about a deal that a partner's people are told of, together with what else happens within minutes."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    kind = CharField(32)
    deal = ForeignKeyField(Deal, index=False)
    at = InstantField(default=clock.now)  # by the wall's clock, also in test mode

    class Meta:
        indexes = ((("partner", "kind", "id"), False),)
