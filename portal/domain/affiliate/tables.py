"""The affiliate programme: catalogs, offers, landings, promoters, clicks and deals.

An offer is bare here; what promoters get of it stands beside it in PromoterTerms and OfferPrice, so that the
members' and the feed's faces of the same offer are rows added, not columns.
"""

from peewee import (
    SQL,
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
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid

# Who ended a promotion or a code.
BY_MERCHANT, BY_PROMOTER = "merchant", "promoter"


class Category(BaseModel):
    """What a catalog is about; the same list for the whole installation."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    name = CharField(64, unique=True)


class Catalog(BaseModel):
    """A product line that a merchant lets promoters sell. Percentages are hundredths of a percent, durations seconds."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    short_code = CharField(16, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    title = CharField(255)
    catalog_code = CharField(255)
    description = TextField(null=True)
    icon = TextField(null=True)
    preview_image = TextField(null=True)
    company_logo = TextField(null=True)
    category = ForeignKeyField(Category, null=True)
    reward_type = CharField(16, default="RevShare")
    reward_percent = IntegerField(null=True)
    moderation_type = CharField(24, default="FREE_ENTRY")
    hold_duration = BigIntegerField(default=30 * 86400)
    canceled_duration = BigIntegerField(default=14 * 86400)
    is_promocode_allowed = BooleanField(default=False)
    is_published = BooleanField(default=True)
    min_promo_code_percent = IntegerField(null=True)
    max_promo_code_percent = IntegerField(null=True)
    offer_geo = JsonField(default=lambda: ["WW"])
    localizations = JsonField(default=list)
    devices = CharField(16, default="All")
    cookies_storage_days = IntegerField(default=30)
    rules = JsonField(default=list)
    text_rule = JsonField(default=list)
    promo_materials = JsonField(default=list)
    approved_deals = BigIntegerField(default=0)  # of deals that have ended
    canceled_deals = BigIntegerField(default=0)  # of deals that have ended
    archived_at = InstantField(null=True)  # put away by its merchant: unpublished, and out of its lists
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "catalog_code"), True), (("partner", "id"), False))
        constraints = [
            Check("reward_percent BETWEEN 5 AND 9500", "catalog_reward_percent_in_range"),
            Check("min_promo_code_percent <= max_promo_code_percent", "catalog_promo_percents_in_order"),
            Check("hold_duration >= 0 AND canceled_duration >= 0", "catalog_durations_not_negative"),
            Check("approved_deals >= 0 AND canceled_deals >= 0", "catalog_counters_not_negative"),
        ]


