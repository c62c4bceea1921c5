"""Looking for words by their beginnings, where too many stand to be looked through: each is kept as letters and digits alone,
without marks and case, and found by an index that puts them in order.

"O’Brien" is `obrien`. A number is kept without the zeros before it: a phone is typed with them or without.
"""

import re
from unicodedata import decimal

from portal.domain.typed import ends
from portal.domain.typed.texts import plain
from portal.letters import alike

LONGEST = 64
MOST = 5  # What is typed beyond narrows nothing.
LAST = "\U0010ffff"  # after every word
NO_END = "-"  # what no number ends with
_BETWEEN = re.compile(r"[\W_]+")
_TRUNK = re.compile(r"\(0+\)")
_IN_NUMBERS = re.compile(r"[\s()+.\-/\u00b7]+")


def kept(text: str) -> str:
    """A word as it is kept, and looked for."""
    word = _BETWEEN.sub("", alike(text))[:LONGEST]
    return word.lstrip("0") or word if word.isdigit() else word


def parts(text: str) -> list[str]:
    """What stands between the signs of a word: "Anne-Marie" is two names."""
    return _BETWEEN.split(text)


def digits(text: str) -> str:
    """The digits of a text that is nothing but a number, in whatever script and groups; empty for any other."""
    number = _IN_NUMBERS.sub("", _TRUNK.sub("", plain(text)))
    found = [decimal(letter, None) for letter in number]
    return "" if None in found else "".join(map(str, found))


def number(text: str) -> str:
    """Such a number as it is kept."""
    return digits(text).lstrip("0")


def ending(text: str) -> dict[str, str]:
    """`:phone_end` and `:ends_like`: the digits that a number ends with, the text's or the longest one in it; what no number ends with
    where they are too few."""
    found = digits(text) or max(map(digits, plain(text).split()), key=lambda each: len(each.lstrip("0")), default="")
    if len(found) < ends.SHORTEST:
        return {"phone_end": NO_END, "ends_like": NO_END}
    return {"phone_end": ends.typed(found), "ends_like": f"%{found}"}


def words(text: str) -> list[str]:
    """The words that somebody typed, as they are looked for."""
    return [word for word in map(kept, plain(text).split()) if word][:MOST]


def parameters(typed: list[str]) -> dict[str, str]:
    """`:begins_1` and `:ends_1` and following, between which each word's beginnings stand: first the one that finds the
    fewest, which is a number, or else the longest."""
    ordered = sorted(typed, key=lambda word: (word.isdigit(), len(word)), reverse=True)
    begins = {f"begins_{place}": word for place, word in enumerate(ordered, start=1)}
    return begins | {f"ends_{place}": word + LAST for place, word in enumerate(ordered, start=1)}
