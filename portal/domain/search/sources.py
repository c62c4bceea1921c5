"""Kinds of things that are searched: the statements that find some of a kind by what somebody typed.

Each is asked with what the text can be: `:text`, `:click`, `:mail`, `:key`, `:uuid`, `:code` and `:number` are it, or what
nothing has; `:begins` and `:word_1` and following are patterns of texts as `ALIKE` writes them, `:key_begins` of what typed
codes are compared by.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Source:
    """A kind of thing, and what finds the `:partner`'s by so many words: one statement, or one for each number.

    It is not asked unless the text can be one of `needs`; `seen_by` are roles, None stands for all who search.
    """

    kind: str
    statement: Statement[Hit] | dict[int, Statement[Hit]]
    seen_by: frozenset[str] | None = None
    needs: tuple[str, ...] = ()
    latest: Statement[Hit] | None = None  # the latest of those that have names, whatever they are called

    def find(self, values: dict, count: int) -> list[Hit]:
        """What a text of so many words finds by these values."""
        if self.needs and not any(values[name] for name in self.needs):
            return []
        statement = self.statement if isinstance(self.statement, Statement) else self.statement[count]
        return statement.rows(**values)


def named(
    kind: str, columns: str, tables: str, ids: dict[str, str], names: tuple[str, ...], latest: str,
    beside: tuple[str, ...] = (), seen_by: frozenset[str] | None = None,
) -> Source:  # fmt: skip
    """Things by their ids (parameter by column) and by the words of their names, of which some may stand `beside` them;
    `columns` are key, name, note and of."""
    is_it = " OR ".join(f"{column} = :{parameter}" for column, parameter in ids.items())
    begins = " OR ".join(f"ALIKE({name}) LIKE :begins {ESCAPE}" for name in names)

    def written(has_words: str) -> str:
        return f"""SELECT '{kind}' AS kind, CASE WHEN {is_it} THEN 0 WHEN {begins} THEN 1 ELSE 2 END AS rank, {columns}
            FROM {tables} AND ({is_it} OR {has_words}) ORDER BY rank, {latest} DESC LIMIT {MOST}"""

    every = f"SELECT '{kind}' AS kind, 2 AS rank, {columns} FROM {tables} ORDER BY {latest} DESC LIMIT {MOST_COMPARED}"
    return Source(kind, words.statements(written, names, beside, Hit), seen_by, latest=Statement(every, row=Hit))
