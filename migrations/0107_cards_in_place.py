"""PostgreSQL writes a card where it stands: pages keep room for what is booked, or each booking would write all indexes anew. Frozen."""

from peewee import SqliteDatabase


def up(migrator, db):
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("ALTER TABLE card SET (fillfactor = 85)")


def down(migrator, db):
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("ALTER TABLE card RESET (fillfactor)")
