"""Reading imports for their pages: the history, the lines of one by what became of them, and an example."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import key_pages
from portal.domain.affiliate.imports import files
from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.key_pages import Conditions, KeyPage

MOST = 50
_AT_ONCE = 200
_EXAMPLES = 3
_IMPORTS = """SELECT id, uuid, file_name, state, actor, total, new, changed, same, bad, done, failed, created_at
    FROM deal_import"""
_COUNTS = Statement("SELECT state, COUNT(*) FROM import_row WHERE deal_import_id = ? GROUP BY state")
_LINES = """SELECT r.line, r.cells, r.named, r.errors, d.uuid FROM import_row r
    JOIN deal_import i ON i.id = r.deal_import_id LEFT JOIN deal d ON d.partner_id = i.partner_id AND d.deal_id = r.named
    WHERE r.deal_import_id = ? AND r.state = ?"""
_AFTER = Statement(f"{_LINES} AND r.line > ? ORDER BY r.line LIMIT ?")
_BEFORE = Statement(f"{_LINES} AND r.line < ? ORDER BY r.line DESC LIMIT ?")
_TO_MEND = Statement(
    """SELECT line, cells, errors FROM import_row
    WHERE deal_import_id = ? AND line > ? AND state IN ('bad', 'failed') ORDER BY line LIMIT ?"""
)
_FIRST = Statement("SELECT cells FROM import_row WHERE deal_import_id = ? ORDER BY line LIMIT ?")
_FILE = Statement("SELECT text, read_to, line FROM import_file WHERE deal_import_id = ?")
_EXAMPLE = Statement(
    """SELECT o.name, c.catalog_code, p.cost, p.currency FROM offer o JOIN catalog c ON c.id = o.catalog_id
    JOIN offer_price p ON p.offer_id = o.id WHERE o.partner_id = ? ORDER BY o.id, p.id LIMIT 1"""
)


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


class Line(NamedTuple):
    """A line of the file: what it says by field, its [field, sentence] reasons, and the deal of that id, if there is one."""

    line: int
    says: list[tuple[str, str]]
    named: str | None
    errors: list
    deal_uuid: str | None


class Lines(NamedTuple):
    """A page of lines in their order, and the lines around it that earlier and later pages begin at (None at the ends)."""

    rows: list[Line]
    before: int | None
    after: int | None


def history(partner_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's imports, newest first."""
    where = Conditions()
    where.add("partner_id = ?", partner_id)
    return key_pages.read(_IMPORTS, "id", where, Listed._make, before, after)


def counts(found: DealImport) -> dict[str, int]:
    """How many of its lines are kept, by what became of them."""
    return dict(_COUNTS.rows(found.id))


def lines(found: DealImport, state: str, before: int | None = None, after: int | None = None) -> Lines:
    """Fifty of its lines in one state."""
    backwards = before is not None
    rows = (_BEFORE if backwards else _AFTER).rows(found.id, state, before if backwards else after or 0, MOST + 1)
    there_is_more, rows = len(rows) > MOST, rows[:MOST]
    if backwards:
        rows.reverse()
    is_first, is_last = (not there_is_more, False) if backwards else (not after, not there_is_more)
    return Lines(
        [Line(line, _says(found, cells), named, json.loads(errors or "[]"), deal) for line, cells, named, errors, deal in rows],
        None if is_first or not rows else rows[0][0],
        None if is_last or not rows else rows[-1][0],
    )  # fmt: skip


def each_to_mend(found: DealImport) -> Iterator[tuple[int, list[str], str]]:
    """The lines that were bad or failed: number, cells, and why in one text. Read in portions."""
    rows = _TO_MEND.rows(found.id, 0, _AT_ONCE)
    while rows:
        for line, cells, errors in rows:
            yield line, json.loads(cells), " ".join(f"{field}: {why}" for field, why in json.loads(errors or "[]"))
        rows = _TO_MEND.rows(found.id, rows[-1][0], _AT_ONCE)


def examples(found: DealImport) -> list[list[str]]:
    """By column: the texts of its first lines, to tell by what it holds."""
    file = _FILE.row(found.id)
    if file:
        first = [row.cells for row in islice(files.rows(file[0], found.separator, *file[1:]), _EXAMPLES)]
    else:
        first = [json.loads(cells) for (cells,) in _FIRST.rows(found.id, _EXAMPLES)]
    return [[row[number] for row in first if number < len(row)] for number in range(len(found.head))]


def example_offer(partner_id: int) -> tuple[str, str, int, str] | None:
    """(offer, catalog_code, cost in minor units, currency) of the partner's oldest offer."""
    return _EXAMPLE.row(partner_id)


def _says(found: DealImport, cells: str) -> list[tuple[str, str]]:
    texts = json.loads(cells)
    placed = ((field, found.mapping[field]) for field in FIELDS if field in found.mapping and field != "deal_id")
    return [(field, texts[column].strip()) for field, column in placed if column < len(texts) and texts[column].strip()]
