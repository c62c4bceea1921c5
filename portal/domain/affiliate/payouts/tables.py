"""What promoters are paid: their details, what is due by deal, and the payouts that settled it."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.identifiers import new_uuid


class PayoutDetails(BaseModel):
    """Where a promoter wants its money, from how much on (minor units by currency), and what its invoice says."""

    promoter = ForeignKeyField(Partner, primary_key=True)
    holder = CharField(120)
    account = CharField(120)
    bank = CharField(120, null=True)
    minimums = JsonField(default=dict)
    invoice_name = CharField(120, null=True)
    invoice_address = TextField(null=True)
    tax_number = CharField(40, null=True)
    modified_at = InstantField(default=clock.now)
    account_changed_at = InstantField(null=True)  # when the account took the place of another one
    account_changed_by = CharField(120, null=True)  # what the owner who did it was called


class PayoutRun(BaseModel):
    """A merchant paid some of its promoters at one moment."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    merchant = ForeignKeyField(Partner, index=False)
    actor = CharField(64)
    at = InstantField(default=clock.now)
    file_taken_at = InstantField(null=True)  # when its file for the bank was taken first

    class Meta:
        indexes = ((("merchant", "id"), False),)


class Payout(BaseModel):
    """What one promoter gets from one merchant in one currency: the sum of its items, and where it is sent."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    run = ForeignKeyField(PayoutRun, backref="payouts")
    merchant = ForeignKeyField(Partner, index=False)
    promoter = ForeignKeyField(Partner, index=False)
    number = BigIntegerField()  # counts the merchant's payouts, for its statements
    currency = CharField(3)
    amount = BigIntegerField()
    details = JsonField(null=True)  # the promoter's payout details as they were
    at = InstantField(default=clock.now)
    reversed_at = InstantField(null=True)
    reason = TextField(null=True)  # why it was taken back
    sent_at = InstantField(null=True)  # until then it is recorded alone, and nothing says that it was paid
    reference = CharField(120, null=True)  # of the transfer, as the merchant's bank names it

    class Meta:
        indexes = (
            (("merchant", "number"), True),
            (("promoter", "id"), False),
            (("merchant", "promoter", "currency", "id"), False),
            (("merchant", "sent_at"), False),
            (("promoter", "sent_at"), False),
        )
        constraints = [
            Check("amount > 0", "payout_is_over_zero"),
            Check("reference IS NULL OR sent_at IS NOT NULL", "payout_reference_is_of_a_sent_one"),
        ]


class PayoutItem(BaseModel):
    """What one deal adds to a payout, or takes back from the next one; without a payout it is open.

    Whose deal it is stands here as well, so that what is open is summed without its deals.
    """

    id = BigAutoField()
    merchant = ForeignKeyField(Partner, index=False)
    promoter = ForeignKeyField(Partner, index=False)
    promotion = ForeignKeyField(Promotion, null=True, index=False)
    deal = ForeignKeyField(Deal, index=False)
    currency = CharField(3)
    amount = BigIntegerField()
    payout = ForeignKeyField(Payout, null=True, index=False, backref="items")
    at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("payout", "deal"), True), (("deal", "id"), False))


PayoutItem.add_index(
    PayoutItem.index(PayoutItem.deal, unique=True, where=SQL("payout_id IS NULL"), name="payout_item_open_once")
)
# Sums of what is open read nothing but this index; SQLite needs `payout` in it for that, though it is null there.
PayoutItem.add_index(
    PayoutItem.index(
        PayoutItem.merchant,
        PayoutItem.promoter,
        PayoutItem.promotion,
        PayoutItem.currency,
        PayoutItem.amount,
        PayoutItem.payout,
        PayoutItem.deal,
        where=SQL("payout_id IS NULL"),
        name="payout_item_open",
    )
)
