"""The base of every table, and the kinds of fields of our own."""

import json
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from peewee import BigIntegerField, DatabaseProxy, Model, ModelSelect, Node, TextField

from portal import clock

database = DatabaseProxy()


class Rows(ModelSelect):
    """Rows of one table. All its columns are named in a text that is kept: they are most of what such a statement takes to build."""

    def __sql_selection__(self, ctx, is_subquery=False):
        if not self._is_default or is_subquery:
            return super().__sql_selection__(ctx, is_subquery)
        return ctx.literal(_columns(self.model, ctx.alias_manager[self.model._meta.table]))


class BaseModel(Model):
    """Base of every table; names are snake_case of the class."""

    _by_id: ClassVar[dict[type, tuple[str, str]]] = {}

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def select(cls, *fields):
        """Rows, whole unless `fields` are named."""
        return Rows(cls, fields or cls._meta.sorted_fields, is_default=not fields)

    @classmethod
    def get_by_id(cls, pk):
        """The row. Its SQL is kept: to build it costs several times what it does, and rows are got by their ids all the time."""
        key: Any = cls._meta.primary_key
        placeholder, text = BaseModel._by_id.get(cls, ("", ""))
        if placeholder != database.param:
            text = cls.select().where(key == 0).sql()[0]
            BaseModel._by_id[cls] = database.param, text
        return cls.raw(text, key.db_value(pk)).get()

    @classmethod
    def create(cls, **given):
        """The row, written. Its SQL is kept for the same reason."""
        row = cls(**given)
        key: Any = cls._meta.primary_key
        written = {name: value for name, value in row.__data__.items() if name != key.name or value is not None}
        if not cls._meta.auto_increment or any(isinstance(value, Node) for value in written.values()):
            return super().create(**given)
        values = [cls._meta.fields[name].db_value(value) for name, value in written.items()]
        setattr(row, key.name, database.execute_sql(_insert(cls, tuple(written), database.param), values).fetchone()[0])
        row._dirty.clear()
        return row


@cache
def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'"{alias}"."{field.column_name}"' for field in model._meta.sorted_fields)


@cache
def _insert(model: type[Model], names: tuple[str, ...], placeholder: str) -> str:
    columns = ", ".join(f'"{model._meta.fields[name].column_name}"' for name in names)
    values = ", ".join([placeholder] * len(names))
    key: Any = model._meta.primary_key
    return f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({values}) RETURNING "{key.column_name}"'


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
