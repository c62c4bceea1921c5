"""The engine from DATABASE_URL, the base of every table, the one way to write, and prebuilt statements."""

import json
import re
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import ClassVar, Generic, TypeVar, overload

from peewee import (
    BigIntegerField,
    Database,
    DatabaseProxy,
    InterfaceError,
    Model,
    OperationalError,
    PostgresqlDatabase,
    SqliteDatabase,
    TextField,
)
from peewee import sqlite3 as sqlite_driver
from playhouse.migrations import Runner

from portal import clock, private_files
from portal.config import BadSetting, Settings
from portal.letters import alike
from portal.write_lock import Busy, WriteLock

MIGRATIONS = Path(__file__).parent.parent / "migrations"
LOST = (OperationalError, InterfaceError)
AWAY = (*LOST, Busy)  # what is raised when the database cannot be used, or not in time

# The driver keeps 128 by itself, those that ran most: whatever is new is then parsed at each run, which costs what running does.
_KEPT_STATEMENTS = 1024

Row = TypeVar("Row")
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_SPACES = re.compile("[ \n]+")  # A no-break space is part of a text.
_LIST = re.compile(r"\bIN :([a-z_]\w*)")
_PLANNED_BY = re.compile(r"\b(LIKE|LIMIT) (:[a-z_]\w*)")
_THE_SAME = {"LIKE": "LIKE ({} || '')", "LIMIT": "LIMIT ({} + 0)"}

database = DatabaseProxy()
_write_lock: WriteLock | None = None


class BaseModel(Model):
    """Base of every table; names are snake_case of the class."""

    class Meta:
        database = database
        legacy_table_names = False


class InstantField(BigIntegerField):
    """A moment: microseconds since 1970 UTC in the database, an aware datetime in Python."""

    def db_value(self, value):
        return clock.to_micros(value) if isinstance(value, datetime) else value

    def python_value(self, value):
        return None if value is None else clock.from_micros(value)


class JsonField(TextField):
    """A small list or object that is only read whole; text on both engines, so that statements read it alike."""

    def db_value(self, value):
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def python_value(self, value):
        return None if value is None else json.loads(value)


def connect(settings: Settings) -> None:
    """Point the tables at the engine of the settings. Ends the start with a sentence when it is unsafe."""
    global _write_lock
    if settings.is_sqlite:
        path = settings.database_url.removeprefix("sqlite:///")
        _refuse_old_sqlite()
        private_files.folder(settings.data_dir)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        private_files.file(Path(path))
        _write_lock = WriteLock(path + ".lock")
        engine: Database = _sqlite(path)
    else:
        _write_lock = None
        engine = PostgresqlDatabase(settings.database_url, prefer_psycopg3=True)
    database.initialize(engine)
    for statement in Statement.every:
        statement.prepare(engine.param)


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


