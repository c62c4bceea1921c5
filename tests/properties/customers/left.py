"""Where in the database something is still told of somebody."""

from peewee import CharField, TextField

from portal.database import database
from portal.domain import schema

_TEXTS = {
    model: names
    for model in schema.MODELS
    if (names := [f.column_name for f in model._meta.sorted_fields if isinstance(f, (CharField, TextField))])
}


def left_of(said: set[str]) -> list[tuple[str, str]]:
    """The tables, each with the text in which one of these is still said."""
    found = []
    for model, names in _TEXTS.items() if said else ():
        columns = ", ".join(f'"{name}"' for name in names)
        for row in database.execute_sql(f'SELECT {columns} FROM "{model._meta.table_name}"').fetchall():
            found += [(model.__name__, text) for text in map(str, row) for one in said if one in text]
    return found
