"""A backup is one file that either engine can read back: gzipped lines of JSON, made from one moment while others write.

First line: format and migrations. Then for each table, parents before children, a line that names its columns, and a
line for each row. Last line: the number of rows, so that a file cut short is known as such.
"""

import base64
import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path

from peewee import BlobField, BooleanField, Model, SqliteDatabase, sort_models

from portal import database as engine
from portal.database import database, snapshot, transaction
from portal.domain import schema
from portal.domain.errors import Refused

FORMAT = 1
_AT_ONCE = 2000


def write(path: Path) -> int:
    """Write everything to the file, whole or not at all; the number of rows. Raises Refused when it exists."""
    if path.exists():
        raise Refused(f"{path} exists already. Name another file.")
    # Under a name that nobody can have put something else at; a folder may be everybody's.
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
    part = Path(name)
    try:
        rows = _write_to(number)
        os.link(part, path)
    except FileExistsError:
        raise Refused(f"{path} exists already. Name another file.") from None
    finally:
        part.unlink()
    return rows


def _write_to(number: int) -> int:
    with open(number, "wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, filename="") as packed, snapshot():
            rows = _write_all(packed)
        raw.flush()
        os.fsync(raw.fileno())
    return rows


def read(path: Path) -> int:
    """Fill an empty database from the file, all or nothing; the number of rows. Raises Refused with what is in the way.

    A backup of an earlier release is read into that release's schema, which is then brought to this one's.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines, "{}"))
            _refuse_unfit(head)
            with transaction():
                count = _read_all(lines)
            engine.migrate()
            return count
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.") from None
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError, json.JSONDecodeError):
        raise Refused(f"{path} is no whole backup of a portal. Nothing was restored.") from None


def _write_all(packed) -> int:
    def line(value) -> None:
        # PostgreSQL gives days as dates, SQLite as the text that both take back.
        packed.write(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n")

    line({"portal backup": FORMAT, "migrations": engine.applied_migrations()})
    count = 0
    for model in sort_models(schema.MODELS):
        kinds = {name: _kind(field) for name, field in model._meta.columns.items()}
        line({"table": model._meta.table_name, "columns": kinds})
        for row in _rows(model, list(kinds)):
            line([_to_json(value, kind) for value, kind in zip(row, kinds.values(), strict=True)])
            count += 1
    line({"rows": count})
    return count


def _rows(model: type[Model], columns: list[str]) -> Iterator[tuple]:
    """The rows of a table by key, each after those of its own table that it refers to."""
    key = _key_of(model)
    own = [column for column, field in model._meta.columns.items() if getattr(field, "rel_model", None) is model]
    names = ", ".join(f'"{column}"' for column in columns)
    depth = ", ".join(f'("{column}" IS NOT NULL)' for column in reversed(own))
    order = f'{depth}, "{key}"' if own else f'"{key}"'
    query = f'SELECT {names} FROM "{model._meta.table_name}" ORDER BY {order}'
    if isinstance(database.obj, SqliteDatabase):
        cursor = database.execute_sql(query)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
        return
    database.execute_sql(f"DECLARE backup CURSOR FOR {query}")
    while rows := database.execute_sql(f"FETCH {_AT_ONCE} FROM backup").fetchall():
        yield from rows
    database.execute_sql("CLOSE backup")


def _refuse_unfit(head: dict) -> None:
    if head.get("portal backup") != FORMAT:
        raise Refused("This file is no backup that this release can read.")
    engine.migrate()
    here, there = engine.applied_migrations(), head["migrations"]
    if not there or there != here[: len(there)]:
        last = (there or ["none"])[-1]
        raise Refused(
            f"The backup was made at migration {last}, this release is at {here[-1]}. Restore it with its own release."
        )
    filled = [model._meta.table_name for model in schema.MODELS if _counts(model) and model.select().exists()]
    if filled:
        raise Refused(f"The database is not empty ({', '.join(filled[:3])} …). Restore into a new one.")
    if there != here:
        engine.rebuild(schema.MODELS, there[-1])


def _counts(model: type[Model]) -> bool:
    return model._meta.table_name not in schema.FILLED_BY_MIGRATIONS


def _read_all(lines) -> int:
    """Each table's line comes before its rows; the last line says how many rows there are."""
    count = 0
    tables: list[dict] = []
    for are_rows, some in groupby(map(json.loads, lines), lambda value: isinstance(value, list)):
        if are_rows:
            count += _fill(tables[-1], some)
            continue
        for line in some:
            if "rows" in line:
                return _whole(count, line["rows"], tables)
            tables.append(line)
            if line["table"] in schema.FILLED_BY_MIGRATIONS:
                database.execute_sql(f'DELETE FROM "{line["table"]}"')
    raise EOFError


def _fill(table: dict, rows: Iterator[list]) -> int:
    """Insert the rows, some at a time; how many there were."""
    names = ", ".join(f'"{column}"' for column in table["columns"])
    marks = ", ".join([database.param] * len(table["columns"]))
    insert, kinds, count = f'INSERT INTO "{table["table"]}" ({names}) VALUES ({marks})', table["columns"].values(), 0
    while some := list(islice(rows, _AT_ONCE)):
        cells = [[_from_json(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in some]
        database.cursor().executemany(insert, cells)
        count += len(some)
    return count


def _whole(count: int, said: int, tables: list[dict]) -> int:
    if count != said:
        raise EOFError
    _set_sequences([table["table"] for table in tables])
    return count


def _set_sequences(tables: list[str]) -> None:
    """PostgreSQL's counters of ids go on after the highest."""
    if isinstance(database.obj, SqliteDatabase):
        return
    keys = {model._meta.table_name: _key_of(model) for model in schema.MODELS}
    for table, key in ((table, keys[table]) for table in tables if table in keys):
        sequence = database.execute_sql(f"SELECT pg_get_serial_sequence('\"{table}\"', '{key}')").fetchone()[0]
        if sequence:
            database.execute_sql(f'SELECT setval(\'{sequence}\', COALESCE(MAX("{key}"), 0) + 1, false) FROM "{table}"')


def _key_of(model: type[Model]) -> str:
    return model._meta.primary_key.column_name  # type: ignore[union-attr]  # Every table has one.


def _kind(field) -> str:
    return "bytes" if isinstance(field, BlobField) else "boolean" if isinstance(field, BooleanField) else "plain"


def _to_json(value, kind: str):
    if value is None or kind == "plain":
        return value
    return bool(value) if kind == "boolean" else base64.b64encode(value).decode()


def _from_json(value, kind: str):
    return base64.b64decode(value) if kind == "bytes" and value is not None else value
