"""PostgreSQL knows which texts read alike, as SQLite is told by each connection. Frozen."""

# Not copied: it is good for nothing but agreeing with what the code of the day makes of a text.
from peewee import SqliteDatabase

from portal.letters import function


def up(migrator, db):
    if not isinstance(db, SqliteDatabase):
        db.execute_sql(function())


def down(migrator, db):
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("DROP FUNCTION alike(text)")
