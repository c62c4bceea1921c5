"""What a spreadsheet would compute: text that leaves as CSV is guarded by apostrophes, which come off as it is read again.

A cell is computed that begins with one of a few letters. A program that divides at semicolons, tabs or line breaks finds
a beginning after each of them, whatever the quotes say. Each run of such letters is looked at once, however long it is:
a cell may have any length, and be made to be slow.
"""

import re

_BEFORE_FORMULA = re.compile(r"(?<![\s\"';])[\s\"';]*+(?=[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}])")  # fmt: skip
_BREAK = re.compile(r"([;\t\r\n])")
_GUARDED_BREAK = re.compile(r"([;\t\r\n])'")


def guarded(text: str) -> str:
    """The text with an apostrophe in front of all that would be computed."""
    return _BEFORE_FORMULA.sub(_guard, text)


def unguarded(text: str) -> str:
    """The text without the apostrophes that `guarded` puts in."""
    return _BEFORE_FORMULA.sub(_unguard, text)


def _guard(run: re.Match) -> str:
    head, semicolon, rest = run[0].rpartition(";")
    begins = "'" if run.start() == 0 and not semicolon else ""
    return begins + head + _BREAK.sub(r"\1'", semicolon + rest)


def _unguard(run: re.Match) -> str:
    head, semicolon, rest = run[0].rpartition(";")
    if run.start() == 0 and not semicolon:
        rest = rest.removeprefix("'")
    return head + _GUARDED_BREAK.sub(r"\1", semicolon + rest)
