"""The event log: one row per business fact, written in the transaction of the fact."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField

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
        indexes = ((("partner", "thing", "thing_id", "id"), False),)


# What is read by position is indexed by the worker, which gives it: the write of a fact pays for none of these.
_PLACED = SQL("position IS NOT NULL")
Event.add_index(Event.index(Event.position, unique=True, where=_PLACED, name="event_by_position"))
Event.add_index(Event.index(Event.partner, Event.position, where=_PLACED, name="event_of_partner"))
Event.add_index(Event.index(Event.partner, Event.type, Event.position, where=_PLACED, name="event_of_type"))
Event.add_index(
    Event.index(Event.partner, Event.actor, Event.type, Event.position, where=_PLACED, name="event_of_actor")
)
Event.add_index(Event.index(Event.id, where=SQL("position IS NULL"), name="event_without_position"))


class EventBatch(BaseModel):
    """Some hundred events that were closed together, by their positions, and the digest that hangs on the batch before.

    The row stays when its events are dropped: those after it hang on it.
    """

    number = IntegerField(primary_key=True)
    first_position = BigIntegerField()
    last_position = BigIntegerField()
    events = IntegerField()
    earliest_at = InstantField()  # of its events; test modes are ahead of the wall, so it is no partner's own
    closed_at = InstantField()  # by the wall
    content = CharField(64)  # the digest of its events
    previous = CharField(64)  # the digest of the batch before
    digest = CharField(64)  # of all the above
    dropped_at = InstantField(null=True)


EventBatch.add_index(EventBatch.index(EventBatch.closed_at, name="event_batch_closed"))
EventBatch.add_index(EventBatch.index(EventBatch.number, where=SQL("dropped_at IS NULL"), name="event_batch_kept"))


class Sequence(BaseModel):
    """A counter whose row lock makes one drain of a kind run at a time."""

    name = CharField(32, primary_key=True)
    value = BigIntegerField(default=0)
