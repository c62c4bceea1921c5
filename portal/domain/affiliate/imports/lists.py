"""Reading the lines of an import of deals by what became of them, the deals that it made, and an example."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.importing.lists import LinesOf

LINES = LinesOf(
    """SELECT r.line, r.cells, r.named, r.errors, d.uuid AS thing FROM import_row r
    JOIN deal_import i ON i.id = r.deal_import_id LEFT JOIN deal d ON d.partner_id = i.partner_id AND d.deal_id = r.named
    WHERE r.deal_import_id = :id AND r.state = :state""",
    FIELDS[1:],
)
# A deal that was known before is older than the moment at which somebody said that the file be imported.
_MADE = Statement(
    """SELECT d.id FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id JOIN deal d ON d.id = r.deal_id
    WHERE i.uuid = :uuid AND i.partner_id = :partner AND r.state = 'done' AND d.status <> 'Canceled'
    AND d.conversion_time >= i.confirmed_at ORDER BY r.line LIMIT :most"""
)


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


def made(partner_id: int, uuid: str, most: int) -> list[int]:
    """The ids of deals that the partner's import reported for the first time and that are not canceled, by their lines."""
    return _MADE.values(uuid=uuid, partner=partner_id, most=most)


def example_offer(partner_id: int) -> Example | None:
    """The partner's oldest offer, if it has one."""
    return _EXAMPLE.row(partner=partner_id)
