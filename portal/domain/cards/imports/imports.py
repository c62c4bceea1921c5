"""Importing customers from a file: upload, choose columns, look at what would happen, confirm, cancel.

The worker does what takes long (work); nothing of a file reaches the customers before somebody has confirmed it.
"""

from portal.domain.cards.imports import files
from portal.domain.cards.imports.rows import SKIP, UPDATE
from portal.domain.cards.imports.tables import TABLES, CardImport
from portal.domain.errors import Invalid
from portal.domain.importing import verbs
from portal.domain.sentences import say

BUSY, ENDED = verbs.BUSY, verbs.ENDED
THING = "customer_import"
DONE_FACT = "customer_import.done"


def start(partner_id: int, file_name: str, body: bytes, known: str = UPDATE) -> CardImport:
    """Take a file in; whoever acts is remembered. Its rows are read in the background. `known` says what becomes of customers
    that are there. Raises Invalid."""
    _refuse_other(known)
    sheet = files.opened(body)
    mapping = files.mapped(sheet.head)
    return verbs.start(TABLES, partner_id, file_name, sheet, mapping, files.is_clear(mapping), known=known)


def find(partner_id: int, uuid: str) -> CardImport:
    """The partner's import. Raises NotFound."""
    return verbs.find(TABLES, partner_id, uuid)


def take_columns(partner_id: int, uuid: str, columns: list[str | None], known: str = UPDATE) -> CardImport:
    """Say which field each column of the file is (None: none of them), and have the file checked anew. Raises Invalid."""
    found = find(partner_id, uuid)
    _refuse_other(known)
    mapping = verbs.mapping_of(columns, len(found.head), files.FIELDS)
    if not files.is_clear(mapping):
        sentence = say(
            "Choose the column with the first name, and one of phone, mail address, id in your software and id."
        )
        raise Invalid("columns", sentence)
    return verbs.check_with(TABLES, found, mapping, None, known=known)


def check_again(partner_id: int, uuid: str) -> CardImport:
    """Check the rows anew, after something was mended here. Raises NotFound, Refused."""
    found = find(partner_id, uuid)
    return verbs.check_with(TABLES, found, found.mapping, found.decimal_sign)


def confirm(partner_id: int, uuid: str) -> CardImport:
    """Have the good rows imported, in the name of whoever acts. Raises NotFound, Refused."""
    return verbs.confirm(TABLES, find(partner_id, uuid), "customer_import.confirmed", THING, "rows")


def cancel(partner_id: int, uuid: str) -> CardImport:
    """Stop it, whatever it is at; customers that were imported already stay. Raises NotFound, Refused once it has ended."""
    return verbs.cancel(TABLES, find(partner_id, uuid), "customer_import.canceled", THING)


def _refuse_other(known: str) -> None:
    if known not in (UPDATE, SKIP):
        raise Invalid("known", say("Choose one of the ways that are listed."))
