"""Invitations into teams, the terms of use and their acceptance, and partners' logos. Frozen: models are copied here."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, Model, TextField


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"


class User(Model):
    id = BigAutoField()

    class Meta:
        table_name = "person"


class Invitation(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    mail = CharField(254)
    role = CharField(16)
    key_digest = CharField(64, unique=True)
    invited_by = ForeignKeyField(User, backref="+", null=True, on_delete="SET NULL")
    created_at = BigIntegerField()
    sent_at = BigIntegerField()
    expires_at = BigIntegerField()
    accepted_at = BigIntegerField(null=True)
    accepted_by = ForeignKeyField(User, backref="+", null=True, on_delete="SET NULL")
    withdrawn_at = BigIntegerField(null=True)

    class Meta:
        table_name = "invitation"
        legacy_table_names = False
        indexes = ((("partner", "created_at"), False),)
        constraints = [Check("role IN ('owner', 'manager', 'cashier', 'viewer')", "invitation_role_is_known")]


Invitation.add_index(
    Invitation.index(
        Invitation.partner,
        Invitation.mail,
        unique=True,
        where=SQL("accepted_at IS NULL AND withdrawn_at IS NULL"),
        name="invitation_open_once",
    )
)


class TermsVersion(Model):
    number = BigIntegerField(primary_key=True)
    text = TextField()
    published_at = BigIntegerField()
    published_by = ForeignKeyField(User, backref="+", null=True, on_delete="SET NULL")

    class Meta:
        table_name = "terms_version"
        legacy_table_names = False


class TermsAcceptance(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    terms = ForeignKeyField(TermsVersion, backref="+")
    accepted_by = ForeignKeyField(User, backref="+", null=True, on_delete="SET NULL")
    accepted_at = BigIntegerField()

    class Meta:
        table_name = "terms_acceptance"
        legacy_table_names = False
        indexes = ((("partner", "terms"), True),)


TABLES = [Invitation, TermsVersion, TermsAcceptance]

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("partner", "logo", "VARCHAR(36)")]


def up(migrator, db):
    with db.bind_ctx([Partner, User, *TABLES]):
        db.create_tables(TABLES)
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def down(migrator, db):
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    with db.bind_ctx([Partner, User, *TABLES]):
        db.drop_tables(TABLES)
