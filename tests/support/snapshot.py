"""Rows that were made once and are put back into an empty database as often as wanted: much quicker than making them."""

from peewee import AutoField, PostgresqlDatabase

from portal.database import database, transaction
from portal.domain import schema


class Snapshot:
    """What the connected database holds beside the categories, which every database has from its migrations."""

    def __init__(self):
        self._rows, ends = {}, []
        for model in schema.MODELS:
            name = model._meta.table_name
            rows = database.execute_sql(f'SELECT * FROM "{name}"').fetchall() if name != "category" else []
            if rows:
                marks = ", ".join([database.param] * len(rows[0]))
                self._rows[name] = (f'INSERT INTO "{name}" VALUES ({marks})', rows)
                if isinstance(model._meta.primary_key, AutoField):
                    ends.append(f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), MAX(id)) FROM \"{name}\"")
        self._ends = "; ".join(ends)

    def put_back(self) -> None:
        """Write it into an empty database."""
        with transaction():
            database.execute_sql('DELETE FROM "sequence"')
            cursor = database.cursor()
            for insert, rows in self._rows.values():
                cursor.executemany(insert, rows)
            if isinstance(database.obj, PostgresqlDatabase):
                cursor.execute(self._ends)
