"""Looking for words: each of those that somebody typed must stand somewhere in what a row shows, in any order.

They are the parameters `:word_1` and following, patterns of texts as `ALIKE` writes them.
"""

from collections.abc import Callable

from portal.database import Row, Statement
from portal.domain.typed.patterns import ESCAPE, containing
from portal.domain.typed.texts import visible
from portal.letters import alike

MOST = 5  # What is typed beyond narrows nothing: a pasted title is found by its first words.


def patterns(text: str) -> dict[str, str]:
    """The parameters for what was typed, at least one: of nothing it is what every text holds."""
    words = visible(text).split()[:MOST] or [""]
    return {f"word_{number}": containing(word) for number, word in enumerate(words, start=1)}


def stand_in(text: str, name: str) -> bool:
    """Whether the words stand in a name that was read already."""
    return all(word in alike(name) for word in alike(visible(text)).split()[:MOST])


def held(names: tuple[str, ...], beside: tuple[str, ...], count: int) -> str:
    """The condition that so many words stand in the columns `names` and `beside`, of which one at least is in `names`."""
    if count == 1:
        return any_of(names, 1)
    every = " AND ".join(_any(names + beside, number) for number in range(1, count + 1))
    return f"({every} AND {any_of(names, count)})" if beside else f"({every})"


def any_of(names: tuple[str, ...], count: int) -> str:
    """The condition that one at least of so many words stands in one of the columns."""
    return _any(names, *range(1, count + 1))


def condition(text: str, names: tuple[str, ...], beside: tuple[str, ...] = ()) -> tuple[str, dict[str, str]]:
    """The condition for what was typed, and its parameters."""
    words = patterns(text)
    return held(names, beside, len(words)), words


def statements(
    written: Callable[[str], str], names: tuple[str, ...], beside: tuple[str, ...], row: Callable[..., Row]
) -> dict[int, Statement[Row]]:
    """A statement for each number of words that can be asked for, written around that condition."""
    return {count: Statement(written(held(names, beside, count)), row) for count in range(1, MOST + 1)}


def _any(columns: tuple[str, ...], *numbers: int) -> str:
    found = " OR ".join(f"ALIKE({column}) LIKE :word_{number} {ESCAPE}" for column in columns for number in numbers)
    return f"({found})"
