"""What an area says of its things as parts of one graph: what each is called, and which leads to which.

A link is written once and read from either end, so that whatever is linked to a thing tells of that thing, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NO_MOMENT, NO_STATE = "CAST(NULL AS BIGINT)", "CAST(NULL AS TEXT)"


@dataclass(frozen=True)
class Node:
    """A kind of thing. `table` is its table and what it is called there; all else is SQL about it, in which `:partner` asks, with `:permits`, at the moment `:now`.

    `mine` says whether the partner may see it, `ids` by what else than its `key` it is found (the parameters are those of the
    search), `numbered` where the key is a number. One that is found by its `kind` alone has its key of another thing. `page` is
    the kind and key of the thing on whose page it stands. What `happens` once is followed both ways in a chain; what stands
    for long, only to where it comes from.
    """

    kind: str
    word: str
    table: str
    key: str
    name: str
    mine: str
    permits: frozenset[str]
    ids: tuple[str, ...] = ()
    numbered: str | None = None
    joins: str = ""
    at: str = NO_MOMENT
    state: str = NO_STATE
    states: Mapping[str, str] = field(default_factory=dict)
    page: tuple[str, str] | None = None
    stands: str = "'here'"
    happens: bool = False
    borrows_key: bool = False
    said: Callable[[str], str] | None = None  # the name in words, where the database has it otherwise

    @property
    def id(self) -> str:
        """Its row's id."""
        return f"{self.table.split()[1]}.id"


@dataclass(frozen=True)
class Link:
    """Things of kind `source` lead to things of kind `target`: `leads` and `comes` are what the one is to the other, as a word
    of the wire and as a heading.

    `tables` has the pairs of row ids in its columns `of` and `to`, an index on each; `leads_by` and `comes_by` are whole numbers by
    which each end's things are in an order that an index serves (latest first), else the ids at the other end. Where what leads to one thing is many,
    a chain does not go back to all of it.
    """

    source: str
    target: str
    leads: tuple[str, str]
    comes: tuple[str, str]
    tables: str
    of: str
    to: str
    where: str = "1 = 1"
    leads_by: tuple[str, ...] = ()
    comes_by: tuple[str, ...] = ()
    has_many_origins: bool = False
