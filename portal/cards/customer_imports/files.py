"""The files that go out: a sample to start from, and the lines that must be mended."""

from flask import g

from portal.domain.cards.imports import imports
from portal.domain.cards.imports import lists as import_lists
from portal.domain.cards.imports.files import PERSON, WIRE
from portal.domain.cards.imports.tables import CardImportRow
from portal.web import spreadsheets

_LINE, _REASON = "line", "reason"
_SAMPLE = (
    ("Mia", "Berger", "+49 151 23456789", "mia@example.com", 2, "1996-02-29", "C-1001"),
    ("Jonas", "Keller", "+41 44 668 18 00", None, 1, None, "C-1002"),
    ("Anna", None, None, "anna@example.com", None, "1988-09-24", None),
)


def sample():
    """Three customers."""
    return spreadsheets.download("customers-sample.csv", [WIRE[field] for field in PERSON], _SAMPLE)


def bad(import_uuid: str):
    """The lines that were not imported, as they were, each with the reason; once mended they can be uploaded again."""
    found = imports.find(g.partner.id, import_uuid)
    own = [number for number, name in enumerate(found.head) if name not in (_LINE, _REASON)]
    rows = (
        [row.line, *(row.cells[number] if number < len(row.cells) else None for number in own), _reason(row)]
        for row in import_lists.each_to_mend(found)
    )
    return spreadsheets.download(
        "customers-to-mend.csv", [_LINE, *(found.head[number] for number in own), _REASON], rows
    )


def _reason(row: CardImportRow) -> str:
    return " ".join(f"{WIRE.get(field, field)}: {why}" for field, why in row.errors or ())
