"""Apps that a club knows, codes that lead a member's browser back to one, and the tokens that apps hold.

Of whatever lets somebody in only its SHA-256 is kept. Times are the partner's: a test mode tries what an end does.
"""

from peewee import BigAutoField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.members.tables import Member


class OauthApp(BaseModel):
    """An app of a partner's: where it may send a member's browser back to."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    name = CharField(80)
    client_id = CharField(40, unique=True)  # public: it stands in addresses
    redirect_uris = JsonField()
    archived_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)


class OauthAppToken(BaseModel):
    """A client token that the app's requests carry: its codes are worth nothing with another one."""

    id = BigAutoField()
    app = ForeignKeyField(OauthApp, index=False, on_delete="CASCADE", backref="tokens")
    token = ForeignKeyField(ClientToken, on_delete="CASCADE", backref="+")

    class Meta:
        indexes = ((("app", "token"), True),)


class ClientLineage(BaseModel):
    """A client token that took the place of another: the first of all whose place it has."""

    token = ForeignKeyField(ClientToken, primary_key=True, on_delete="CASCADE", backref="+")
    first = ForeignKeyField(ClientToken, index=False, on_delete="CASCADE", backref="+")


class OauthOrigin(BaseModel):
    """Where an app's web pages stand, whose scripts may ask for tokens: `https://shop.example`."""

    id = BigAutoField()
    app = ForeignKeyField(OauthApp, on_delete="CASCADE", backref="+")
    origin = CharField(255, index=True)


class TokenChain(BaseModel):
    """One sign-in of a member's in an app, and all tokens that came of it: they end together."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    app = ForeignKeyField(OauthApp, null=True, on_delete="CASCADE", backref="+")  # null: a program of the partner's own
    client_token = ForeignKeyField(ClientToken, null=True, on_delete="SET NULL", backref="+")  # by which it began
    created_at = InstantField(default=clock.now)
    used_at = InstantField(default=clock.now)  # tokens were drawn last
    expires_at = InstantField(index=True)
    ended_at = InstantField(null=True)


class OauthToken(BaseModel):
    """A pair: what opens the member's things for a day, and what draws the next pair once."""

    id = BigAutoField()
    chain = ForeignKeyField(TokenChain, on_delete="CASCADE", backref="+")
    access_digest = CharField(64, unique=True)
    access_ends = InstantField()
    refresh_digest = CharField(64, unique=True)
    follows = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
    refreshed_at = InstantField(null=True, index=True)  # the next pair was drawn
    created_at = InstantField(default=clock.now)


class OauthCode(BaseModel):
    """A member agreed: the app that asked draws tokens with it once, and knows what the challenge was made of."""

    id = BigAutoField()
    app = ForeignKeyField(OauthApp, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    code_digest = CharField(64, unique=True)
    redirect_uri = TextField()
    challenge = CharField(128)
    created_at = InstantField(default=clock.now)
    expires_at = InstantField(index=True)
    used_at = InstantField(null=True)
    chain = ForeignKeyField(TokenChain, null=True, on_delete="CASCADE", backref="+")  # what it began
