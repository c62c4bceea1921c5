"""Reading imports of customers for their pages: the history, and the lines of one by what became of them."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from portal.domain.cards.imports.files import FIELDS
from portal.domain.cards.imports.tables import TABLES, CardImport, CardImportRow
from portal.domain.importing import lists
from portal.domain.importing.lists import Lines
from portal.domain.importing.words import BAD, FAILED
from portal.domain.lists.key_pages import KeyPage


class _LineRow(NamedTuple):
    line: int
    cells: str
    named: str | None
    errors: str | None
    customer: str | None


_LINES = lists.LinesOf(
    """SELECT r.line, r.cells, r.named, r.errors, m.uuid AS customer FROM card_import_row r
    LEFT JOIN member m ON m.id = r.member_id AND m.erased_at IS NULL WHERE r.card_import_id = :id AND r.state = :state""",
    _LineRow,
)


class Line(NamedTuple):
    """A line of the file: what it says by field, its [field, sentence] reasons, and the customer that it became."""

    line: int
    says: list[tuple[str, str]]
    named: str | None
    errors: list
    customer: str | None


def history(partner_id: int, before: int | None = None, after: int | None = None, text: str = "") -> KeyPage:
    """Fifty of the partner's imports, newest first, whose files have the words of a text in their names."""
    return lists.history(TABLES, partner_id, before, after, text)


def counts(found: CardImport) -> dict[str, int]:
    """How many of its lines are kept, by what became of them."""
    return lists.counts(TABLES, found)


def lines(found: CardImport, state: str, before: int | None = None, after: int | None = None) -> Lines:
    """Fifty of its lines in one state."""
    page = _LINES.page(found.id, state, before, after)
    return page._replace(rows=[_line(found, row) for row in page.rows])


def each_to_mend(found: CardImport) -> Iterator[CardImportRow]:
    """The lines that were bad or failed, in their order. Read in portions."""
    return lists.each_to_mend(TABLES, found, (BAD, FAILED))


def examples(found: CardImport) -> list[list[str]]:
    """By column: the texts of its first lines, to tell by what it holds."""
    return lists.examples(TABLES, found)


def _line(found: CardImport, row: _LineRow) -> Line:
    says = lists.says(found, json.loads(row.cells), FIELDS)
    return Line(row.line, says, row.named, json.loads(row.errors or "[]"), row.customer)
