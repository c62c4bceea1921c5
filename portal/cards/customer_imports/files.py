"""The files that go out: a sample to start from, and the lines that must be mended."""

from portal.cards.customer_imports.kind import CUSTOMERS
from portal.domain.cards.imports.files import PERSON, WIRE
from portal.web import spreadsheets
from portal.web.imported import files

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
    return files.bad(CUSTOMERS, import_uuid)
