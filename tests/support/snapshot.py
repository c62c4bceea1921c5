"""Rows that were made once and are put back into an empty database as often as wanted: much quicker than making them."""

import psycopg
from peewee import AutoField, PostgresqlDatabase

from portal.database import database, transaction
from portal.domain import schema


class Snapshot:
    """What the connected database holds beside the categories, which every database has from its migrations."""

    def __init__(self):
        self._acts = [('DELETE FROM "sequence"', [])]
        for model in schema.MODELS:
            name = model._meta.table_name
            rows = database.execute_sql(f'SELECT * FROM "{name}"').fetchall() if name != "category" else []
            if rows:
                marks = ", ".join([f"({', '.join([database.param] * len(rows[0]))})"] * len(rows))
                self._acts.append((f'INSERT INTO "{name}" VALUES {marks}', [value for row in rows for value in row]))
        self._text = self._in_one(self._acts) if isinstance(database.obj, PostgresqlDatabase) else ""

    def put_back(self) -> None:
        """Write it into an empty database."""
        if self._text:
            return beside.run(database.obj.database, self._text)
        with transaction():
            cursor = database.cursor()
            for act in [("PRAGMA defer_foreign_keys = 1", []), *self._acts]:
                cursor.execute(*act)

    @staticmethod
    def _in_one(acts) -> str:
        """All of it as one text, which PostgreSQL is sent at once."""
        told = psycopg.ClientCursor(database.connection())
        ends = [
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), MAX(id)) FROM \"{name}\""
            for name in _numbered()
        ]
        return "; ".join([*(told.mogrify(text, given) for text, given in acts), *ends])


def _numbered() -> list[str]:
    """The tables that count their ids, and hold something."""
    counted = [model for model in schema.MODELS if isinstance(model._meta.primary_key, AutoField)]
    return [model._meta.table_name for model in counted if model.select().exists()]


class Beside:
    """One more connection to PostgreSQL, which does not mind references. A connection that is told so forgets all that it has
    planned, and once more when it minds them again: the test's own keeps its plans."""

    def __init__(self) -> None:
        self._url, self._connection = "", None

    def run(self, url: str, text: str) -> None:
        """Run the statements of the text in the database, in a transaction of their own."""
        if self._url != url or self._connection.closed:
            self.close()
            self._url, self._connection = url, psycopg.connect(url, autocommit=True)
            self._connection.execute("SET session_replication_role = replica")
        self._connection.execute(text)

    def close(self) -> None:
        """Let go of the database."""
        if self._connection:
            self._connection.close()


beside = Beside()
