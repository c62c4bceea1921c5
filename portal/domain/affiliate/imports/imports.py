"""Importing deals from a file: upload, choose columns, look at what would happen, confirm, cancel.

The worker does what takes long (import_work); nothing of a file reaches the deals before somebody has confirmed it.
"""

from peewee import Case, fn

from portal import clock
from portal.database import transaction
from portal.domain.accounts.partners import partners
from portal.domain.affiliate.imports import files
from portal.domain.affiliate.imports.keeping import ROWS_LAST, drop_file
from portal.domain.affiliate.imports.tables import DealImport, ImportFile
from portal.domain.affiliate.imports.words import (
    APPLYING,
    CANCELED,
    CHECKED,
    CHECKING,
    DONE,
    MAPPING,
    READING,
)
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.typed.texts import in_one_line

BUSY = (READING, CHECKING, APPLYING)
ENDED = (DONE, CANCELED)
MOST_UNFINISHED = 5
_SENTENCES = {
    APPLYING: say("This import is being carried out already."),
    DONE: say("This import is done. To import more, upload another file."),
    CANCELED: say("This import was canceled. Upload the file again to import it."),
}
_NOT_READY = say("The file is not checked yet. Wait until it is, and confirm what you see then.")
_NOTHING_TO_DO = say("Nothing in this file would be imported. Mend its rows and upload it again.")

_UNCOUNTED = dict.fromkeys(("checked", "checked_line", "new", "changed", "same", "bad"), 0)


def start(partner_id: int, file_name: str, body: bytes) -> DealImport:
    """Take a file in; whoever acts is remembered. Its rows are read in the background. Raises Invalid("file", …)."""
    sheet = files.opened(body)
    mapping, now = files.mapped(sheet.head), clock.wall_micros()
    is_clear = _is_clear(mapping)
    with transaction():
        partners.hold(partner_id)
        unfinished = DealImport.select().where(DealImport.partner == partner_id, DealImport.state.not_in(ENDED))
        if unfinished.count() >= MOST_UNFINISHED:
            raise Invalid(
                "file",
                say(
                    "{most_unfinished} imports are not finished yet. Confirm or cancel one of them first.",
                    most_unfinished=MOST_UNFINISHED,
                ),
            )
        made = DealImport.create(
            partner=partner_id,
            actor=log.actor(),
            file_name=in_one_line(file_name)[-255:] or "deals.csv",
            separator=sheet.separator,
            head=sheet.head,
            letters=sheet.letters,
            mapping=mapping,
            state=READING if is_clear else MAPPING,
            due_at=now if is_clear else None,
            forget_at=clock.from_micros(now) + ROWS_LAST,
        )
        ImportFile.insert(deal_import=made, text=sheet.text, read_to=sheet.begins, line=sheet.line).execute()
    return made


def find(partner_id: int, uuid: str) -> DealImport:
    """The partner's import. Raises NotFound."""
    found = DealImport.get_or_none(DealImport.partner == partner_id, DealImport.uuid == uuid)
    if found is None:
        raise NotFound(say("import"))
    return found


def take_columns(partner_id: int, uuid: str, columns: list[str | None], decimal_sign: str | None = None) -> DealImport:
    """Say which field each column of the file is (None: none of them), and have the file checked anew. Raises Invalid.

    `decimal_sign` stands before the decimals of its sums; None: as its rows show.
    """
    found = find(partner_id, uuid)
    mapping: dict[str, int] = {}
    for number, field in enumerate(columns[: len(found.head)]):
        if field is None:
            continue
        if field not in files.FIELDS:
            raise Invalid("columns", say("“{field}” is not known here. Choose one of the list.", field=field[:40]))
        if field in mapping:
            raise Invalid("columns", say("Two columns are “{field}”. Choose it for one of them only.", field=field))
        mapping[field] = number
    if not _is_clear(mapping):
        raise Invalid("columns", say("Choose the column with the deal id, and at least one other column."))
    if decimal_sign not in (None, *numbers.SIGNS):
        raise Invalid("decimal_sign", say("Choose one of the ways that are listed."))
    return _checked_with(found, mapping, decimal_sign)


def check_again(partner_id: int, uuid: str) -> DealImport:
    """Check the rows anew, after something in the catalogs was mended. Raises NotFound, Refused."""
    found = find(partner_id, uuid)
    return _checked_with(found, found.mapping, found.decimal_sign)


def confirm(partner_id: int, uuid: str) -> DealImport:
    """Have the good rows imported, in the name of whoever acts. Raises NotFound, Refused."""
    found = find(partner_id, uuid)
    confirmed = DealImport.update(
        state=APPLYING, confirmed_by=log.actor(), confirmed_at=clock.now(), due_at=clock.wall_micros()
    ).where(DealImport.id == found.id, DealImport.state == CHECKED, DealImport.new + DealImport.changed > 0)
    with transaction():
        if not confirmed.execute():
            present = find(partner_id, uuid).state
            raise Refused(_NOTHING_TO_DO if present == CHECKED else _SENTENCES.get(present, _NOT_READY))
        log.record(partner_id, "import.confirmed", "import", uuid, {"deals": found.new + found.changed})
    return found


def cancel(partner_id: int, uuid: str) -> DealImport:
    """Stop it, whatever it is at; deals that were imported already stay. Raises NotFound, Refused once it has ended."""
    found = find(partner_id, uuid)
    canceled = DealImport.update(state=CANCELED, ended_at=clock.now(), due_at=None).where(
        DealImport.id == found.id, DealImport.state.not_in(ENDED)
    )
    with transaction():
        if not canceled.execute():
            raise Refused(_SENTENCES[find(partner_id, uuid).state])
        drop_file(found.id)
        log.record(partner_id, "import.canceled", "import", uuid)
    return find(partner_id, uuid)


def asks_for_sign(found: DealImport) -> bool:
    """Whether its columns are known, and only how its sums are written is left open by its rows."""
    return found.state == MAPPING and _is_clear(found.mapping)


def _is_clear(mapping: dict[str, int]) -> bool:
    return "deal_id" in mapping and len(mapping) > 1


def _checked_with(found: DealImport, mapping: dict[str, int], decimal_sign: str | None) -> DealImport:
    file = ImportFile.select().where(ImportFile.deal_import == found.id)
    checked = DealImport.update(
        state=Case(None, [(fn.EXISTS(file), READING)], CHECKING),
        mapping=mapping,
        decimal_sign=decimal_sign,
        found_sign=None,
        due_at=clock.wall_micros(),
        **_UNCOUNTED,
    ).where(DealImport.id == found.id, DealImport.state.in_((MAPPING, CHECKED)))
    with transaction():
        if not checked.execute():
            raise Refused(_SENTENCES.get(found.state, say("The file is being checked. Wait a moment, then change it.")))
    return found
