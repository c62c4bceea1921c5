"""Drawing codes that nobody guesses or misreads, and how many of them a length holds."""

import secrets
from typing import NamedTuple

from portal.domain.coupons.batches.forbidden_words import are_spelled
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed.reserved_words import is_no_code

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that is taken for another: no I L O U, no 0 1
SHARE = 100  # One of so many is given out at most: else whoever tries some finds one.
SHORTEST, LONGEST = 4, 20
# A byte is a letter; those beyond the last whole row of letters would make the first ones likelier, and are dropped.
_ROWS = 256 // len(LETTERS) * len(LETTERS)
_LETTER_OF = bytes(ord(LETTERS[number % len(LETTERS)]) for number in range(256))
_DROPPED = bytes(range(_ROWS, 256))


class Room(NamedTuple):
    """How many codes a length holds, how many of them may be given out, and how many are."""

    length: int
    holds: int
    most: int
    given: int

    @property
    def left(self) -> int:
        """How many more may be given out."""
        return max(0, self.most - self.given)


def room(length: int, given: int) -> Room:
    """What a length holds, of which some are given out."""
    holds = len(LETTERS) ** length
    return Room(length, holds, holds // SHARE, given)


def refuse_too_many(found: Room, wanted: int) -> None:
    """Raise Invalid, with the arithmetic, where so many more are not to be had."""
    if wanted <= found.left:
        return
    better = next(length for length in range(found.length + 1, LONGEST + 2) if room(length, 0).most >= wanted)
    raise Invalid(
        "length",
        say(
            "{length} letters and digits make {holds} codes, of which one in {share} may be given out, so that nobody finds one by "
            "trying: {most}. {given} are given out, and {wanted} more are wanted. Take {better} letters and digits, or fewer codes.",
            length=found.length, holds=f"{found.holds:,}", share=SHARE, most=f"{found.most:,}", given=f"{found.given:,}",
            wanted=f"{wanted:,}", better=better,
        ),
    )  # fmt: skip


def drawn(prefix: str, length: int, count: int) -> list[str]:
    """So many different codes, without their prefix. They may be some coupon's already."""
    found: dict[str, None] = {}
    while len(found) < count:
        text = _letters(length * count)
        parts = (text[start : start + length] for start in range(0, len(text), length))
        found.update(dict.fromkeys(part for part in parts if _may_be(prefix, part)))
    return list(found)[:count]


def _may_be(prefix: str, part: str) -> bool:
    return not are_spelled(prefix, part) and not is_no_code(prefix + part)


def _letters(count: int) -> str:
    text = ""
    while len(text) < count:
        text += secrets.token_bytes(count).translate(_LETTER_OF, _DROPPED).decode()
    return text[:count]
