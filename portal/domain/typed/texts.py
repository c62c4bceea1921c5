"""What people write, in one form: text as it is kept, what names are compared by, and codes as they are looked up.

Contract: README, "Common to all families". Text is NFC and trimmed. A name is compared as it looks, without regard to
case. A code that somebody types (a uid, a promo code, a slug, the id of a deal) is kept as it was sent and compared as
it was meant: NFKC, nothing invisible in it, every dash a hyphen, without regard to case.
"""

import re
from functools import cache
from typing import Literal
from unicodedata import category, combining, normalize

LONGEST_KEY = 255  # NFKC makes eighteen characters of one; an index takes no more than it has to.
_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Format characters, and what Unicode's Default_Ignorable_Code_Point leaves blank; the last is Braille without a dot.
_BLANK = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\u2800"
)
_INVISIBLE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_BLANK}]")
_NOT_IN_NAMES = re.compile(f"[{_CONTROLS}{_DIRECTIONS}\ud800-\udfff]")
# Unicode's Pd, and the minuses and bullets that stand for one.
_DASHES = re.compile(
    "[\u02d7\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2796\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0"
    "\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead]"
)

# Signs that stand on the letter before them, or are taken apart into such: all are in the first two planes.
_PLACES = range(0x300, 0x20000)
_MOST_MARKS = 30  # on one letter: the Stream-Safe Text Format (UAX #15, 13). No language has as many.


def normal(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form. Of many marks on a letter the first thirty stay: to put them in their order costs their
    number squared, and whoever sends a form could have the portal do nothing else."""
    return text if text.isascii() else _bounded(normalize(form, _bounded(text)))


def _bounded(text: str) -> str:
    return _marks_beyond().sub(r"\1", text) if len(text) > _MOST_MARKS else text


@cache
def _marks_beyond() -> re.Pattern:
    """Of each row of marks those that go; made when the first text comes that is as long."""
    mark = _mark()
    return re.compile(f"({mark}{{{_MOST_MARKS}}}){mark}+")


def _mark() -> str:
    """Any mark: all signs are looked through for them."""
    return f"[{''.join(sign for sign in map(chr, _PLACES) if combining(normalize('NFKD', sign)[0]))}]"


def tidy(text: str) -> str:
    """Text as it is kept: NFC, without spaces around it."""
    return normal("NFC", text).strip()


def plain(text: str) -> str:
    """A typed code in plain letters, its case as it is. Of one that is longer than any the rest is not read."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.strip()[: 4 * LONGEST_KEY]
    return normal("NFKC", _DASHES.sub("-", _INVISIBLE.sub("", normal("NFKC", text)))).strip()


def mended(text: str) -> str:
    """What a typed code is looked up and told apart by."""
    code = plain(text)
    return code.upper() if code.isascii() else normal("NFKC", code.casefold().upper())[:LONGEST_KEY]


def other_key(text: str) -> str | None:
    """What a typed code is looked up by where that is not the code itself; None where it is."""
    key = mended(text)
    return None if key == text else key


def compared(name: str) -> str:
    """What a name is told apart by: two that look alike are one."""
    if not name.isascii():
        name = normal("NFC", normal("NFD", name).casefold())
    return _INVISIBLE.sub("", " ".join(name.casefold().split()))[:LONGEST_KEY]


def visible(text: str) -> str:
    """Text as it is kept, without what cannot be seen: a pasted mail address."""
    return tidy(_INVISIBLE.sub("", tidy(text)))


def in_one_line(text: str) -> str:
    """Text without what no name has: line breaks, control characters, marks of direction."""
    return tidy(_NOT_IN_NAMES.sub("", text))


def breaks_lines_or_directions(text: str) -> bool:
    """Whether something is in it that would draw a name over others, or over several lines."""
    return _NOT_IN_NAMES.search(text) is not None


def is_visible(text: str) -> bool:
    """Whether there is anything to be seen: a letter, a digit, a sign; one that is newer than this Unicode counts."""
    return any(category(letter)[0] in "LNPSC" for letter in _INVISIBLE.sub("", text))
