"""The way of a file, whatever it holds: upload, choose columns, look at what would happen, confirm, cancel.

The worker does what takes long; nothing of a file is imported before somebody has confirmed it.
"""

from typing import Any

from peewee import Case, fn

from portal import clock
from portal.database import transaction
from portal.domain.accounts.partners import partners
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.importing.files import Sheet
from portal.domain.importing.keeping import ROWS_LAST, drop_text
from portal.domain.importing.tables import Tables
from portal.domain.importing.words import APPLYING, CANCELED, CHECKED, CHECKING, DONE, MAPPING, READING, UNDOING, UNDONE
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.typed.texts import in_one_line

BUSY = (READING, CHECKING, APPLYING)
ENDED = (DONE, CANCELED)
MOST_UNFINISHED = 5
_SENTENCES = {
    APPLYING: say("This import is being carried out already."),
    DONE: say("This import is done. To import more, upload another file."),
    UNDOING: say("This import is being undone."),
    UNDONE: say("This import was undone. Upload the file again to import it."),
    CANCELED: say("This import was canceled. Upload the file again to import it."),
}
_NOT_READY = say("The file is not checked yet. Wait until it is, and confirm what you see then.")
_NOTHING_TO_DO = say("Nothing in this file would be imported. Mend its rows and upload it again.")
_UNCOUNTED = dict.fromkeys(("checked", "checked_line", "new", "changed", "same", "bad"), 0)


def start(
    tables: Tables, partner_id: int, file_name: str, sheet: Sheet, mapping: dict[str, int], is_clear: bool, **chosen: Any
) -> Any:  # fmt: skip
    """Take a file in; whoever acts is remembered. Its rows are read in the background. Raises Invalid("file", …)."""
    now, imports = clock.wall_micros(), tables.imports
    with transaction():
        partners.hold(partner_id)
        unfinished = imports.select().where(imports.partner == partner_id, imports.state.in_((MAPPING, *BUSY, CHECKED)))
        if unfinished.count() >= MOST_UNFINISHED:
            raise Invalid(
                "file",
                say(
                    "{most_unfinished} imports are not finished yet. Confirm or cancel one of them first.",
                    most_unfinished=MOST_UNFINISHED,
                ),
            )
        made = imports.create(
            partner=partner_id,
            actor=log.actor(),
            file_name=in_one_line(file_name)[-255:] or "file.csv",
            separator=sheet.separator,
            head=sheet.head,
            letters=sheet.letters,
            mapping=mapping,
            state=READING if is_clear else MAPPING,
            due_at=now if is_clear else None,
            forget_at=clock.from_micros(now) + ROWS_LAST,
            **chosen,
        )
        of_it = {tables.owner: made}
        tables.texts.insert(text=sheet.text, read_to=sheet.begins, line=sheet.line, **of_it).execute()
    return made


def find(tables: Tables, partner_id: int, uuid: str) -> Any:
    """The partner's import. Raises NotFound."""
    imports = tables.imports
    found = imports.get_or_none(imports.partner == partner_id, imports.uuid == uuid)
    if found is None:
        raise NotFound(say("import"))
    return found


def mapping_of(columns: list[str | None], most: int, fields: tuple[str, ...]) -> dict[str, int]:
    """By field, the column that somebody chose for it (None: none of them). Raises Invalid."""
    mapping: dict[str, int] = {}
    for number, field in enumerate(columns[:most]):
        if field is None:
            continue
        if field not in fields:
            raise Invalid("columns", say("“{field}” is not known here. Choose one of the list.", field=field[:40]))
        if field in mapping:
            raise Invalid("columns", say("Two columns are “{field}”. Choose it for one of them only.", field=field))
        mapping[field] = number
    return mapping


def check_with(tables: Tables, found: Any, mapping: dict[str, int], decimal_sign: str | None, **chosen: Any) -> Any:
    """Have the rows checked anew, with these columns. Raises Invalid, and Refused where it is too late, or too early."""
    if decimal_sign not in (None, *numbers.SIGNS):
        raise Invalid("decimal_sign", say("Choose one of the ways that are listed."))
    imports = tables.imports
    text = tables.texts.select().where(tables.of(tables.texts, found.id))
    checked = imports.update(
        state=Case(None, [(fn.EXISTS(text), READING)], CHECKING),
        mapping=mapping,
        decimal_sign=decimal_sign,
        found_sign=None,
        due_at=clock.wall_micros(),
        **_UNCOUNTED | chosen,
    ).where(imports.id == found.id, imports.state.in_((MAPPING, CHECKED)))
    with transaction():
        if not checked.execute():
            raise Refused(_SENTENCES.get(found.state, say("The file is being checked. Wait a moment, then change it.")))
    return found


def confirm(tables: Tables, found: Any, fact: str, thing: str, counted: str) -> Any:
    """Have the good rows imported, in the name of whoever acts. Raises Refused."""
    imports = tables.imports
    confirmed = imports.update(
        state=APPLYING, confirmed_by=log.actor(), confirmed_at=clock.now(), due_at=clock.wall_micros()
    ).where(imports.id == found.id, imports.state == CHECKED, imports.new + imports.changed > 0)
    with transaction():
        if not confirmed.execute():
            present = imports.get_by_id(found.id).state
            raise Refused(_NOTHING_TO_DO if present == CHECKED else _SENTENCES.get(present, _NOT_READY))
        log.record(found.partner_id, fact, thing, found.uuid, {counted: found.new + found.changed})
    return found


def cancel(tables: Tables, found: Any, fact: str, thing: str) -> Any:
    """Stop it, whatever it is at; what was imported already stays. Raises Refused once it has ended."""
    imports = tables.imports
    canceled = imports.update(state=CANCELED, ended_at=clock.now(), due_at=None).where(
        imports.id == found.id, imports.state.in_((MAPPING, *BUSY, CHECKED))
    )
    with transaction():
        if not canceled.execute():
            raise Refused(_SENTENCES.get(imports.get_by_id(found.id).state, _SENTENCES[DONE]))
        drop_text(tables, found.id)
        log.record(found.partner_id, fact, thing, found.uuid)
    return imports.get_by_id(found.id)
