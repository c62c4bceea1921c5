"""Figures of cards as numbers of JSON: exact, whole where nothing else can be."""

from portal.domain.cards.operations.words import places


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
