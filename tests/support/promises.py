"""What the portal promises of the rows of a table is not asked while that table has none: most tests fill a few of them."""

import re
from collections.abc import Sequence
from functools import cache

from portal.database import database
from portal.domain import verify
from portal.domain.areas import Check
from tests.support import engines

_INNER = re.compile(r"\([^()]*\)")
_TEXT = re.compile(r"'[^']*'")
# What finds rows where the first table has none.
_ELSEWHERE = re.compile(r"\b(UNION|INTERSECT|EXCEPT|RIGHT|FULL)\b")
_FIRST = re.compile(r"SELECT\b.*?\bFROM (\w+)", re.DOTALL)

# As the command `verify` asks: of every promise.
of_all = verify.faults


def be_quick() -> None:
    """Leave out those that can find nothing."""
    verify.faults = _of_filled


def _of_filled(checks: Sequence[Check] = verify.CHECKS) -> list[str]:
    filled = {table for (table,) in database.execute_sql(engines.FILLED).fetchall()}
    empty = engines.tables() - engines.KEPT - filled
    return of_all([check for check in checks if first_table(check.query) not in empty])


@cache
def first_table(query: str) -> str | None:
    """The table that a query begins with, if whatever it finds is of a row of that: the others are joined to it."""
    outer, whole = _TEXT.sub("", query.strip()), ""
    while outer != whole:
        outer, whole = _INNER.sub("", outer), outer
    begins = _FIRST.match(outer)
    return begins[1] if begins and not _ELSEWHERE.search(outer) else None
