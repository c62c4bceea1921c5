"""Deals, what each was made under, and the filters of their list that people keep under a name."""

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
from portal.domain.accounts.tables import Partner, User
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.identifiers import new_uuid
from portal.domain.offers.tables import Catalog, Offer


class Deal(BaseModel):
    """A purchase that the merchant reported. What it was made under (terms, durations, names) is kept with it."""

    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    deal_id = CharField(255)
    deal_id_key = CharField(255, null=True)  # what people find it by, where that is another text
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
    promo_code_key = CharField(255, null=True)  # the code that it means, where that is another text
    another_data = TextField(null=True)
    comment = TextField(null=True)
    promotion = ForeignKeyField(Promotion, null=True, index=False)
    used_code = ForeignKeyField(PromoCode, null=True, index=False)
    click = ForeignKeyField(Click, null=True, index=False)
    customer = CharField(255, null=True)
    attribution = JsonField()  # the steps that decided whose deal it is, kept whole
    is_self_referral = BooleanField(default=False)  # the promoter and the merchant, or the customer, are one
    unknown_uid = CharField(16, null=True)  # what it names as a promoter and nobody is, until somebody has looked
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
    again_of = ForeignKeyField(
        "self", null=True, index=False, backref="again"
    )  # canceled by time, this one in its place

    class Meta:
        indexes = (
            (("partner", "deal_id"), True),
            (("offer", "conversion_time", "id"), False),
            (("partner", "modified_at", "id"), False),
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


Deal.add_index(Deal.index(Deal.partner, Deal.deal_id_key, where=SQL("deal_id_key IS NOT NULL"), name="deal_by_key"))
Deal.add_index(Deal.index(Deal.partner, Deal.due_at, where=SQL("due_at IS NOT NULL"), name="deal_due"))
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
for _name, _where in (
    ("deal_of_nobody", "promotion_id IS NULL"),
    ("deal_self_referral", "is_self_referral"),
    ("deal_unknown_uid", "unknown_uid IS NOT NULL"),
    ("deal_to_judge", "is_self_referral AND status <> 'Canceled' AND approved_at IS NULL"),
):
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


# A deal is reported again at most once.
Deal.add_index(Deal.index(Deal.again_of, unique=True, where=SQL("again_of_id IS NOT NULL"), name="deal_again"))


class SavedView(BaseModel):
    """A name for what stands behind the question mark of the list's address. Without a person it is the whole team's."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    person = ForeignKeyField(User, null=True, on_delete="CASCADE")
    name = CharField(60)
    query = TextField()
    created_at = InstantField(default=clock.now)


SavedView.add_index(
    SavedView.index(
        SavedView.partner, SavedView.name, unique=True, where=SQL("person_id IS NULL"), name="saved_view_of_team"
    )
)
SavedView.add_index(
    SavedView.index(
        SavedView.partner,
        SavedView.person,
        SavedView.name,
        unique=True,
        where=SQL("person_id IS NOT NULL"),
        name="saved_view_of_person",
    )
)
