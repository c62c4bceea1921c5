"""Numbers as people and spreadsheets write them: with a point or a comma before the decimals, and signs between thousands.

`1.500` is one and a half or fifteen hundred, and nothing in it tells which. Nobody guesses here: the numbers beside it
decide, or somebody says so.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from portal.domain.typed.texts import normal

POINT, COMMA = ".", ","
SIGNS = (POINT, COMMA)
EXAMPLES = {POINT: "1,234.50", COMMA: "1.234,50"}
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")


def _pattern(sign: str, other: str) -> re.Pattern:
    grouped = rf"[1-9][0-9]{{0,2}}(?P<by>[{other} '])[0-9]{{3}}(?:(?P=by)[0-9]{{3}}){{0,5}}"
    return re.compile(rf"(?P<whole>-?(?:[0-9]{{1,20}}|{grouped}))(?:[{sign}](?P<part>[0-9]{{1,20}}))?")


_PATTERNS = {POINT: _pattern(POINT, COMMA), COMMA: _pattern(COMMA, POINT)}


def read(text: str, sign: str) -> Decimal | None:
    """The number, with this sign before its decimals; None when it is none."""
    found = _PATTERNS[sign].fullmatch(normal("NFKC", text.translate(_APOSTROPHES)).strip())
    if found is None:
        return None
    return Decimal(re.sub(r"[^0-9-]", "", found["whole"]) + "." + (found["part"] or "0"))


def is_open(text: str) -> bool:
    """Whether it is one number with a point before the decimals, and another with a comma."""
    return len(set(_readings(text))) == 2


def ways(text: str) -> list[str]:
    """What it may be, written so that it can be nothing else; the larger first."""
    return [f"{number.normalize():f}" for number in sorted(set(_readings(text)), key=abs, reverse=True)]


def has_three_decimals(text: str, sign: str) -> bool:
    """Whether its decimals are three, and would be thousands by the other sign."""
    return is_open(text) and read(text, sign) == least(text)


def sign_of(texts: Iterable[str]) -> str | None:
    """The sign before the decimals in all of these numbers; None where they contradict each other, or leave it open.

    Where nothing hangs on it, it is the point. What is no number says nothing.
    """
    needed, is_any_open = set(), False
    for text in texts:
        fitting = [sign for sign in SIGNS if read(text, sign) is not None]
        if len(fitting) == 1:
            needed.add(fitting[0])
        is_any_open = is_any_open or is_open(text)
    if len(needed) == 1:
        return needed.pop()
    return None if needed or is_any_open else POINT


def least(text: str) -> Decimal | None:
    """A number that somebody types beside no other, with either sign: its decimals where it `is_open`; None when it is none."""
    return min(_readings(text), key=abs, default=None)


def _readings(text: str) -> list[Decimal]:
    return [number for sign in SIGNS if (number := read(text, sign)) is not None]
