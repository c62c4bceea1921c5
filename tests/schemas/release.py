"""The dumps of released schemas: read, and put back into a database that has just that schema."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path

from peewee import SqliteDatabase
from playhouse.migrations import Runner

from portal.database import MIGRATIONS
from portal.database import database as db

DUMPS = sorted(Path(__file__).parent.glob("*.jsonl"))


@dataclass
class Table:
    """A table of the release: its columns with their kinds, and its rows as the dump has them."""

    columns: dict[str, str]
    rows: list[list] = field(default_factory=list)


class Release:
    """One released schema with data in it."""

    def __init__(self, path: Path):
        head, *lines = map(json.loads, path.read_text().splitlines())
        self.migrations: list[str] = head["migrations"]
        self.tables: dict[str, Table] = {}
        rows: list = []
        for line in lines:
            if isinstance(line, list):
                rows.append(line)
            elif "table" in line:
                self.tables[line["table"]] = table = Table(line["columns"])
                rows = table.rows

    def load(self) -> None:
        """Build the schema of the release in the connected, bare database, and fill it."""
        Runner(db.obj, str(MIGRATIONS)).up(self.migrations[-1])
        for name, table in self.tables.items():
            db.execute_sql(f'DELETE FROM "{name}"')
            names, marks = ", ".join(map('"{}"'.format, table.columns)), ", ".join([db.param] * len(table.columns))
            for row in table.rows:
                db.execute_sql(
                    f'INSERT INTO "{name}" ({names}) VALUES ({marks})', [*map(_value, row, table.columns.values())]
                )
        if not isinstance(db.obj, SqliteDatabase):
            self._set_sequences()

    def present(self, name: str) -> list[list]:
        """The rows that the table has now, in the columns that it had then."""
        table = self.tables[name]
        names = ", ".join(map('"{}"'.format, table.columns))
        found = db.execute_sql(f'SELECT {names} FROM "{name}" ORDER BY 1').fetchall()
        return [[*map(_written, row, table.columns.values())] for row in found]

    def _set_sequences(self) -> None:
        for name, table in self.tables.items():
            key = next(iter(table.columns))
            found = db.execute_sql(f"SELECT pg_get_serial_sequence('\"{name}\"', '{key}')").fetchone()[0]
            if found and table.rows:
                db.execute_sql(f"SELECT setval('{found}', {max(row[0] for row in table.rows)})")


def _value(written, kind: str):
    return base64.b64decode(written) if kind == "bytes" and written is not None else written


def _written(value, kind: str):
    if value is None or isinstance(value, int | str):
        return bool(value) if kind == "boolean" and value is not None else value
    return base64.b64encode(value).decode() if kind == "bytes" else str(value)
