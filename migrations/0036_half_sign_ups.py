"""What somebody typed to sign up, until the mailed code proves the address. Frozen: models are copied here."""

from peewee import BigAutoField, BigIntegerField, CharField, IntegerField, Model, SqliteDatabase


class HalfSignUp(Model):
    id = BigAutoField()
    key_digest = CharField(64, unique=True)
    network = CharField(45)
    mail = CharField(254)
    name = CharField(120)
    password_hash = CharField(200)
    company = CharField(120)
    time_zone = CharField(64)
    currency = CharField(3)
    terms = IntegerField(null=True)
    language = CharField(8, null=True)
    created_at = BigIntegerField()
    expires_at = BigIntegerField(index=True)
    used_at = BigIntegerField(null=True)

    class Meta:
        table_name = "half_sign_up"
        legacy_table_names = False


def up(migrator, db):
    with db.bind_ctx([HalfSignUp]):
        db.create_tables([HalfSignUp])
    # Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
    kind = "INTEGER" if isinstance(db, SqliteDatabase) else "BIGINT"
    db.execute_sql(
        f"ALTER TABLE asked_link ADD COLUMN half_sign_up_id {kind} REFERENCES half_sign_up (id) ON DELETE CASCADE"
    )
    db.execute_sql("CREATE INDEX asked_link_half_sign_up_id ON asked_link (half_sign_up_id)")


def down(migrator, db):
    db.execute_sql("DROP INDEX asked_link_half_sign_up_id")
    db.execute_sql("ALTER TABLE asked_link DROP COLUMN half_sign_up_id")
    with db.bind_ctx([HalfSignUp]):
        db.drop_tables([HalfSignUp])
