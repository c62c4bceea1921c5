"""How a control proves its point: without the guard, the race is lost sooner or later."""

from collections.abc import Callable

_TRIES = 20


class Failed(AssertionError):
    """A thread of the race came to nothing: what it raised."""


def is_lost(play: Callable[[str], bool]) -> bool:
    """Whether the race, played anew under another name each time, is lost before long.

    A machine that is busy can start one side so late that even unguarded rows are moved in turn: one lucky round says
    nothing, twenty of them do. Nor does one in which PostgreSQL ended a thread, because unguarded ones waited for each other.
    """
    return any(_shows(play, f"race-{number}") for number in range(_TRIES))


def _shows(play: Callable[[str], bool], name: str) -> bool:
    try:
        return play(name)
    except Failed:
        return False
