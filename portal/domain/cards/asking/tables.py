"""Cards that people asked for by a template's form, until whoever reads the mail gets them."""

from datetime import timedelta

from peewee import SQL, BigAutoField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate

LASTS = timedelta(days=7)  # the mailed link


def _now():
    """By the wall's clock: a test mode's may be years ahead."""
    return clock.from_micros(clock.wall_micros())


class AskedCard(BaseModel):
    """Somebody asked for a card to be sent to this address, which nothing has proved yet: what was typed changes nobody."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, on_delete="CASCADE", backref="+")
    referred_by = ForeignKeyField(Card, null=True, on_delete="CASCADE", backref="+")
    mail = CharField(254)  # lower case
    person = JsonField()  # name and date of birth of a new customer
    answers = JsonField()  # of a new customer to the template's fields, as {id, value}
    consent = TextField(null=True)  # what they agreed to, at `at`; null from before it was asked for
    network = CharField(45)  # where they come from
    language = CharField(8, null=True)
    at = InstantField(default=_now)
    key_digest = CharField(64, null=True, unique=True)  # of the mailed link; null until it is mailed


AskedCard.add_index(AskedCard.index(AskedCard.id, where=SQL("key_digest IS NULL"), name="asked_card_waiting"))
