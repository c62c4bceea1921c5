"""What waits for whoever acts, of every area: said in a sentence, with the place where it is done, and the first of each kind."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import current_app, g

from portal.domain.sentences import Sentence, counted, say
from portal.domain.waiting import waiting
from portal.domain.waiting.bound import COUNTED


class Act(NamedTuple):
    """What can be done with one thing, where it stands: a form that needs nothing typed, or a way to a page."""

    label: str
    url: str
    icon: str
    is_form: bool = False


class Item(NamedTuple):
    """One thing that waits: what it is, since when, and what may be done with it by those who edit."""

    name: str
    note: str | None
    since: datetime | None
    url: str
    acts: tuple[Act, ...] = ()


class Wait(NamedTuple):
    """A kind of what waits, as `counted` tells how much; `first` reads its first few when they are shown."""

    icon: str
    said: str
    url: str
    first: Callable[[], list[Item]] = list
    is_theirs: bool = False  # it waits for somebody else
    is_quiet: bool = False  # it is not counted, and stands in the inbox alone, where it has anything


def counts() -> dict[str, int]:
    """How much of each kind waits for the acting partner; asked once a request."""
    if "waiting" not in g:
        g.waiting = waiting.counts(g.partner.id, g.partner.switched_on)
    return g.waiting


def total() -> int:
    """How much that is in all, beside the Inbox in the menu."""
    return waiting.total(counts())


def gathered() -> list[Wait]:
    """What is counted, in the order of the areas."""
    return [wait for wait in everything() if not wait.is_quiet]


def everything() -> list[Wait]:
    """What is quiet as well."""
    return [wait for area in current_app.extensions["waits"] for wait in area()]


def many(number: int, one: str, several: str) -> Sentence:
    """The sentence for the number; what is counted up to a bound alone is said to be over it."""
    if number > COUNTED:
        return say(several, number=say("over {number}", number=COUNTED))
    return counted(number, one, several)
