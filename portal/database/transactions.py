"""The one way to write, and to read everything as of one moment."""

from contextlib import contextmanager

from peewee import SqliteDatabase

from portal.database.tables import database
from portal.write_lock import WriteLock

_write_lock: WriteLock | None = None


def write_behind(lock: WriteLock | None) -> None:
    """Take the lock that writers queue on; None where the engine has row locks."""
    global _write_lock
    _write_lock = lock


@contextmanager
def transaction():
    """The one way to write: everything inside is kept or nothing is. Inside another, it joins it.

    On SQLite the writers queue on a short lock before BEGIN IMMEDIATE; raises Busy when that takes over five seconds.
    """
    if database.in_transaction():
        yield
    elif _write_lock is None:
        with database.atomic():
            yield
    else:
        with _write_lock.held(), database.atomic():
            yield


@contextmanager
def snapshot():
    """Read everything as it stands at one moment, however long it takes, while others write. Not inside a transaction."""
    is_sqlite = isinstance(database.obj, SqliteDatabase)
    database.execute_sql("BEGIN" if is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        database.execute_sql("ROLLBACK")


def savepoint():
    """Inside a transaction: a part that can be undone alone."""
    return database.savepoint()


def after_commit(action) -> None:
    """Run the action once the transaction around is durable; at once when there is none."""
    database.after_commit(action)