class Offer(BaseModel):
    """A thing that can be bought or used."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner)
    catalog = ForeignKeyField(Catalog, null=True, index=False, backref="offers")
    name = CharField(255)
    description = TextField(null=True)
    is_active = BooleanField(default=True)
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("catalog", "name"), True), (("catalog", "id"), False))


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


class OfferPrice(BaseModel):
    """The price of an offer in one currency, in minor units."""

    id = BigAutoField()
    offer = ForeignKeyField(Offer, index=False, backref="prices", on_delete="CASCADE")
    currency = CharField(3)
    cost = BigIntegerField()

    class Meta:
        indexes = ((("offer", "currency"), True),)
        constraints = [Check("cost >= 0", "offer_price_not_negative")]


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
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("merchant", "code"), True),)

    @property
    def is_merchants(self) -> bool:
        """Whether the merchant alone ends and resumes it: it made the code for the promoter, or ended it."""
        return self.is_personal or self.ended_by == BY_MERCHANT


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


class Deal(BaseModel):
    """A purchase that the merchant reported. What it was made under (terms, durations, names) is kept with it."""

    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    deal_id = CharField(255)
    catalog = ForeignKeyField(Catalog, index=False)
    offer = ForeignKeyField(Offer, index=False)
    offer_name = CharField(255)
    catalog_code = CharField(255, null=True)  # as it was reported; null for deals older than this column
    status = CharField(16)
    is_returned = BooleanField(default=False)
    cost = BigIntegerField()
    first_cost = BigIntegerField()
    currency = CharField(3)
    promo_code = CharField(255, null=True)
    another_data = TextField(null=True)
    comment = TextField(null=True)
    promotion = ForeignKeyField(Promotion, null=True, index=False)
    used_code = ForeignKeyField(PromoCode, null=True, index=False)
    click = ForeignKeyField(Click, null=True, index=False)
    customer = CharField(255, null=True)
    attribution = JsonField()  # the steps that decided whose deal it is, kept whole
    is_self_referral = BooleanField(default=False)  # the promoter and the merchant, or the customer, are one
    reward_percent = IntegerField(null=True)
    fix_remuneration = BigIntegerField(null=True)
    hold_duration = BigIntegerField()
    canceled_duration = BigIntegerField()
    payment_sum = BigIntegerField(default=0)
    conversion_time = InstantField()
    paid_at = InstantField(null=True)
    approved_at = InstantField(null=True)
    canceled_at = InstantField(null=True)
    modified_at = InstantField()
    due_at = InstantField(
        null=True
    )  # when the worker cancels (Created) or approves (Paid) it; null when nothing is due

    class Meta:
        indexes = (
            (("partner", "deal_id"), True),
            (("offer", "conversion_time", "id"), False),
            (("partner", "status", "conversion_time", "id"), False),
            (("partner", "currency", "conversion_time", "id"), False),
            (("catalog", "conversion_time", "id"), False),
            (("catalog", "status", "conversion_time", "id"), False),
            (("promotion", "conversion_time", "id"), False),
        )
        constraints = [
            Check("status IN ('Created', 'Paid', 'Canceled')", "deal_status_is_known"),
            Check("cost >= 0", "deal_cost_not_negative"),
            Check("NOT is_returned OR status = 'Canceled'", "deal_returned_is_canceled"),
            Check("approved_at IS NULL OR paid_at IS NOT NULL", "deal_approved_was_paid"),
        ]


Deal.add_index(Deal.index(Deal.due_at, where=SQL("due_at IS NOT NULL"), name="deal_due"))
Deal.add_index(
    Deal.index(
        Deal.used_code, Deal.conversion_time, Deal.id, where=SQL("used_code_id IS NOT NULL"), name="deal_by_used_code"
    )
)
Deal.add_index(
    Deal.index(Deal.click, Deal.conversion_time, Deal.id, where=SQL("click_id IS NOT NULL"), name="deal_by_click")
)
Deal.add_index(
    Deal.index(
        Deal.partner,
        Deal.customer,
        Deal.conversion_time,
        Deal.id,
        where=SQL("customer IS NOT NULL"),
        name="deal_by_customer",
    )
)
for _name, _where in (("deal_of_nobody", "promotion_id IS NULL"), ("deal_self_referral", "is_self_referral")):
    Deal.add_index(Deal.index(Deal.partner, Deal.conversion_time, Deal.id, where=SQL(_where), name=_name))
# Sums over a period read nothing but this index.
Deal.add_index(
    Deal.index(
        Deal.partner,
        Deal.conversion_time,
        Deal.id,
        Deal.status,
        Deal.approved_at,
        Deal.currency,
        Deal.cost,
        Deal.payment_sum,
        Deal.offer,
        name="deal_by_time",
    )
)
# Where all is approved the few that are not yet, and the other way round, are found without reading the rest.
for _name, _where in (("deal_pending", "approved_at IS NULL"), ("deal_approved", "approved_at IS NOT NULL")):
    Deal.add_index(
        Deal.index(
            Deal.partner,
            Deal.status,
            Deal.conversion_time,
            Deal.id,
            where=SQL(f"status = 'Paid' AND {_where}"),
            name=_name,
        )
    )
Catalog.add_index(Catalog.index(Catalog.id, where=SQL("is_published"), name="catalog_in_marketplace"))
