"""Who follows links is counted once a day, and cannot be found again. Frozen: models are copied here."""

from peewee import BigIntegerField, CharField, IntegerField, Model


class Visit(Model):
    mark = BigIntegerField(primary_key=True)
    day = IntegerField(index=True)

    class Meta:
        table_name = "visit"
        legacy_table_names = False


class VisitSalt(Model):
    day = IntegerField(primary_key=True)
    salt = CharField(64)

    class Meta:
        table_name = "visit_salt"
        legacy_table_names = False


NEW = [Visit, VisitSalt]
COLUMN = "ALTER TABLE click ADD COLUMN is_first BOOLEAN NOT NULL DEFAULT FALSE"
# Clicks and visitors of a stretch of time are counted from the index alone.
OLD_INDEX = ("click_promotion_id_at", "promotion_id, at")
NEW_INDEX = ("click_promotion_id_at_is_first", "promotion_id, at, is_first")


def up(migrator, db):
    with db.bind_ctx(NEW):
        db.create_tables(NEW)
    db.execute_sql(COLUMN)
    _replace(db, OLD_INDEX, NEW_INDEX)


def down(migrator, db):
    _replace(db, NEW_INDEX, OLD_INDEX)
    db.execute_sql("ALTER TABLE click DROP COLUMN is_first")
    with db.bind_ctx(NEW):
        db.drop_tables(NEW)


def _replace(db, old, new):
    db.execute_sql(f"DROP INDEX {old[0]}")
    db.execute_sql(f"CREATE INDEX {new[0]} ON click ({new[1]})")
