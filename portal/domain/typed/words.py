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
    return held_in(compared(names), compared(beside), count)


def held_in(named: tuple[str, ...], beside: tuple[str, ...], count: int) -> str:
    """The same of texts that are `compared` already."""
    if count == 1:
        return _any(named, 1)
    every = " AND ".join(_any(named + beside, number) for number in range(1, count + 1))
    return f"({_any(named, *range(1, count + 1))} AND {every})" if beside else f"({every})"


def any_of(names: tuple[str, ...], count: int) -> str:
    """The condition that one at least of so many words stands in one of the columns."""
    return _any(compared(names), *range(1, count + 1))


def condition(text: str, names: tuple[str, ...], beside: tuple[str, ...] = ()) -> tuple[str, dict[str, str]]:
    """The condition for what was typed, and its parameters."""
    words = patterns(text)
    return held(names, beside, len(words)), words


def statements(
    written: Callable[[str], str], names: tuple[str, ...], beside: tuple[str, ...], row: Callable[..., Row]
) -> dict[int, Statement[Row]]:
    """A statement for each number of words that can be asked for, written around that condition."""
    return {count: Statement(written(held(names, beside, count)), row) for count in range(1, MOST + 1)}


def compared(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns as patterns are compared with them."""
    return tuple(f"COMPARED({column})" for column in columns)


def _any(texts: tuple[str, ...], *numbers: int) -> str:
    found = " OR ".join(f"{text} LIKE :word_{number} {ESCAPE}" for text in texts for number in numbers)
    return f"({found})"
