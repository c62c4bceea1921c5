"""A thread's connection, when it is lost, rests or may be broken."""

from peewee import InterfaceError, OperationalError, SqliteDatabase

from portal.database.tables import database
from portal.write_lock import Busy

LOST = (OperationalError, InterfaceError)
AWAY = (*LOST, Busy)  # what is raised when the database cannot be used, or not in time


def drop_connection() -> None:
    """Forget this thread's connection, whatever state it is in; the next query opens a new one."""
    connection = database.obj._state.conn
    database.obj._state.reset()
    try:
        if connection is not None:
            connection.close()
    except Exception:
        pass  # It was lost: there is nothing left to close.


def rest_connection() -> None:
    """Before a long pause: a server of PostgreSQL has few connections for many, SQLite's costs nothing to keep."""
    if not isinstance(database.obj, SqliteDatabase):
        drop_connection()


def mend_connection() -> None:
    """After a failure: SQLite's connection is kept if it still reads (on a full disk none can be opened), others are forgotten."""
    kept = database.obj._state.conn
    if isinstance(database.obj, SqliteDatabase) and kept is not None and _still_reads(kept):
        database.obj._state.set_connection(kept)  # Whatever was begun on it is forgotten.
    else:
        drop_connection()


def _still_reads(connection) -> bool:
    try:
        connection.rollback()
        return connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() is not None
    except Exception:
        return False
