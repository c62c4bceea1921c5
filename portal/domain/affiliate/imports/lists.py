"""Reading imports of deals for their pages: the history, the lines of one by what became of them, and an example."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import TABLES, DealImport, ImportRow
from portal.domain.importing import lists
from portal.domain.importing.lists import Lines
from portal.domain.lists.key_pages import KeyPage


class _LineRow(NamedTuple):
    line: int
    cells: str
    named: str | None
    errors: str | None
    deal_uuid: str | None


_LINES = lists.LinesOf(
    """SELECT r.line, r.cells, r.named, r.errors, d.uuid AS deal_uuid FROM import_row r
    JOIN deal_import i ON i.id = r.deal_import_id LEFT JOIN deal d ON d.partner_id = i.partner_id AND d.deal_id = r.named
    WHERE r.deal_import_id = :id AND r.state = :state""",
    _LineRow,
)
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


def history(partner_id: int, before: int | None = None, after: int | None = None, text: str = "") -> KeyPage:
    """Fifty of the partner's imports, newest first, whose files have the words of a text in their names."""
    return lists.history(TABLES, partner_id, before, after, text)


def made(partner_id: int, uuid: str, most: int) -> list[int]:
    """The ids of deals that the partner's import reported for the first time and that are not canceled, by their lines."""
    return _MADE.values(uuid=uuid, partner=partner_id, most=most)


def counts(found: DealImport) -> dict[str, int]:
    """How many of its lines are kept, by what became of them."""
    return lists.counts(TABLES, found)


def lines(found: DealImport, state: str, before: int | None = None, after: int | None = None) -> Lines:
    """Fifty of its lines in one state."""
    page = _LINES.page(found.id, state, before, after)
    return page._replace(rows=[_line(found, row) for row in page.rows])


def each_to_mend(found: DealImport) -> Iterator[ImportRow]:
    """The lines that were bad or failed, in their order. Read in portions."""
    return lists.each_to_mend(TABLES, found)


def examples(found: DealImport) -> list[list[str]]:
    """By column: the texts of its first lines, to tell by what it holds."""
    return lists.examples(TABLES, found)


def example_offer(partner_id: int) -> Example | None:
    """The partner's oldest offer, if it has one."""
    return _EXAMPLE.row(partner=partner_id)


def _line(found: DealImport, row: _LineRow) -> Line:
    says = lists.says(found, json.loads(row.cells), FIELDS[1:])
    return Line(row.line, says, row.named, json.loads(row.errors or "[]"), row.deal_uuid)
