"""PostgreSQL finds out faster which texts read alike: of letters with marks it compared each with seven hundred. Frozen."""

# Not copied: it is good for nothing but agreeing with what the code of the day makes of a text.
from peewee import SqliteDatabase

from portal.letters import function


def up(migrator, db):
    if not isinstance(db, SqliteDatabase):
        db.execute_sql(function())


def down(migrator, db):
    """What reads alike is the same as before."""
