"""Why things were refused: a count a day, and the last twenty in full."""

from peewee import BigAutoField, CharField, ForeignKeyField, IntegerField

from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner


class RefusalCount(BaseModel):
    """How often a step refused a thing on a day."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    thing = CharField(24)
    thing_id = CharField(64)
    step = CharField(48)
    day = CharField(10)
    count = IntegerField(default=0)

    class Meta:
        indexes = ((("partner", "thing", "thing_id", "step", "day"), True),)


class Refusal(BaseModel):
    """One refusal with its steps."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    thing = CharField(24)
    thing_id = CharField(64)
    sentence = CharField(500)
    steps = JsonField()
    asked = JsonField(null=True)  # what it was asked with, by name
    actor = CharField(64)
    at = InstantField()

    class Meta:
        indexes = ((("partner", "thing", "thing_id", "id"), False),)
