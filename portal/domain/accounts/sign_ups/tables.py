"""Sign-ups that wait for the code that was mailed."""

from peewee import BigAutoField, CharField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField


class HalfSignUp(BaseModel):
    """What somebody typed to sign up. Nobody and nothing is founded before the mailed code, or link, proves the address."""

    id = BigAutoField()
    key_digest = CharField(64, unique=True)  # of the browser that it was begun in
    network = CharField(45)  # where it was begun: the mails that go out for it are counted by it
    mail = CharField(254)  # lower case
    name = CharField(120)
    password_hash = CharField(200)
    company = CharField(120)
    time_zone = CharField(64)
    currency = CharField(3)
    terms = IntegerField(null=True)  # the version that was accepted
    language = CharField(8, null=True)
    created_at = InstantField(default=clock.now)
    expires_at = InstantField(index=True)
    used_at = InstantField(null=True)
