"""Cards that people asked for by a template's form, until the worker has answered by mail."""

from peewee import BigAutoField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate


class AskedCard(BaseModel):
    """Somebody asked for a card to be sent to this address. Whether it is a customer's already is looked up by the worker alone."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, on_delete="CASCADE", backref="+")
    referred_by = ForeignKeyField(Card, null=True, on_delete="CASCADE", backref="+")
    mail = CharField(254)  # lower case
    person = JsonField()  # name, phone and date of birth of a new customer
    answers = JsonField()  # to the template's fields, as {id, value}
    network = CharField(45)  # where they come from
    language = CharField(8, null=True)
    at = InstantField(default=clock.now)
