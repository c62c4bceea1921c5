"""The engine from DATABASE_URL, as it is safe to write to."""

from functools import lru_cache
from pathlib import Path

from peewee import Database, SqliteDatabase
from peewee import sqlite3 as sqlite_driver

from portal import private_files
from portal.config import BadSetting, Settings
from portal.database.postgresql import Postgresql
from portal.database.statements import Statement
from portal.database.tables import database
from portal.database.transactions import write_behind
from portal.letters import alike
from portal.write_lock import WriteLock

# The driver keeps 128 by itself, those that ran most: whatever is new is then parsed at each run, which costs what running does.
_KEPT_STATEMENTS = 1024


def connect(settings: Settings) -> None:
    """Point the tables at the engine of the settings. Ends the start with a sentence when it is unsafe."""
    if settings.is_sqlite:
        path = settings.database_url.removeprefix("sqlite:///")
        _refuse_old_sqlite()
        private_files.folder(settings.data_dir)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        private_files.file(Path(path))
        write_behind(WriteLock(path + ".lock"))
        engine: Database = _sqlite(path)
    else:
        write_behind(None)
        engine = Postgresql(settings.database_url, prefer_psycopg3=True)
    database.initialize(engine)
    Statement.prepare_all(engine.param)


def refuse_unsafe_engine() -> None:
    """End the start when an answered write could be lost, with the sentence that says which setting is to blame."""
    if isinstance(database.obj, SqliteDatabase):
        if database.pragma("journal_mode") != "wal":
            raise BadSetting(
                "SQLite cannot keep its write-ahead log here (a network file system?); move DATA_DIR to a local disk."
            )
        return
    for name, unsafe in (("synchronous_commit", "off"), ("fsync", "off"), ("full_page_writes", "off")):
        if database.execute_sql(f"SHOW {name}").fetchone()[0] == unsafe:
            raise BadSetting(f"PostgreSQL runs with {name}={unsafe}: a crash would lose answered writes. Turn it on.")
    if database.execute_sql("SHOW transaction_isolation").fetchone()[0] != "read committed":
        raise BadSetting(
            "PostgreSQL's default_transaction_isolation must be 'read committed': stricter levels defeat the row locks."
        )


def _sqlite(path: str) -> SqliteDatabase:
    pragmas = {
        "busy_timeout": 5000,
        "journal_mode": "wal",
        "synchronous": 2,  # FULL: an answer is given only when the data is on disk.
        "foreign_keys": 1,
        # Whoever fills the log writes it into the database while the other writers wait. In a log of sixteen megabytes most pages are
        # there many times and are written once; of one that is longer each read would look through two tables.
        "wal_autocheckpoint": 4000,
        "cache_size": -32_000,
        "temp_store": 2,
    }
    engine = SqliteDatabase(
        path, pragmas=pragmas, lock_type="IMMEDIATE", returning_clause=True, cached_statements=_KEPT_STATEMENTS
    )
    engine.register_function(_lower, "LOWER", 1)  # Its own knows the letters of ASCII alone.
    engine.register_function(_alike, "ALIKE", 1)
    return engine


def _lower(text):
    return text.lower() if isinstance(text, str) else text


@lru_cache(maxsize=8192)  # Each search looks through the same names again.
def _alike(text):
    return alike(text) if isinstance(text, str) else text


def _refuse_old_sqlite() -> None:
    if sqlite_driver.sqlite_version_info < (3, 51, 3):
        raise BadSetting(
            f"The SQLite library {sqlite_driver.sqlite_version} can corrupt its write-ahead log; "
            "install the pysqlite3 wheel from the lock (3.51.3 or newer)."
        )
