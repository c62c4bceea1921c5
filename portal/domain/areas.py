"""What an area of the domain is to the others: the data that it adds to what they share. Each area's `area.py` is one value.

The areas' data files import tables, words and these types, and no verb: verbs write events, whose types are joined from them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from peewee import Model

from portal.database import Statement
from portal.domain.codes import Code
from portal.domain.graph.kinds import Link, Node
from portal.domain.keeping.ageing import Keeping
from portal.domain.search.sources import Source

Value = TypeVar("Value")
HERE, THERE, GONE = "here", "there", "gone"


class FactKind(NamedTuple):
    """Types of events that a log is filtered by: a label, and what the types begin with."""

    label: str
    begins: tuple[str, ...]


class NoticeKind(NamedTuple):
    """A kind of mail that people choose: what of a partner's business it is about, and when it is sent."""

    side: str
    when: str


class Waits(NamedTuple):
    """What counts something that waits for `:partner`, by an index and up to a bound, and the area that it belongs to."""

    query: str
    of: str
    is_theirs: bool = False  # it waits for somebody else to act
    exactly: Callable[[int], int] | None = None  # how much it is, where the query tells only whether there is anything


class Named(NamedTuple):
    """A thing of an event: its id as the event has it, its name, and whether the partner sees it HERE, THERE or it is GONE."""

    thing_id: str
    name: str
    stands: str


@dataclass(frozen=True)
class Thing:
    """A kind of thing that events are about: what asks for the names of `:ids` that are the `:partner`'s to see.

    `numbers` asks for what other families know it by, beside its UUID: columns that are called as programs read them.
    """

    kind: str
    named: Statement[Named]
    by_number: bool = False  # its ids are numbers
    numbers: Statement | None = None


@dataclass(frozen=True)
class Check:
    """A promise: a query for the rows that break it, and the sentence for each, which names the query's columns."""

    sentence: str
    query: str


@dataclass(frozen=True)
class Area:
    """What an area adds. All are in the order in which people see them; `facts` are sentences by type of event."""

    tables: tuple[type[Model], ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, FactKind] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)  # what events call what was changed, of whatever thing
    things: tuple[Thing, ...] = ()
    nodes: tuple[Node, ...] = ()  # kinds of things of the graph
    links: tuple[Link, ...] = ()  # and which of them lead to which
    searches: tuple[Source, ...] = ()
    seldom: tuple[Source, ...] = ()  # searched where those found little
    promises: tuple[Check, ...] = ()
    keeping: tuple[Keeping, ...] = ()
    permits: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    notices: Mapping[str, NoticeKind] = field(default_factory=dict)
    waits: Mapping[str, Waits] = field(default_factory=dict)
    offered: tuple[str, ...] = ()  # names of what a partner switches on and off


def joined(tables: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    """One table of what the areas bring. Raises ValueError when two bring the same key."""
    every: dict[str, Value] = {}
    for table in tables:
        if twice := every.keys() & table.keys():
            raise ValueError(f"Two areas bring {', '.join(sorted(twice))}.")
        every.update(table)
    return every
