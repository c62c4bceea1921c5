"""Reading imports for their pages: the history, the lines of one by what became of them, and an example."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from peewee import fn

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.imports import files
from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import DealImport, ImportFile, ImportRow
from portal.domain.affiliate.imports.words import BAD, FAILED
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.typed import words

MOST = 50
_AT_ONCE = 200
_EXAMPLES = 3
_IMPORTS = """SELECT id, uuid, file_name, state, actor, total, new, changed, same, bad, done, failed, created_at
    FROM deal_import"""
_LINES = """SELECT r.line, r.cells, r.named, r.errors, d.uuid AS deal_uuid FROM import_row r
    JOIN deal_import i ON i.id = r.deal_import_id LEFT JOIN deal d ON d.partner_id = i.partner_id AND d.deal_id = r.named
    WHERE r.deal_import_id = :id AND r.state = :state"""


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
    deal_uuid: str | None


_AFTER = Statement(f"{_LINES} AND r.line > :place ORDER BY r.line LIMIT :most", _LineRow)
_BEFORE = Statement(f"{_LINES} AND r.line < :place ORDER BY r.line DESC LIMIT :most", _LineRow)


# A deal that was known before is older than the moment at which somebody said that the file be imported.
_MADE = Statement(
    """SELECT d.id FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id JOIN deal d ON d.id = r.deal_id
    WHERE i.uuid = :uuid AND i.partner_id = :partner AND r.state = 'done' AND d.status <> 'Canceled'
    AND d.conversion_time >= i.confirmed_at ORDER BY r.line LIMIT :most"""
)


class Line(NamedTuple):
    """A line of the file: what it says by field, its [field, sentence] reasons, and the deal of that id, if there is one."""

    line: int
    says: list[tuple[str, str]]
    named: str | None
    errors: list
    deal_uuid: str | None


class Example(NamedTuple):
    """An offer as a row of a file names it; `cost` is in minor units."""

    offer: str
    catalog_code: str
    cost: int
    currency: str


_EXAMPLE = Statement(
    """SELECT o.name AS offer, c.catalog_code, p.cost, p.currency FROM offer o JOIN catalog c ON c.id = o.catalog_id
    JOIN offer_price p ON p.offer_id = o.id WHERE o.partner_id = :partner ORDER BY o.id, p.id LIMIT 1""",
    Example,
)


class Lines(NamedTuple):
    """A page of lines in their order, and the lines around it that earlier and later pages begin at (None at the ends)."""

    rows: list[Line]
    before: int | None
    after: int | None


def history(partner_id: int, before: int | None = None, after: int | None = None, text: str = "") -> KeyPage:
    """Fifty of the partner's imports, newest first, whose files have the words of a text in their names."""
    where = Conditions()
    where.add("partner_id = :partner", partner=partner_id)
    if text:
        named, given = words.condition(text, ("file_name",))
        where.add(named, **given)
    return key_pages.read(_IMPORTS, "id", where, Listed, before, after)


def made(partner_id: int, uuid: str, most: int) -> list[int]:
    """The ids of deals that the partner's import reported for the first time and that are not canceled, by their lines."""
    return _MADE.values(uuid=uuid, partner=partner_id, most=most)


def counts(found: DealImport) -> dict[str, int]:
    """How many of its lines are kept, by what became of them."""
    kept = ImportRow.select(ImportRow.state, fn.COUNT(ImportRow.id).alias("number"))
    return {one.state: one.number for one in kept.where(ImportRow.deal_import == found.id).group_by(ImportRow.state)}


def lines(found: DealImport, state: str, before: int | None = None, after: int | None = None) -> Lines:
    """Fifty of its lines in one state."""
    asked = {"id": found.id, "state": state, "most": MOST + 1}
    if before is not None:
        rows = _BEFORE.rows(place=before, **asked)
        is_first, is_last, rows = len(rows) <= MOST, False, rows[:MOST][::-1]
    else:
        rows = _AFTER.rows(place=after or 0, **asked)
        is_first, is_last, rows = not after, len(rows) <= MOST, rows[:MOST]
    return Lines(
        [_line(found, row) for row in rows],
        before=rows[0].line if rows and not is_first else None,
        after=rows[-1].line if rows and not is_last else None,
    )


def each_to_mend(found: DealImport) -> Iterator[ImportRow]:
    """The lines that were bad or failed, in their order. Read in portions."""
    bad = ImportRow.select(ImportRow.line, ImportRow.cells, ImportRow.errors).order_by(ImportRow.line).limit(_AT_ONCE)
    bad = bad.where(ImportRow.deal_import == found.id, ImportRow.state.in_((BAD, FAILED)))
    last = 0
    while some := list(bad.where(ImportRow.line > last)):
        yield from some
        last = some[-1].line


def examples(found: DealImport) -> list[list[str]]:
    """By column: the texts of its first lines, to tell by what it holds."""
    file = ImportFile.get_or_none(ImportFile.deal_import == found.id)
    if file:
        rows = islice(files.rows(file.text, found.separator, file.read_to, file.line), _EXAMPLES)
    else:
        rows = found.rows.order_by(ImportRow.line).limit(_EXAMPLES)
    first = [row.cells for row in rows]
    return [[row[number] for row in first if number < len(row)] for number in range(len(found.head))]


def example_offer(partner_id: int) -> Example | None:
    """The partner's oldest offer, if it has one."""
    return _EXAMPLE.row(partner=partner_id)


def _line(found: DealImport, row: _LineRow) -> Line:
    return Line(row.line, _says(found, row.cells), row.named, json.loads(row.errors or "[]"), row.deal_uuid)


def _says(found: DealImport, cells: str) -> list[tuple[str, str]]:
    texts = json.loads(cells)
    placed = ((field, found.mapping[field]) for field in FIELDS if field in found.mapping and field != "deal_id")
    return [(field, texts[column].strip()) for field, column in placed if column < len(texts) and texts[column].strip()]
