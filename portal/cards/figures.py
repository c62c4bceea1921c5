"""Figures of cards as numbers of JSON: exact, whole where nothing else can be."""

from portal.domain import money
from portal.domain.cards.words import CASHBACK, CERTIFICATE, DISCOUNT


def places(kind: int, currency: str, field: str) -> int:
    """How many decimals a count of a card has: points of a discount two, money those of its currency, all else none."""
    if field in ("rest", "spent") or (kind, field) in ((CERTIFICATE, "balance"), (CASHBACK, "bonus")):
        return money.exponent(currency)
    return 2 if (kind, field) == (DISCOUNT, "bonus") else 0


def number(units: int, decimals: int) -> float | int:
    """A count of smallest units as a JSON number."""
    return units / 10**decimals if decimals else units


def count(kind: int, currency: str, field: str, units: int) -> float | int:
    """A count of a card's field."""
    return number(units, places(kind, currency, field))


def hundredths(units: int | None) -> float | int | None:
    """Hundredths as a JSON number: whole ones without decimals."""
    if units is None:
        return None
    return units // 100 if units % 100 == 0 else units / 100
