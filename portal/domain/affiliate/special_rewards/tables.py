"""What one promoter, or a group of promoters, earns instead of what an offer or its catalog says."""

from peewee import BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.groups.tables import PromoterGroup
from portal.domain.identifiers import new_uuid
from portal.domain.offers.tables import Catalog, Offer


class SpecialReward(BaseModel):
    """For a promoter or a group, on an offer or all of a catalog, for a while or until further notice.

    A percentage in hundredths, or a sum in minor units of its currency: then for deals in that currency alone.
    """

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    merchant = ForeignKeyField(Partner, index=False)
    promoter = ForeignKeyField(Partner, null=True, index=False)
    group = ForeignKeyField(PromoterGroup, null=True, backref="rewards", on_delete="CASCADE")
    catalog = ForeignKeyField(Catalog, null=True)
    offer = ForeignKeyField(Offer, null=True)
    reward_percent = IntegerField(null=True)
    fix_remuneration = BigIntegerField(null=True)
    currency = CharField(3, null=True)
    starts_at = InstantField(default=clock.now)
    ends_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("merchant", "promoter"), False),)
        constraints = [
            Check("(promoter_id IS NULL) <> (group_id IS NULL)", "special_reward_for_one"),
            Check("(catalog_id IS NULL) <> (offer_id IS NULL)", "special_reward_on_one"),
            Check("(reward_percent IS NULL) <> (fix_remuneration IS NULL)", "special_reward_is_one"),
            Check("(fix_remuneration IS NULL) = (currency IS NULL)", "special_reward_sum_has_currency"),
            Check("reward_percent BETWEEN 5 AND 9500", "special_reward_percent_in_range"),
            Check("fix_remuneration >= 0", "special_reward_fix_not_negative"),
            Check("ends_at > starts_at", "special_reward_ends_after_start"),
        ]
