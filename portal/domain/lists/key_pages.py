"""Lists paged by key: the SQL of each shape of filter is built once, a page reads one row more than it shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from portal.database import Statement

MOST = 50


@dataclass
class Conditions:
    """Conditions of a query and their parameters; the conditions are written in this code, never by a person.

    Of `ways` a row must meet one at least: each has an index of its own of the `table`, in the order of the list, where none
    serves them together; what they lead to is `whose`. `is_cut` when there were more ways than are gone.
    """

    texts: list[str] = field(default_factory=list)
    given: dict = field(default_factory=dict)
    ways: tuple[str, ...] = ()
    table: str = ""
    whose: str = ""
    is_cut: bool = False

    def add(self, text: str, /, **given) -> None:
        """One more condition that every row must meet, with the parameters that it names."""
        self.texts.append(text)
        self.given |= given

    def first(self, select: str, tail: str, row=None, *more: str) -> Statement:
        """The prebuilt query of the rows that `tail` orders and limits; with ways, the first of each are put in order."""
        texts = (*self.texts, *more)
        if not self.ways:
            return statement(select, texts, tail, row)
        return statement(select, (self.whose, _first_of_each(self.table, self.ways, texts, tail)), tail, row)

    def every(self, select: str, tail: str, row=None) -> Statement:
        """The prebuilt query of all rows, in whatever order."""
        ways = (self.whose, f"({' OR '.join(self.ways)})") if self.ways else ()
        return statement(select, (*self.texts, *ways), tail, row)


@dataclass(slots=True)
class KeyPage:
    """The rows of a page, and the ids after which newer and older ones are found (None at the ends). `is_all`: there are no others."""

    rows: list
    newer_than: int | None = None
    older_than: int | None = None
    is_cut: bool = False
    is_all: bool = False

    def counted(self, count: Callable[[], int]) -> int:
        """How many there are: what is shown is counted, and others are looked for only where there are any."""
        return len(self.rows) if self.is_all else count()


@cache
def _first_of_each(table: str, ways: tuple[str, ...], texts: tuple[str, ...], tail: str) -> str:
    letter = table.split()[-1]
    firsts = (
        f"SELECT id FROM (SELECT {letter}.id FROM {table} WHERE {' AND '.join((way, *texts))} {tail}) of_{number}"
        for number, way in enumerate(ways)
    )
    return f"{letter}.id IN ({' UNION ALL '.join(firsts)})"


@cache
def statement(select: str, conditions: tuple[str, ...], tail: str, row=None) -> Statement:
    """The prebuilt query of a shape; there are as many as there are combinations of filters."""
    return Statement(f"{select} WHERE {' AND '.join(conditions)} {tail}", row)


def read(
    select: str,
    key: str,
    where: Conditions,
    row: Callable,
    before: int | tuple | None = None,
    after: int | tuple | None = None,
    is_oldest_first: bool = False,
) -> KeyPage:
    """A page of at most fifty rows below `before` or above `after`, in the order of `key`: an id, or columns up to it.
    Newest first, unless the oldest are asked for first.

    Of several columns `before` and `after` hold a value each. The first column of `select` is the id.
    """
    place = after if after is not None else before
    values = place if isinstance(place, tuple) else () if place is None else (place,)
    placed = {f"place_{number}": value for number, value in enumerate(values)}
    beyond, order = (">", "ASC") if _is_upward(before, after, is_oldest_first) else ("<", "DESC")
    beginning = (f"({key}) {beyond} ({', '.join(f':{name}' for name in placed)})",) if placed else ()
    columns = ", ".join(f"{column} {order}" for column in key.split(", "))
    tail = f"ORDER BY {columns} LIMIT {MOST + 1}"  # As a parameter PostgreSQL would plan anew for each page: for its value.
    found = where.first(select, tail, row, *beginning).rows(**where.given, **placed)
    page = turned(found, before, after, is_oldest_first)
    page.is_cut = where.is_cut
    return page


def turned(found: list, before: object = None, after: object = None, is_oldest_first: bool = False) -> KeyPage:
    """The page that begins what was found below `before` or above `after`, nearest first; a row's first value is its key."""
    rows, there_is_more = found[:MOST], len(found) > MOST
    is_upward = _is_upward(before, after, is_oldest_first)
    newer, older = (there_is_more, after is not None) if is_upward else (before is not None, there_is_more)
    if is_upward:
        rows.reverse()
    page = KeyPage(rows, rows[0][0] if rows and newer else None, rows[-1][0] if rows and older else None)
    page.is_all = before is None and after is None and not there_is_more
    if is_oldest_first:
        rows.reverse()
    return page


def _is_upward(before: object, after: object, is_oldest_first: bool) -> bool:
    """Whether what is nearest is read from below."""
    return after is not None or (is_oldest_first and before is None)
