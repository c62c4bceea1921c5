"""Importing customers from a file: upload, choose columns, look at what would happen, confirm, cancel.

The worker does what takes long (work); nothing of a file reaches the customers before somebody has confirmed it.
"""

from portal.domain.cards.imports import files
from portal.domain.cards.imports.rows import SKIP, UPDATE
from portal.domain.cards.imports.tables import TABLES, CardImport
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid
from portal.domain.importing import verbs
from portal.domain.importing.words import MAPPING
from portal.domain.sentences import say

BUSY, ENDED = verbs.BUSY, verbs.ENDED
THING = "customer_import"
DONE_FACT = "customer_import.done"


def start(
    partner_id: int, file_name: str, body: bytes, known: str = UPDATE, template: CardTemplate | None = None
) -> CardImport:  # fmt: skip
    """Take a file in; whoever acts is remembered. Its rows are read in the background. `known` says what becomes of customers
    that are there, `template` of which each gets a card where no column says it. Raises Invalid."""
    _refuse_other(known)
    sheet = files.opened(body)
    mapping = files.mapped(sheet.head)
    chosen = {"known": known, "template": template}
    return verbs.start(TABLES, partner_id, file_name, sheet, mapping, files.is_clear(mapping), **chosen)


def find(partner_id: int, uuid: str) -> CardImport:
    """The partner's import. Raises NotFound."""
    return verbs.find(TABLES, partner_id, uuid)


def take_columns(
    partner_id: int, uuid: str, columns: list[str | None], known: str = UPDATE, template: CardTemplate | None = None,
    decimal_sign: str | None = None,
) -> CardImport:  # fmt: skip
    """Say which field each column of the file is (None: none of them), and have the file checked anew. Raises Invalid."""
    found = find(partner_id, uuid)
    _refuse_other(known)
    mapping = verbs.mapping_of(columns, len(found.head), files.FIELDS)
    if not files.is_clear(mapping):
        sentence = say(
            "Choose the column with the first name, and one of phone, mail address, id in your software and id."
        )
        raise Invalid("columns", sentence)
    return verbs.check_with(TABLES, found, mapping, decimal_sign, known=known, template=template)


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


def asks_for_sign(found: CardImport) -> bool:
    """Whether its columns are known, and only how its numbers are written is left open by its rows."""
    return found.state == MAPPING and files.is_clear(found.mapping)


def _refuse_other(known: str) -> None:
    if known not in (UPDATE, SKIP):
        raise Invalid("known", say("Choose one of the ways that are listed."))
