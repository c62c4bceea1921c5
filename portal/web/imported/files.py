"""The file with the lines of an import that must be mended."""

from typing import Any

from flask import g

from portal.domain.importing import lists
from portal.web import spreadsheets
from portal.web.imported.kinds import Kind

_LINE, _REASON = "line", "reason"


def bad(kind: Kind, import_uuid: str):
    """The lines that were not imported, as they were, each with the reason; once mended they can be uploaded again."""
    found = kind.verbs.find(g.partner.id, import_uuid)
    own = [number for number, name in enumerate(found.head) if name not in (_LINE, _REASON)]
    rows = (
        [row.line, *(row.cells[number] if number < len(row.cells) else None for number in own), _reason(kind, row)]
        for row in lists.each_to_mend(kind.tables, found)
    )
    return spreadsheets.download(kind.to_mend, [_LINE, *(found.head[number] for number in own), _REASON], rows)


def _reason(kind: Kind, row: Any) -> str:
    return " ".join(f"{kind.wire.get(field, field)}: {why}" for field, why in row.errors or ())
