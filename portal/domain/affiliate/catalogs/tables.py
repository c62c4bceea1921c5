"""What promoters get of catalogs and offers: the terms of selling an offer, and the pages that links lead to."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.offers.tables import Catalog, Offer


class PromoterTerms(BaseModel):
    """What selling an offer earns: a percentage, a fixed sum in the currency of its price, or the catalog's percentage."""

    offer = ForeignKeyField(Offer, primary_key=True, backref="promoter_terms", on_delete="CASCADE")
    is_promocode_allowed = BooleanField(default=False)
    reward_percent = IntegerField(null=True)
    fix_remuneration = BigIntegerField(null=True)

    class Meta:
        constraints = [
            Check("reward_percent IS NULL OR fix_remuneration IS NULL", "promoter_terms_one_reward"),
            Check("reward_percent BETWEEN 5 AND 9500", "promoter_terms_percent_in_range"),
            Check("fix_remuneration >= 0", "promoter_terms_fix_not_negative"),
        ]


class Landing(BaseModel):
    """A page of the merchant's where promoters send people. Removed ones stay for the clicks that led to them."""

    id = BigAutoField()
    code = CharField(16, unique=True)
    catalog = ForeignKeyField(Catalog, index=False, backref="landings")
    url = TextField()
    adaptability = CharField(16, default="All")
    title = CharField(255, null=True)
    image_url = TextField(null=True)
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)
    removed_at = InstantField(null=True)

    class Meta:
        indexes = ((("catalog", "id"), False),)
