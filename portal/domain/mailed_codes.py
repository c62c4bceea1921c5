"""Codes of eight digits that are mailed: made of what they are for by the installation's secret, kept nowhere."""

import hmac
from unicodedata import decimal

from portal.domain import sealing

_DIGITS = 8


def code(purpose: str, named: str) -> str:
    """The code, as it is mailed: two groups of four digits."""
    digits = _digits(purpose, named)
    return f"{digits[:4]} {digits[4:]}"


def fits(purpose: str, named: str, given: str) -> bool:
    """Whether that is the code, on whichever keyboard it was typed and however it was divided."""
    typed = "".join(str(decimal(letter, "")) for letter in given[:100])
    return hmac.compare_digest(typed, _digits(purpose, named))


def _digits(purpose: str, named: str) -> str:
    number = int.from_bytes(sealing.mac(purpose, named)[:8], "big")
    return f"{number % 10**_DIGITS:0{_DIGITS}}"
