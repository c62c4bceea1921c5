"""Apps of clubs, and the tokens by which they act for members. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class ClientToken(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class OauthApp(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    name = CharField(80)
    client_id = CharField(40, unique=True)
    redirect_uris = TextField()
    archived_at = BigIntegerField(null=True)
    created_at = BigIntegerField()


class OauthAppToken(Frozen):
    id = BigAutoField()
    app = ForeignKeyField(OauthApp, index=False, on_delete="CASCADE", backref="+")
    token = ForeignKeyField(ClientToken, on_delete="CASCADE", backref="+")

    class Meta:
        indexes = ((("app", "token"), True),)


class OauthOrigin(Frozen):
    id = BigAutoField()
    app = ForeignKeyField(OauthApp, on_delete="CASCADE", backref="+")
    origin = CharField(255, index=True)


class TokenChain(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    app = ForeignKeyField(OauthApp, null=True, on_delete="CASCADE", backref="+")
    client_token = ForeignKeyField(ClientToken, null=True, on_delete="SET NULL", backref="+")
    created_at = BigIntegerField()
    used_at = BigIntegerField()
    expires_at = BigIntegerField(index=True)
    ended_at = BigIntegerField(null=True)


class OauthToken(Frozen):
    id = BigAutoField()
    chain = ForeignKeyField(TokenChain, on_delete="CASCADE", backref="+")
    access_digest = CharField(64, unique=True)
    access_ends = BigIntegerField()
    refresh_digest = CharField(64, unique=True)
    follows = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
    refreshed_at = BigIntegerField(null=True, index=True)
    created_at = BigIntegerField()


class OauthCode(Frozen):
    id = BigAutoField()
    app = ForeignKeyField(OauthApp, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    code_digest = CharField(64, unique=True)
    redirect_uri = TextField()
    challenge = CharField(128)
    created_at = BigIntegerField()
    expires_at = BigIntegerField(index=True)
    used_at = BigIntegerField(null=True)
    chain = ForeignKeyField(TokenChain, null=True, on_delete="CASCADE", backref="+")


NEW = [OauthApp, OauthAppToken, OauthOrigin, TokenChain, OauthToken, OauthCode]


def up(migrator, db):
    with db.bind_ctx([Partner, ClientToken, Member, *NEW]):
        db.create_tables(NEW)


def down(migrator, db):
    with db.bind_ctx(NEW):
        db.drop_tables(NEW[::-1])
