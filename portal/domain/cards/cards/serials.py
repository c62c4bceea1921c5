"""Numbers of cards, such as 939829-317-169: printed, typed at a till, and read aloud."""

import re
import secrets
from unicodedata import decimal

from portal.domain.typed.texts import plain

DIGITS = 12
_USUAL = re.compile("[0-9]{6}-[0-9]{3}-[0-9]{3}")
BETWEEN = frozenset("- \t.\u00a0")


def new() -> str:
    """A random number; that no card has it already is for the index to say."""
    return written(str(secrets.randbelow(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1)))


def normal(typed: str) -> str | None:
    """A typed number as it is kept, with dashes or without, in any script's digits; None when it cannot be one."""
    if _USUAL.fullmatch(typed):
        return typed
    text = plain(typed)
    digits = [decimal(letter, None) for letter in text if letter not in BETWEEN]
    if len(digits) != DIGITS or None in digits:
        return None
    return written("".join(map(str, digits)))


def written(digits: str) -> str:
    """Twelve digits as a number of a card."""
    return f"{digits[:6]}-{digits[6:9]}-{digits[9:]}"
