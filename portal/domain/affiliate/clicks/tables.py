"""Who followed promoters' links."""

from peewee import BigAutoField, CharField, ForeignKeyField, TextField

from portal.database import BaseModel, InstantField
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.promotions.tables import Promotion


class Click(BaseModel):
    """Somebody followed a promoter's link."""

    id = BigAutoField()
    key = CharField(22, unique=True)
    promotion = ForeignKeyField(Promotion, index=False)
    landing = ForeignKeyField(Landing, null=True)
    query = TextField(default="")
    device = CharField(16, default="All")
    at = InstantField()

    class Meta:
        indexes = ((("promotion", "at"), False),)
