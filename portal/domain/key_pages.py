"""Lists paged by key: the SQL of each shape of filter is built once, a page reads one row more than it shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from portal.database import Statement

MOST = 50


@dataclass
class Conditions:
    """Conditions of a query and their parameters; the conditions are written in this code, never by a person."""

    texts: list[str] = field(default_factory=list)
    given: dict = field(default_factory=dict)

    def add(self, text: str, /, **given) -> None:
        """One more condition that every row must meet, with the parameters that it names."""
        self.texts.append(text)
        self.given |= given


@dataclass(slots=True)
class KeyPage:
    """The rows of a page, and the ids after which newer and older ones are found (None at the ends)."""

    rows: list
    newer_than: int | None = None
    older_than: int | None = None


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
    is_upward = after is not None or (is_oldest_first and before is None)
    beyond, order = (">", "ASC") if is_upward else ("<", "DESC")
    conditions = tuple(where.texts)
    if placed:
        conditions += (f"({key}) {beyond} ({', '.join(f':{name}' for name in placed)})",)
    tail = f"ORDER BY {', '.join(f'{column} {order}' for column in key.split(', '))} LIMIT :most"
    found = statement(select, conditions, tail, row).rows(**where.given, **placed, most=MOST + 1)
    return turned(found, before, after, is_oldest_first)


def turned(found: list, before: object = None, after: object = None, is_oldest_first: bool = False) -> KeyPage:
    """The page that begins what was found below `before` or above `after`, nearest first; a row's first value is its key."""
    rows, there_is_more = found[:MOST], len(found) > MOST
    is_upward = after is not None or (is_oldest_first and before is None)
    newer, older = (there_is_more, after is not None) if is_upward else (before is not None, there_is_more)
    if is_upward:
        rows.reverse()
    page = KeyPage(rows, rows[0][0] if rows and newer else None, rows[-1][0] if rows and older else None)
    if is_oldest_first:
        rows.reverse()
    return page
