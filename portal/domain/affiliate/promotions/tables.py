"""Promoters in catalogs, and their codes."""

from peewee import BigAutoField, BooleanField, CharField, Check, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.promotions import usable
from portal.domain.offers.tables import Catalog

# Who ended a promotion or a code.
BY_MERCHANT, BY_PROMOTER = "merchant", "promoter"


class Promotion(BaseModel):
    """A promoter in a catalog, with the one uid that marks what it brings.

    `message` is what the promoter wrote when it applied, `reason` what was answered; `ended_by` says who took it out.
    """

    id = BigAutoField()
    uid = CharField(16, unique=True)
    catalog = ForeignKeyField(Catalog, index=False, backref="promotions")
    promoter = ForeignKeyField(Partner, backref="promotions")
    state = CharField(16, default="approved")
    percent_discounts = IntegerField(default=0)
    message = TextField(null=True)
    reason = TextField(null=True)
    ended_by = CharField(16, null=True)
    created_at = InstantField(default=clock.now)
    decided_at = InstantField(null=True)

    class Meta:
        indexes = ((("catalog", "promoter"), True), (("catalog", "state", "id"), False))
        constraints = [Check("state IN ('waiting', 'approved', 'refused', 'ended')", "promotion_state_is_known")]


class PromoCode(BaseModel):
    """A code of a promoter's that gives the customer a discount and the promoter the deal."""

    id = BigAutoField()
    merchant = ForeignKeyField(Partner, index=False)
    promotion = ForeignKeyField(Promotion, backref="promo_codes")
    code = CharField(64)  # upper case: codes compare without regard to case
    written = CharField(64)
    percent_discounts = IntegerField()
    is_personal = BooleanField(default=False)
    ended_at = InstantField(null=True)
    ended_by = CharField(16, null=True)
    ends_at = InstantField(null=True)  # until when it counts, if not ended before
    uses_limit = IntegerField(null=True)
    uses = IntegerField(default=0)  # deals that it brought and that are not canceled
    handed_at = InstantField(null=True)  # when it was handed on from a promoter who had ended
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("merchant", "code"), True),)
        constraints = [
            Check("uses_limit >= 1", "promo_code_limit_is_one_use"),
            Check("uses >= 0", "promo_code_uses_not_negative"),
        ]

    @property
    def standing(self) -> str:
        """How it stands by itself, in one word."""
        return usable.standing(self, clock.now())

    @property
    def is_merchants(self) -> bool:
        """Whether the merchant alone ends and resumes it: it made the code for the promoter, or ended it."""
        return self.is_personal or self.ended_by == BY_MERCHANT
