"""Names that promoters give to their links, and where merchants send whoever follows a dead one."""

from peewee import BigAutoField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.promotions.tables import Promotion


class OwnLink(BaseModel):
    """A promoter's link under a name of its own. Removed, it keeps the name, so that nobody else gets its visitors."""

    id = BigAutoField()
    slug = CharField(64, unique=True)  # as it is compared
    written = CharField(64)
    promotion = ForeignKeyField(Promotion, backref="own_links")
    landing = ForeignKeyField(Landing, null=True, index=False)
    page = TextField(null=True)  # a page of the shop's, instead of a landing
    subid = CharField(255, null=True)
    created_at = InstantField(default=clock.now)
    removed_at = InstantField(null=True)


class FallbackPage(BaseModel):
    """Where a merchant sends whoever follows a link into its catalogs that leads nowhere."""

    partner = ForeignKeyField(Partner, primary_key=True)
    url = TextField()
    changed_at = InstantField(default=clock.now)
