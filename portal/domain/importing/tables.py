"""What the tables of imports have in common: what was uploaded, its rows, and what became of each. Each kind has its own."""

from typing import Any, NamedTuple

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid


class Import(BaseModel):
    """A file on its way in. Its rows are forgotten after a while, its counts stay.

    `due_at`, `forget_at` are moments of the wall, also in test mode: they are the worker's.
    """

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    actor = CharField(64)
    confirmed_by = CharField(64, null=True)
    file_name = CharField(255)
    separator = CharField(1)
    head = JsonField()  # the names of the file's columns
    mapping = JsonField()  # by field: which column it is taken from
    decimal_sign = CharField(1, null=True)  # before the decimals of its sums, as somebody said
    found_sign = CharField(1, null=True)  # the same, as its rows show; null until they are looked through
    letters = CharField(16, null=True)  # what its letters were taken for, where they are no Unicode
    state = CharField(16)
    total = IntegerField(default=0)
    checked = IntegerField(default=0)
    checked_line = IntegerField(default=0)  # how far the present check has come
    new = IntegerField(default=0)
    changed = IntegerField(default=0)
    same = IntegerField(default=0)
    bad = IntegerField(default=0)
    done = IntegerField(default=0)
    failed = IntegerField(default=0)
    due_at = InstantField(null=True)  # when a worker may take it up; null when nothing is to be done
    forget_at = InstantField(null=True)  # when its rows are removed; null once they are
    created_at = InstantField(default=clock.now)
    confirmed_at = InstantField(null=True)
    ended_at = InstantField(null=True)


class ImportText(BaseModel):
    """The text of a file until it is read into rows: `read_to` characters of it, up to `line`, are."""

    text = TextField()
    read_to = BigIntegerField()
    line = IntegerField()


class ImportedRow(BaseModel):
    """A row of the file, by the line it begins in. `errors` are [field, sentence] each."""

    id = BigAutoField()
    line = IntegerField()
    cells = JsonField()
    is_broken = BooleanField(default=False)  # it could not be divided into cells
    state = CharField(16)
    named = CharField(255, null=True)  # what the row is about, as the file says it, once it was checked
    errors = JsonField(null=True)


class Tables(NamedTuple):
    """The tables of one kind of imports; rows and texts refer to the import by the column `owner`."""

    imports: Any
    texts: Any
    rows: Any
    owner: str

    def of(self, model: Any, import_id: int) -> Any:
        """What is of this import: a condition on its rows or its text."""
        return getattr(model, self.owner) == import_id
