"""What the counter keeps beside the ledger."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Membership


class CounterPin(BaseModel):
    """The PIN by which somebody of a team takes over at a counter where somebody else has signed in. Only a hash is kept."""

    id = BigAutoField()
    membership = ForeignKeyField(Membership, unique=True, on_delete="CASCADE", backref="+")
    pin_hash = CharField(200)
    set_at = InstantField(default=clock.now)
