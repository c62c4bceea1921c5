"""Kinds of things that are searched: what finds some of a kind by what somebody typed.

All that somebody may find is asked for in one statement, which costs less than one of each kind. It is asked with what the
text can be: `:text`, `:click`, `:mail`, `:key`, `:uuid`, `:code` and `:number` are it, or what nothing has; `:begins` and
`:word_1` and following are patterns of texts as `ALIKE` writes them, `:key_begins` of what typed codes are compared by. Words that
are kept one by one stand between `:begins_1` and `:ends_1` and following, and `:number_begins` and `:number_ends` where the text is a
number; `:is_number` is all of it, `:digits` with its zeros, `:phone_end` and `:ends_like` what a number in it ends with.

What the text cannot be is left out: a statement costs by all that it could find, whether there is any or not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE

MOST = 6  # of a kind
MOST_COMPARED = 500  # of a kind, letter by letter
ALL = 1_000_000_000  # A query inside another with a bound, however large, is run by itself: what it writes is written once.

Given = frozenset[str]  # the parameters that the text can be, of those that it need not be
Query = Callable[[Given], str]  # empty where nothing can be found


class Hit(NamedTuple):
    """A thing that was found: what its page is found by, its name, and what tells it from others of its name.

    `rank` is 0 when an id, code or mail address is the text itself, 1 when a name begins with it, 2 when its words are there.
    """

    kind: str
    rank: int
    key: str
    name: str
    note: str
    of: str = ""  # the key of the thing that it stands in, for those who have no page of its own


@dataclass(frozen=True, eq=False)
class Source:
    """A kind of thing, and the queries of at most `MOST` hits of the `:partner`'s: the text is an id of the `exact` ones, of
    rank 0; those `by_words` hold so many words, of rank 1 and 2. `seen_by` are roles, None stands for all who search."""

    kind: str
    exact: Query
    by_words: Callable[[int, Given], str] | None = None
    seen_by: frozenset[str] | None = None
    latest: Statement[Hit] | None = None  # the latest of those that have names, whatever they are called


@cache
def exact(sources: tuple[Source, ...], given: Given) -> Statement[Hit] | None:
    """What finds the things of these kinds that the text is an id, a code or a mail address of; None where it can be none."""
    return _together(source.exact(given) for source in sources)


@cache
def by_words(sources: tuple[Source, ...], count: int, given: Given) -> Statement[Hit] | None:
    """What finds the things of these kinds that hold so many words."""
    return _together(source.by_words(count, given) for source in sources if source.by_words)


def either(written: Callable[[str], str], *ways: tuple[str, str], between: str = " UNION ALL ") -> Query:
    """The query that is written around those of the ways whose parameter the text can be."""

    def query(given: Given) -> str:
        found = between.join(way for parameter, way in ways if parameter in given)
        return found and written(found)

    return query


def named(
    kind: str, columns: str, tables: str, ids: dict[str, str], names: tuple[str, ...], latest: str,
    beside: tuple[str, ...] = (), seen_by: frozenset[str] | None = None,
) -> Source:  # fmt: skip
    """Things by their ids (parameter by column) and by the words of their names, of which some may stand `beside` them;
    `columns` are key, name, note and of."""

    def query(rank: int | str, condition: str, most: int = MOST) -> str:
        return f"""SELECT '{kind}' AS kind, {rank} AS rank, {columns} FROM {tables} AND ({condition})
            ORDER BY rank, {latest} DESC LIMIT {most}"""

    def by_words(count: int, given: Given) -> str:
        if count == 1:
            return query(begun(words.compared(names)), words.held(names, beside, 1))
        written, named, holding = read_once(names, beside, count)
        return f"""SELECT '{kind}' AS kind, {begun(named)} AS rank, key, name, note, of
            FROM (SELECT {columns}, {latest} AS latest, {written} FROM {tables} LIMIT {ALL}) every WHERE {holding}
            ORDER BY rank, latest DESC LIMIT {MOST}"""

    ways = ((parameter, f"{column} = :{parameter}") for column, parameter in ids.items())
    exact = either(lambda is_it: query(0, is_it, MOST), *ways, between=" OR ")
    return Source(kind, exact, by_words, seen_by, latest=Statement(query(2, "1 = 1", MOST_COMPARED), row=Hit))


def read_once(names: tuple[str, ...], beside: tuple[str, ...], count: int) -> tuple[str, tuple[str, ...], str]:
    """For a query inside another: columns that write what the words are looked for in, once for each row; which of them are names;
    and the condition outside that so many words are held."""
    named, others = (
        tuple(f"{of}_{place}" for place in range(len(some))) for of, some in (("name", names), ("beside", beside))
    )
    texts = zip(words.compared(names + beside), named + others, strict=True)
    return ", ".join(f"{text} AS {column}" for text, column in texts), named, words.held_in(named, others, count)


def begun(named: tuple[str, ...]) -> str:
    """The rank of what holds the words: whether one of its names, as they are compared, begins with the text."""
    begins = " OR ".join(f"{name} LIKE :begins {ESCAPE}" for name in named)
    return f"CASE WHEN {begins} THEN 1 ELSE 2 END"


def _together(queries: Iterable[str]) -> Statement[Hit] | None:
    every = [f"SELECT * FROM ({query}) of_{number}" for number, query in enumerate(queries) if query]
    return Statement(" UNION ALL ".join(every), row=Hit) if every else None
