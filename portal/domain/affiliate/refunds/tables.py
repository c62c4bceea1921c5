"""Parts of approved deals that went back to customers."""

from peewee import BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.identifiers import new_uuid


class Refund(BaseModel):
    """A part of what the customer paid went back, and the same part of the reward with it. Sums are minor units.

    `taken_back` of the reward went with it, and `payment_sum` was left then.
    """

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    deal = ForeignKeyField(Deal, index=False)
    amount = BigIntegerField()
    taken_back = BigIntegerField()
    payment_sum = BigIntegerField()
    comment = TextField(null=True)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("deal", "id"), False),)
        constraints = [
            Check("amount > 0", "refund_returns_something"),
            Check("taken_back >= 0 AND payment_sum >= 0", "refund_takes_no_more_than_there_is"),
        ]
