"""Reading imports of one kind for their pages: the history, the lines of one by what became of them, and examples."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from peewee import fn

from portal import clock
from portal.database import Statement
from portal.domain.importing import files
from portal.domain.importing.tables import Tables
from portal.domain.importing.words import BAD, FAILED
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.typed import words

MOST = 50
_AT_ONCE = 200
_EXAMPLES = 3


class Listed(NamedTuple):
    """An import in the history."""

    id: int
    uuid: str
    file_name: str
    state: str
    actor: str
    total: int
    new: int
    changed: int
    same: int
    bad: int
    done: int
    failed: int
    created_at: int

    @property
    def created(self) -> datetime:
        """When it was uploaded."""
        return clock.from_micros(self.created_at)


class _LineRow(NamedTuple):
    line: int
    cells: str
    named: str | None
    errors: str | None
    thing: str | None


class Line(NamedTuple):
    """A line of the file: what it says by field, its [field, sentence] reasons, and the thing of the portal that it is about."""

    line: int
    says: list[tuple[str, str]]
    named: str | None
    errors: list
    thing: str | None


class Lines(NamedTuple):
    """A page of lines in their order, and the lines around it that earlier and later pages begin at (None at the ends)."""

    rows: list[Line]
    before: int | None
    after: int | None


class LinesOf:
    """What reads fifty lines of an import in one state: `select` is a query of rows `r` with their line, cells, named, errors and
    thing, of the import `:id` and in the state `:state`; `fields` are those that a line tells, in their order."""

    def __init__(self, select: str, fields: tuple[str, ...]):
        self._fields = fields
        self._after = Statement(f"{select} AND r.line > :place ORDER BY r.line LIMIT :most", _LineRow)
        self._before = Statement(f"{select} AND r.line < :place ORDER BY r.line DESC LIMIT :most", _LineRow)

    def page(self, found: Any, state: str, before: int | None = None, after: int | None = None) -> Lines:
        """Fifty lines."""
        asked = {"id": found.id, "state": state, "most": MOST + 1}
        if before is not None:
            rows = self._before.rows(place=before, **asked)
            is_first, is_last, rows = len(rows) <= MOST, False, rows[:MOST][::-1]
        else:
            rows = self._after.rows(place=after or 0, **asked)
            is_first, is_last, rows = not after, len(rows) <= MOST, rows[:MOST]
        return Lines(
            [self._line(found, row) for row in rows],
            before=rows[0].line if rows and not is_first else None,
            after=rows[-1].line if rows and not is_last else None,
        )

    def _line(self, found: Any, row: _LineRow) -> Line:
        says = _says(found, json.loads(row.cells), self._fields)
        return Line(row.line, says, row.named, json.loads(row.errors or "[]"), row.thing)


def history(
    tables: Tables, partner_id: int, before: int | None = None, after: int | None = None, text: str = ""
) -> KeyPage:
    """Fifty of the partner's imports, newest first, whose files have the words of a text in their names."""
    where = Conditions()
    where.add("partner_id = :partner", partner=partner_id)
    if text:
        named, given = words.condition(text, ("file_name",))
        where.add(named, **given)
    select = f"SELECT {', '.join(Listed._fields)} FROM {tables.imports._meta.table_name}"
    return key_pages.read(select, "id", where, Listed, before, after)


def counts(tables: Tables, found: Any) -> dict[str, int]:
    """How many of its lines are kept, by what became of them."""
    rows = tables.rows
    kept = rows.select(rows.state, fn.COUNT(rows.id).alias("number"))
    return {one.state: one.number for one in kept.where(tables.of(rows, found.id)).group_by(rows.state)}


def each_to_mend(tables: Tables, found: Any) -> Iterator[Any]:
    """The lines that were bad or failed, in their order. Read in portions."""
    rows = tables.rows
    bad = rows.select(rows.line, rows.cells, rows.errors).order_by(rows.line).limit(_AT_ONCE)
    bad = bad.where(tables.of(rows, found.id), rows.state.in_((BAD, FAILED)))
    last = 0
    while some := list(bad.where(rows.line > last)):
        yield from some
        last = some[-1].line


def examples(tables: Tables, found: Any) -> list[list[str]]:
    """By column: the texts of its first lines, to tell by what it holds."""
    text = tables.texts.get_or_none(tables.of(tables.texts, found.id))
    first: Any
    if text:
        first = islice(files.rows(text.text, found.separator, text.read_to, text.line), _EXAMPLES)
    else:
        first = tables.rows.select().where(tables.of(tables.rows, found.id)).order_by(tables.rows.line).limit(_EXAMPLES)
    cells = [row.cells for row in first]
    return [[row[number] for row in cells if number < len(row)] for number in range(len(found.head))]


def _says(found: Any, texts: list[str], fields: tuple[str, ...]) -> list[tuple[str, str]]:
    placed = ((field, found.mapping[field]) for field in fields if field in found.mapping)
    return [(field, texts[column].strip()) for field, column in placed if column < len(texts) and texts[column].strip()]
