"""Commissions by double entry. Rows are only ever added."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField

from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts.tables import Payout


class Transfer(BaseModel):
    """Why money moved: one business reason, balanced by its entries."""

    id = BigAutoField()
    reason = CharField(24)
    deal = ForeignKeyField(Deal, null=True)
    payout = ForeignKeyField(Payout, null=True, index=False)
    at = InstantField()


Transfer.add_index(Transfer.index(Transfer.payout, where=SQL("payout_id IS NOT NULL"), name="transfer_payout_id"))


class Entry(BaseModel):
    """A signed sum on one account of one partner, towards the other side; the entries of a transfer sum to zero."""

    id = BigAutoField()
    transfer = ForeignKeyField(Transfer, backref="entries")
    partner = ForeignKeyField(Partner, index=False)
    account = CharField(16)
    counterparty = ForeignKeyField(Partner, index=False)
    currency = CharField(3)
    amount = BigIntegerField()

    class Meta:
        indexes = ((("partner", "account", "currency", "counterparty"), False),)
        constraints = [
            Check("account IN ('owed', 'held', 'due', 'paid')", "entry_account_is_known"),
            Check("amount <> 0", "entry_moves_something"),
        ]
