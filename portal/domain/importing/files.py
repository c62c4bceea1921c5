"""Files as people upload them: their letters, their separator, the names of their columns, and their rows."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed import formulas

LARGEST_BYTES = 5 << 20
MOST_LINES, MOST_COLUMNS = 50_000, 100
_SEPARATORS = (",", ";", "\t")
# The line by which Excel is told the separator.
_NAMED = re.compile(r"\"?sep=(?P<separator>[^\r\n\"])\"?[,;\t]*(?:\r\n|\r|\n)", re.IGNORECASE)
# What programs of Windows write who know nothing of Unicode: Western and Cyrillic letters.
_WESTERN, _CYRILLIC = "cp1252", "cp1251"
_CYRILLIC_WORD = re.compile(b"[\xc0-\xff]{3}")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SHOWN_OF_BROKEN = 500
_LONGEST_HEAD = (
    1 << 16
)  # Characters. Of millions of columns only as many are looked at as show that it is not meant so.


@dataclass(slots=True)
class Sheet:
    """An uploaded file: its text, and where its rows begin (in characters, after so many lines)."""

    text: str
    separator: str
    head: list[str]
    begins: int
    line: int
    letters: str | None = None  # what they were taken for, where they are no Unicode


@dataclass(slots=True)
class Row:
    """A row and the line it begins in; where the next one begins, after so many lines. A broken one is a cell as it is."""

    line: int
    cells: list[str]
    is_broken: bool
    ends: int
    last_line: int


def opened(
    body: bytes,
    mapped: Callable[[list[str]], dict[str, int]],
    unnamed: Callable[[list[str]], list[str] | None] = lambda head: None,
) -> Sheet:
    """The file that was uploaded, divided so that most of its columns are known to `mapped`. Where the first line is a row
    already, `unnamed` tells the names of its columns. Raises Invalid with what would mend it."""
    text, letters = _decoded(body)
    if text.count("\n") + text.count("\r") - text.count("\r\n") > MOST_LINES:
        raise _wrong(
            say(
                "The file has more than {most_lines} lines. Divide it, and import one part after the other.",
                most_lines=f"{MOST_LINES:,}",
            )
        )
    named = _NAMED.match(text)
    begins = named.end() if named else 0
    sheets = [_divided(text, separator, begins) for separator in (named["separator"] if named else _SEPARATORS)]
    sheet = max(sheets, key=lambda one: (len(mapped(one.head)), len(one.head)))
    sheet.letters = letters
    if any(sheet.head) and (names := unnamed(sheet.head)):
        sheet.head, sheet.begins, sheet.line = names, begins, 1 if begins else 0
    _refuse_odd(sheet)
    return sheet


def _refuse_odd(sheet: Sheet) -> None:
    if len(sheet.head) > MOST_COLUMNS:
        raise _wrong(
            say(
                "The file has more than {most_columns} columns. Leave out those that are not imported.",
                most_columns=MOST_COLUMNS,
            )
        )
    if not any(sheet.head) or not sheet.text[sheet.begins :].strip():
        raise _wrong(
            say(
                "The file holds no rows. Its first line names the columns, each line after it is one row; see the "
                "sample."
            )
        )


def plain_name(name: str) -> str:
    """A column's name as it is compared: whatever its capitals, spaces and hyphens."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def is_export(sheet: Sheet, columns: list[str]) -> bool:
    """Whether it is a file of ours as it was downloaded, which begins with these columns and has a point before its decimals; a
    spreadsheet that writes commas there separates the cells otherwise."""
    return sheet.separator == "," and sheet.head[: len(columns)] == columns


def columns_named(head: list[str], names: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """By field: the first column that has one of its plain names, the field's first name before others."""
    plain = [plain_name(name) for name in head]
    found = {
        field: next((plain.index(name) for name in known if name in plain), None) for field, known in names.items()
    }
    return {field: column for field, column in found.items() if column is not None}


def rows(text: str, separator: str, begins: int, line: int) -> Iterator[Row]:
    """The rows from a place on; empty ones are passed over."""
    source = io.StringIO(text, newline="")
    source.seek(begins)
    reader = csv.reader(source, delimiter=separator, strict=True)
    while True:
        first, place = line + reader.line_num + 1, source.tell()
        is_broken = False
        try:
            cells = [formulas.unguarded(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            cells, is_broken = [text[place : min(source.tell(), place + _SHOWN_OF_BROKEN)].rstrip()], True
        if any(cell.strip() for cell in cells):
            yield Row(first, cells, is_broken, source.tell(), line + reader.line_num)


def _decoded(body: bytes) -> tuple[str, str | None]:
    """The text, and what its letters were taken for where they are no Unicode."""
    if len(body) > LARGEST_BYTES:
        raise _wrong(say("The file is larger than 5 MiB. Divide it, and import one part after the other."))
    if body.startswith(_WORKBOOKS):
        raise _wrong(say("This is a workbook. Open it in your spreadsheet program and save the sheet as “CSV UTF-8”."))
    letters = _letters_of(body)
    try:
        text = body.decode(letters).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise _wrong(
            say("The letters of this file cannot be read. Save it as “CSV UTF-8” and upload it again.")
        ) from None
    is_guessed = letters in (_WESTERN, _CYRILLIC)
    if "\x00" in text or (is_guessed and _CONTROL.search(text)):
        raise _wrong(say("This file holds characters that are no text. Save it as “CSV UTF-8” and upload it again."))
    return text, letters if is_guessed else None


def _letters_of(body: bytes) -> str:
    """Three accented letters in a row are a word of another alphabet."""
    if body.startswith(_UTF_16):
        return "utf-16"
    try:
        body.decode("utf-8-sig")
        return "utf-8-sig"
    except UnicodeDecodeError:
        return _CYRILLIC if _CYRILLIC_WORD.search(body) else _WESTERN


def _divided(text: str, separator: str, begins: int) -> Sheet:
    first = next(islice(rows(text[:_LONGEST_HEAD], separator, begins, 1 if begins else 0), 1), None)
    is_cut = first is not None and first.ends == _LONGEST_HEAD and len(first.cells) <= MOST_COLUMNS
    if first is None or first.is_broken or is_cut:
        return Sheet(text, separator, [], len(text), 0)
    return Sheet(text, separator, [name.strip() for name in first.cells], first.ends, first.last_line)


def _wrong(sentence: str) -> Invalid:
    return Invalid("file", sentence)
