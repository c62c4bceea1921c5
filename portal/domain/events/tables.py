"""The event log: one row per business fact, written in the transaction of the fact."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField

from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner


class Event(BaseModel):
    """A business fact: ids, not bodies. `position` is given after commit, so that readers by position skip nothing."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    type = CharField(48)
    thing = CharField(24)
    thing_id = CharField(64)
    actor = CharField(64)
    data = JsonField()
    at = InstantField()
    position = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "position"), False), (("partner", "thing", "thing_id", "id"), False))


Event.add_index(Event.index(Event.position, unique=True, name="event_by_position"))
Event.add_index(Event.index(Event.id, where=SQL("position IS NULL"), name="event_without_position"))


class Sequence(BaseModel):
    """A counter whose row lock makes one drain of a kind run at a time."""

    name = CharField(32, primary_key=True)
    value = BigIntegerField(default=0)