class Statement(Generic[Row]):
    """SQL written once: building the text costs more than running it, so hot paths keep it.

    `:name` stands for a parameter, `IN :names` for as many as the list given has. `row` names the columns, a NamedTuple
    whose fields are called as they are. `lock` is the row lock that is asked for where the engine has row locks.
    """

    every: ClassVar[list["Statement"]] = []

    @overload
    def __init__(self: "Statement[tuple]", text: str, *, lock: str = ""): ...

    @overload
    def __init__(self, text: str, row: Callable[..., Row], *, lock: str = ""): ...

    def __init__(self, text: str, row=None, *, lock: str = ""):
        self.written, self.lock, self.shape = _SPACES.sub(" ", text).strip(), lock, row
        self._make = _maker(row)
        self._lists = tuple(dict.fromkeys(_LIST.findall(self.written)))
        if database.obj is not None:
            self.prepare(database.param)
        Statement.every.append(self)

    def prepare(self, placeholder: str) -> None:
        """Write it for an engine, which is told by how it writes a parameter."""
        self._placeholder = placeholder
        self._spread: dict[tuple[int, ...], str] = {}
        self.text = _for_engine(self.written, self.lock, placeholder)

    def run(self, **given) -> int:
        """Run a write; the number of rows it touched."""
        return self._ran(given).rowcount

    def row(self, **given) -> Row | None:
        """The first row, or None."""
        found = self._ran(given).fetchone()
        return found if found is None or self._make is None else self._make(found)

    def rows(self, **given) -> list[Row]:
        """Every row."""
        found = self._ran(given).fetchall()
        return found if self._make is None else list(map(self._make, found))

    def value(self, **given):
        """The first column of the first row, or None."""
        found = self._ran(given).fetchone()
        return found and found[0]

    def values(self, **given) -> list:
        """The first column of every row."""
        return [columns[0] for columns in self._ran(given).fetchall()]

    def _ran(self, given: dict):
        if self._lists:
            text, given = self._with_lists(given)
            return database.execute_sql(text, given)
        return database.execute_sql(self.text, given)

    def _with_lists(self, given: dict) -> tuple[str, dict]:
        """The text for lists of these sizes, and each of their values under a name of its own."""
        sizes = tuple(len(given[name]) for name in self._lists)
        text = self._spread.get(sizes)
        if text is None:
            text = self._spread[sizes] = self._spread_out(dict(zip(self._lists, sizes, strict=True)))
        for name, size in zip(self._lists, sizes, strict=True):
            given.update(zip(_places(name, size), given.pop(name), strict=True))
        return text, given

    def _spread_out(self, sizes: dict[str, int]) -> str:
        marks = {name: ", ".join(f":{place}" for place in _places(name, size)) for name, size in sizes.items()}
        written = _LIST.sub(lambda match: f"IN ({marks[match[1]] or 'NULL'})", self.written)
        return _for_engine(written, self.lock, self._placeholder)


@lru_cache(maxsize=1024)
def _places(name: str, size: int) -> tuple[str, ...]:
    return tuple(f"{name}_{place}" for place in range(size))


def _maker(row):
    """What makes a row of its columns. That there are as many as fields is proved once, by a test, not at each row."""
    if row is None or not hasattr(row, "_fields"):
        return row and (lambda columns: row(*columns))
    return partial(tuple.__new__, row)


def migrate() -> list[str]:
    """Bring the schema to head; the names of what was applied."""
    return Runner(database.obj, str(MIGRATIONS)).up()


def rebuild(models: list, last: str) -> None:
    """Make the schema anew as it was after the named migration. Only for a database that holds nothing."""
    runner = Runner(database.obj, str(MIGRATIONS))
    database.drop_tables([*models, runner.History])
    runner.up(last)


def pending_migrations() -> list[str]:
    """Names of migrations that this code has and the database has not."""
    return [step.name for step in Runner(database.obj, str(MIGRATIONS)).status() if step.applied is None]


def applied_migrations() -> list[str]:
    """Names of the migrations that the database has, oldest first."""
    return [step.name for step in Runner(database.obj, str(MIGRATIONS)).status() if step.applied is not None]


def _sqlite(path: str) -> SqliteDatabase:
    pragmas = {
        "busy_timeout": 5000,
        "journal_mode": "wal",
        "synchronous": 2,  # FULL: an answer is given only when the data is on disk.
        "foreign_keys": 1,
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


@lru_cache(maxsize=1024)  # Tests connect thousands of times.
def _for_engine(text: str, lock: str, placeholder: str) -> str:
    if placeholder == "?":  # SQLite has one writer at a time and no row locks.
        # To plan by the value of a parameter right after LIKE or LIMIT, it would parse the statement anew at each run. That
        # costs more than most statements do, and none is planned better for it.
        return _PLANNED_BY.sub(lambda match: _THE_SAME[match[1]].format(match[2]), text)
    text = _PARAMETER.sub(r"%(\1)s", text.replace("%", "%%"))
    return f"{text} {lock}" if lock else text
