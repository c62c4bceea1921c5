"""Tables as CSV files, the one place that writes them: text stays text, whichever spreadsheet opens it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Response, g, stream_with_context

from portal.domain.typed import formulas
from portal.web import running_files

Cell = str | int | Decimal | None
_BEGINS_WITH = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Without it spreadsheets read UTF-8 as something else.
_ROWS_AT_ONCE = 200


def as_text(cell: Cell) -> str:
    """A cell as it is written. Numbers stay numbers; text that would be computed gets an apostrophe in front."""
    if cell is None:
        return ""
    return formulas.guarded(cell) if isinstance(cell, str) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def day(instant: datetime | None, zone: str) -> str | None:
    """The day of an instant in a time zone as programs write it: "2026-11-03"."""
    return instant.astimezone(ZoneInfo(zone)).date().isoformat() if instant else None


def file_name(stem: str, instant: datetime, zone: str) -> str:
    """The name of a file of a day, which is the one of the time zone."""
    return f"{stem}-{day(instant, zone)}.csv"


def written(head: list[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The file in pieces, as they are sent; `rows` are read while it goes out."""
    buffer = io.StringIO(_BEGINS_WITH)
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow(map(as_text, head))
    for number, row in enumerate(rows, 1):
        writer.writerow(map(as_text, row))
        if number % _ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def download(name: str, head: list[str], rows: Iterable[Iterable[Cell]]) -> Response:
    """The file as an answer; `name` is its name with the browser, made of plain letters. A page that says so while others are sent."""
    if not running_files.begin(g.partner.id):
        return running_files.too_many()
    response = Response(mimetype="text/csv")
    end = running_files.ends_with(response, g.partner.id)
    response.response = stream_with_context(_until(end, written(head, rows)))
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _until(end: Callable[[], object], pieces: Iterator[str]) -> Iterator[str]:
    try:
        yield from pieces
    finally:
        end()


def _taken(buffer: io.StringIO) -> str:
    piece = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return piece
