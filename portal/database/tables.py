"""The base of every table, and the kinds of fields of our own."""

import json
from datetime import datetime

from peewee import BigIntegerField, DatabaseProxy, Model, TextField

from portal import clock

database = DatabaseProxy()


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
