"""Reading the lines of an import of customers by what became of them."""

from portal.domain.cards.imports.files import FIELDS
from portal.domain.importing.lists import LinesOf

LINES = LinesOf(
    """SELECT r.line, r.cells, r.named, r.errors, m.uuid AS thing FROM card_import_row r
    LEFT JOIN member m ON m.id = r.member_id AND m.erased_at IS NULL WHERE r.card_import_id = :id AND r.state = :state""",
    FIELDS,
)
