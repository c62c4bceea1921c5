"""Kinds of things that are searched: what finds some of a kind by what somebody typed.

All that somebody may find is asked for in one statement, which costs less than one of each kind. It is asked with what the
text can be: `:text`, `:click`, `:mail`, `:key`, `:uuid`, `:code` and `:number` are it, or what nothing has; `:begins` and
`:word_1` and following are patterns of texts as `ALIKE` writes them, `:key_begins` of what typed codes are compared by. Words that are kept one by one stand between `:begins_1` and `:ends_1` and following, and
`:number_begins` and `:number_ends` where the text is a number; `:is_number` is all of it, `:digits` with its zeros,
`:phone_end` and `:ends_like` what a number in it ends with.
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
    exact: str
    by_words: Callable[[int], str] | None = None
    seen_by: frozenset[str] | None = None
    latest: Statement[Hit] | None = None  # the latest of those that have names, whatever they are called


@cache
def exact(sources: tuple[Source, ...]) -> Statement[Hit]:
    """What finds the things of these kinds that the text is an id, a code or a mail address of."""
    return _together(source.exact for source in sources)


@cache
def by_words(sources: tuple[Source, ...], count: int) -> Statement[Hit]:
    """What finds the things of these kinds that hold so many words."""
    return _together(source.by_words(count) for source in sources if source.by_words)


def named(
    kind: str, columns: str, tables: str, ids: dict[str, str], names: tuple[str, ...], latest: str,
    beside: tuple[str, ...] = (), seen_by: frozenset[str] | None = None,
) -> Source:  # fmt: skip
    """Things by their ids (parameter by column) and by the words of their names, of which some may stand `beside` them;
    `columns` are key, name, note and of."""

    def query(rank: str, condition: str, most: int = MOST) -> str:
        return f"""SELECT '{kind}' AS kind, {rank} AS rank, {columns} FROM {tables} AND {condition}
            ORDER BY rank, {latest} DESC LIMIT {most}"""

    is_it = " OR ".join(f"{column} = :{parameter}" for column, parameter in ids.items())
    return Source(
        kind, query("0", f"({is_it})"), lambda count: query(begun(names), words.held(names, beside, count)), seen_by,
        latest=Statement(query("2", "1 = 1", MOST_COMPARED), row=Hit),
    )  # fmt: skip


def begun(names: tuple[str, ...]) -> str:
    """The rank of what holds the words: whether one of its names begins with the text."""
    begins = " OR ".join(f"ALIKE({name}) LIKE :begins {ESCAPE}" for name in names)
    return f"CASE WHEN {begins} THEN 1 ELSE 2 END"


def _together(queries: Iterable[str]) -> Statement[Hit]:
    every = (f"SELECT * FROM ({query}) of_{number}" for number, query in enumerate(queries))
    return Statement(" UNION ALL ".join(every), row=Hit)
