"""What a deal did in other areas, as its passport tells it: a named file of theirs fills the list of those who know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Consequence:
    """One of them: a sentence for what it is about, the things of that area as (kind, id, name), what was done in sentences with
    its moments, and where nothing was done the steps of the check, each with name, state, text and fix."""

    about: str
    things: list[tuple[str, str, str]] = field(default_factory=list)
    done: list[tuple[str, datetime]] = field(default_factory=list)
    steps: list[dict] = field(default_factory=list)


@dataclass(slots=True)
class Consequences:
    """Those of an area, under its title."""

    title: str
    each: list[Consequence]


tellers: list[Callable[[int], Consequences]] = []
# What would be taken back with the deal there, or its share with a part of it, each as a part of a sentence.
takers: list[Callable[[int], list[str]]] = []


def of(deal_id: int) -> list[Consequences]:
    """What the deal, by its number, did; areas in which it did nothing, and nothing hindered it, are left out."""
    return [told for tell in tellers if (told := tell(deal_id)).each]


def at_stake(deal_id: int) -> list[str]:
    """What other areas gave for the deal, by its number, and take back when it is canceled or returned."""
    return [what for tell in takers for what in tell(deal_id)]
