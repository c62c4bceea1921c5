"""Numbers of cards, such as 939829-317-169: printed, typed at a till, and read aloud."""

import re
import secrets
from unicodedata import decimal

from portal.domain.cards.cards.tables import SERIAL_END
from portal.domain.typed import ends
from portal.domain.typed.texts import plain

DIGITS = 12
_USUAL = re.compile("[0-9]{6}-[0-9]{3}-[0-9]{3}")
SHORTEST = 3  # digits that it is found by
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


def written_of(digits: str) -> str:
    """SQL that writes digits, in SQL, as a number of a card."""
    return f"SUBSTR({digits}, 1, 6) || '-' || SUBSTR({digits}, 7, 3) || '-' || SUBSTR({digits}, 10)"


def written(digits: str) -> str:
    """Twelve digits as a number of a card."""
    return f"{digits[:6]}-{digits[6:9]}-{digits[9:]}"


def _padded(digit: str) -> str:
    digits = f"(:digits || '{digit * DIGITS}')"
    return f"SUBSTR({digits}, 1, 6) || '-' || SUBSTR({digits}, 7, 3) || '-' || SUBSTR({digits}, 10, 3)"


# The plus keeps the partner's indexes out: its own finds few.
_IS_ONE = f"+n.partner_id = :partner AND LENGTH(:digits) >= {SHORTEST} AND LENGTH(:digits) <= {DIGITS}"
_BEGUN = f"n.serial >= {_padded('0')} AND n.serial <= {_padded('9')} AND {_IS_ONE}"
_TYPED = "('---' || :digits)"  # The dashes stand for digits that were not typed.
_LAST = f"RTRIM({' || '.join(ends.of(_TYPED))}, '-')"
_ENDED = f"{SERIAL_END} BETWEEN {ends.between(_LAST)} AND {_IS_ONE} AND REPLACE(n.serial, '-', '') LIKE '%' || :digits"


def found(column: str) -> str:
    """The query of what stands so in the `:partner`'s cards whose number begins or ends with the `:digits`, each by its index."""
    return f"SELECT n.{column} FROM card n WHERE {_BEGUN} UNION ALL SELECT n.{column} FROM card n WHERE {_ENDED}"
