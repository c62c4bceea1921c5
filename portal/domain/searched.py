"""Kinds of things that are searched: the statement that finds some of a kind by what somebody typed.

Each is asked with what the text can be: `:text`, `:plain`, `:mail`, `:key`, `:uuid`, `:code` and `:number` are it, or what
nothing has; `:begins` and `:contains` are patterns of lower-case texts, `:key_begins` of what typed codes are compared by.
"""

from dataclasses import dataclass
from typing import NamedTuple

from portal.database import Statement, lowered
from portal.domain.typed.patterns import ESCAPE

MOST = 6  # of a kind


class Hit(NamedTuple):
    """A thing that was found: what its page is found by, its name, and what tells it from others of its name.

    `rank` is 0 when an id, code or mail address is the text itself, 1 when a name begins with it, 2 when one contains it.
    """

    kind: str
    rank: int
    key: str
    name: str
    note: str
    of: str = ""  # the key of the thing that it stands in, for those who have no page of its own


@dataclass(frozen=True)
class Source:
    """A kind of thing, the statement that finds the `:partner`'s, and the roles for whom; None stands for all who search."""

    kind: str
    statement: Statement[Hit]
    seen_by: frozenset[str] | None = None


def named(
    kind: str, columns: str, tables: str, ids: dict[str, str], names: tuple[str, ...], latest: str, seen_by=None
) -> Source:
    """Things by their ids (parameter by column) and by any part of their names; `columns` are key, name, note and of."""
    is_it = " OR ".join(f"{column} = :{parameter}" for column, parameter in ids.items())
    begins, contains = (
        " OR ".join(f"{lowered(name)} LIKE :{pattern} {ESCAPE}" for name in names) for pattern in ("begins", "contains")
    )
    text = f"""SELECT '{kind}' AS kind, CASE WHEN {is_it} THEN 0 WHEN {begins} THEN 1 ELSE 2 END AS rank, {columns} FROM {tables}
        AND ({is_it} OR {contains}) ORDER BY rank, {latest} DESC LIMIT {MOST}"""
    return Source(kind, Statement(text, row=Hit), seen_by)
