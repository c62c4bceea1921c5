"""Codes that were asked for to sign in to a club, and the browsers in which members are signed in. Times are the wall's."""

from datetime import datetime

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.members.tables import Member


def wall() -> datetime:
    """The moment by the wall's clock: a test mode's may be years ahead."""
    return clock.from_micros(clock.wall_micros())


class AskedCode(BaseModel):
    """Somebody asked for a code to be mailed to this address, whether or not a member has it. The worker looks whose it is."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, on_delete="CASCADE", backref="+")
    mail = CharField(254)  # lower case
    browser_digest = CharField(64, index=True)  # of the browser that asked: in another one the code is worth nothing
    known_member = BigIntegerField(null=True)  # whom that browser has come in as before
    network = CharField(45)
    language = CharField(8, null=True)
    created_at = InstantField(default=wall)
    expires_at = InstantField(index=True)
    answered_at = InstantField(null=True)  # the worker took it up
    member = ForeignKeyField(Member, null=True, index=False, on_delete="CASCADE", backref="+")  # to whom it was mailed
    used_at = InstantField(null=True)
    moved = ForeignKeyField(
        Member, null=True, index=False, on_delete="CASCADE", backref="+"
    )  # whose address it shall be; none signs in

    class Meta:
        indexes = ((("partner", "mail"), False),)


AskedCode.add_index(AskedCode.index(AskedCode.id, where=SQL("answered_at IS NULL"), name="asked_code_waiting"))


class MemberSignIn(BaseModel):
    """A browser in which a member is signed in, named by its cookie. It holds while the member has the address that proved them."""

    id = BigAutoField()
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    key_digest = CharField(64, unique=True)
    mail = CharField(254)
    address = CharField(45)
    agent = CharField(255)
    created_at = InstantField(default=wall)
    seen_at = InstantField(default=wall)
    expires_at = InstantField(index=True)
    ended_at = InstantField(null=True)
