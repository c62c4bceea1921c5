"""The second factor of sign-ins, what people want to be told by mail, and what waits to be told. Frozen: models are copied here."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, Model, TextField


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"


class User(Model):
    id = BigAutoField()

    class Meta:
        table_name = "person"


class SignIn(Model):
    id = BigAutoField()

    class Meta:
        table_name = "sign_in"


class Deal(Model):
    id = BigAutoField()

    class Meta:
        table_name = "deal"


class SecondFactor(Model):
    id = BigAutoField()
    user = ForeignKeyField(User, backref="+", unique=True, on_delete="CASCADE")
    secret = TextField()
    begun_in = ForeignKeyField(SignIn, backref="+", null=True, on_delete="SET NULL")
    begun_at = BigIntegerField()
    confirmed_at = BigIntegerField(null=True)
    last_step = BigIntegerField()

    class Meta:
        table_name = "second_factor"
        legacy_table_names = False


class RecoveryCode(Model):
    id = BigAutoField()
    user = ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    digest = CharField(64)
    used_at = BigIntegerField(null=True)

    class Meta:
        table_name = "recovery_code"
        legacy_table_names = False
        indexes = ((("user", "digest"), True),)


class HalfSignIn(Model):
    id = BigAutoField()
    key_digest = CharField(64, unique=True)
    user = ForeignKeyField(User, backref="+", on_delete="CASCADE")
    created_at = BigIntegerField()
    expires_at = BigIntegerField(index=True)
    used_at = BigIntegerField(null=True)

    class Meta:
        table_name = "half_sign_in"
        legacy_table_names = False


class NotificationChoice(Model):
    id = BigAutoField()
    user = ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    partner = ForeignKeyField(Partner, backref="+")
    kind = CharField(32)
    is_on = BooleanField()

    class Meta:
        table_name = "notification_choice"
        legacy_table_names = False
        indexes = ((("user", "partner", "kind"), True),)


class GatheredNotice(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    kind = CharField(32)
    deal = ForeignKeyField(Deal, backref="+", index=False)
    at = BigIntegerField()

    class Meta:
        table_name = "gathered_notice"
        legacy_table_names = False
        indexes = ((("partner", "kind", "id"), False),)


TABLES = [SecondFactor, RecoveryCode, HalfSignIn, NotificationChoice, GatheredNotice]

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("mail", "unsubscribe", "TEXT")]


def up(migrator, db):
    with db.bind_ctx([Partner, User, SignIn, Deal, *TABLES]):
        db.create_tables(TABLES)
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def down(migrator, db):
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    with db.bind_ctx([Partner, User, SignIn, Deal, *TABLES]):
        db.drop_tables(TABLES)
