"""Looking for numbers by their ends: an index has whose each is and its last six digits from behind, so that a hundred of a hundred
thousand have three in common, and hardly one has six."""

from collections.abc import Iterable

SHORTEST = 3  # digits that a number is found by
_KEPT = 6


def kept(whose: str, digits: Iterable[str]) -> str:
    """SQL of what the index has of a number, from SQL of its owner and of its last digits, the last one first."""
    return f"(CAST({whose} AS VARCHAR(20)) || ':' || {' || '.join(digits)})"


def of(text: str) -> list[str]:
    """SQL of the last digits of a text in SQL, the last one first."""
    return [f"SUBSTR({text}, LENGTH({text}) - {place}, 1)" for place in range(_KEPT)]


def between(end: str) -> str:
    """SQL of the first and the last that the index has of the `:partner`'s with an `end` in SQL, its last digit first."""
    whose = "CAST(:partner AS VARCHAR(20)) || ':' || "
    return f"{whose}{end} AND {whose}SUBSTR({end} || '{'9' * _KEPT}', 1, {_KEPT})"


def typed(digits: str) -> str:
    """Such an end of the digits that somebody typed."""
    return digits[::-1][:_KEPT]
