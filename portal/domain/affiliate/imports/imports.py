"""Importing deals from a file: upload, choose columns, look at what would happen, confirm, cancel.

The worker does what takes long (work); nothing of a file reaches the deals before somebody has confirmed it.
"""

from portal.domain.affiliate.deal_lists.export import COLUMNS
from portal.domain.affiliate.imports import files
from portal.domain.affiliate.imports.tables import TABLES, DealImport
from portal.domain.errors import Invalid
from portal.domain.importing import verbs
from portal.domain.importing.files import is_export
from portal.domain.importing.words import MAPPING
from portal.domain.sentences import say
from portal.domain.typed import numbers

BUSY, ENDED, MOST_UNFINISHED = verbs.BUSY, verbs.ENDED, verbs.MOST_UNFINISHED
THING = "import"


def start(partner_id: int, file_name: str, body: bytes) -> DealImport:
    """Take a file in; whoever acts is remembered. Its rows are read in the background. Raises Invalid("file", …)."""
    sheet = files.opened(body)
    mapping = files.mapped(sheet.head)
    sign = {"decimal_sign": numbers.POINT} if is_export(sheet, COLUMNS) else {}
    return verbs.start(TABLES, partner_id, file_name, sheet, mapping, _is_clear(mapping), **sign)


def find(partner_id: int, uuid: str) -> DealImport:
    """The partner's import. Raises NotFound."""
    return verbs.find(TABLES, partner_id, uuid)


def take_columns(partner_id: int, uuid: str, columns: list[str | None], decimal_sign: str | None = None) -> DealImport:
    """Say which field each column of the file is (None: none of them), and have the file checked anew. Raises Invalid.

    `decimal_sign` stands before the decimals of its sums; None: as its rows show.
    """
    found = find(partner_id, uuid)
    mapping = verbs.mapping_of(columns, len(found.head), files.FIELDS)
    if not _is_clear(mapping):
        raise Invalid("columns", say("Choose the column with the deal id, and at least one other column."))
    return verbs.check_with(TABLES, found, mapping, decimal_sign)


def check_again(partner_id: int, uuid: str) -> DealImport:
    """Check the rows anew, after something in the catalogs was mended. Raises NotFound, Refused."""
    found = find(partner_id, uuid)
    return verbs.check_with(TABLES, found, found.mapping, found.decimal_sign)


def confirm(partner_id: int, uuid: str) -> DealImport:
    """Have the good rows imported, in the name of whoever acts. Raises NotFound, Refused."""
    return verbs.confirm(TABLES, find(partner_id, uuid), "import.confirmed", THING, "deals")


def cancel(partner_id: int, uuid: str) -> DealImport:
    """Stop it, whatever it is at; deals that were imported already stay. Raises NotFound, Refused once it has ended."""
    return verbs.cancel(TABLES, find(partner_id, uuid), "import.canceled", THING)


def asks_for_sign(found: DealImport) -> bool:
    """Whether its columns are known, and only how its sums are written is left open by its rows."""
    return found.state == MAPPING and _is_clear(found.mapping)


def _is_clear(mapping: dict[str, int]) -> bool:
    return "deal_id" in mapping and len(mapping) > 1
