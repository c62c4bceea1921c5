"""The second factor of a sign-in: the secret of an app, recovery codes, sign-ins that still wait for it; and counted guesses."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.accounts.tables import SignIn, User


class SecondFactor(BaseModel):
    """The secret that a person's app makes codes from. Until it is confirmed it asks nobody for anything."""

    id = BigAutoField()
    user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
    secret = TextField()  # sealed
    begun_in = ForeignKeyField(SignIn, null=True, on_delete="SET NULL")  # the browser that may see the secret
    begun_at = InstantField(default=clock.now)
    confirmed_at = InstantField(null=True)
    last_step = BigIntegerField(default=0)  # of the last code that was taken, so that none is taken twice


class RecoveryCode(BaseModel):
    """A code for whoever has lost the app; it works once. Only its digest is kept."""

    id = BigAutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    digest = CharField(64)
    used_at = InstantField(null=True)

    class Meta:
        indexes = ((("user", "digest"), True),)


class AskedLink(BaseModel):
    """Somebody asked for a link to be mailed to this address. The worker looks whether it is anybody's, and answers by mail."""

    id = BigAutoField()
    half_sign_up = ForeignKeyField(HalfSignUp, null=True, on_delete="CASCADE")  # that the address is proved for
    mail = CharField(254)  # lower case
    reason = CharField(16)
    in_known_browser = BooleanField()
    at = InstantField(default=clock.now)


class Guess(BaseModel):
    """A counter of guesses, in the bucket that a keyed hash names; it goes once it is quiet."""

    id = BigIntegerField(primary_key=True)
    quiet_at = InstantField(index=True)


class HalfSignIn(BaseModel):
    """The password was right, the second factor is still to come. It is good for nothing else."""

    id = BigAutoField()
    key_digest = CharField(64, unique=True)
    user = ForeignKeyField(User, on_delete="CASCADE")
    created_at = InstantField(default=clock.now)
    expires_at = InstantField(index=True)
    used_at = InstantField(null=True)
