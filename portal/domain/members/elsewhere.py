"""What other areas know of a customer, each in a tab of their page: a named file of theirs fills the list of tellers."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from portal.domain.members.tables import Member


class Told(NamedTuple):
    """One thing: what it is about, the things of the area as (kind, id, name), and what was done in sentences with its moments."""

    about: str
    things: list[tuple[str, str, str]]
    done: list[tuple[str, datetime]]


class Teller(NamedTuple):
    """An area that tells: the name of its tab in addresses, its label, whether there is anything to tell, and what, the newest
    first, at most so many of each kind."""

    name: str
    label: str
    has_any: Callable[[Member], bool]
    tell: Callable[[Member, int], list[Told]]


MOST_SHOWN = 50  # on a page
tellers: list[Teller] = []


def of(member: Member) -> dict[str, Teller]:
    """Those who have something to tell of the customer, by the names of their tabs."""
    return {teller.name: teller for teller in tellers if teller.has_any(member)}
