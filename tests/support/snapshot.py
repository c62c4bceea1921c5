"""Rows that were made once and are put back into an empty database as often as wanted: much quicker than making them."""

from peewee import AutoField, PostgresqlDatabase
from psycopg import ClientCursor

from portal.database import database, transaction
from portal.domain import schema


class Snapshot:
    """What the connected database holds beside the categories, which every database has from its migrations."""

    def __init__(self):
        is_postgresql = isinstance(database.obj, PostgresqlDatabase)
        unordered = "SET LOCAL session_replication_role = replica" if is_postgresql else "PRAGMA defer_foreign_keys = 1"
        self._acts = [(unordered, []), ('DELETE FROM "sequence"', [])]
        for model in schema.MODELS:
            name = model._meta.table_name
            rows = database.execute_sql(f'SELECT * FROM "{name}"').fetchall() if name != "category" else []
            if rows:
                marks = ", ".join([f"({', '.join([database.param] * len(rows[0]))})"] * len(rows))
                self._acts.append((f'INSERT INTO "{name}" VALUES {marks}', [value for row in rows for value in row]))
        if is_postgresql:
            self._acts = [(self._in_one(self._acts), None)]

    def put_back(self) -> None:
        """Write it into an empty database."""
        with transaction():
            cursor = database.cursor()
            for act in self._acts:
                cursor.execute(*act)

    @staticmethod
    def _in_one(acts) -> str:
        """All of it as one text, which PostgreSQL is sent at once."""
        told = ClientCursor(database.connection())
        ends = [
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), MAX(id)) FROM \"{name}\""
            for name in _numbered()
        ]
        return "; ".join([*(told.mogrify(text, given) for text, given in acts), *ends])


def _numbered() -> list[str]:
    """The tables that count their ids, and hold something."""
    counted = [model for model in schema.MODELS if isinstance(model._meta.primary_key, AutoField)]
    return [model._meta.table_name for model in counted if model.select().exists()]
