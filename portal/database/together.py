"""Writes of one moment in one round trip: where the engine is another process, each costs more than what it does."""

from portal.database.statements import Statement, for_engine
from portal.database.tables import database


class Together:
    """Writes to several tables, in their order, of which none reads what another writes. Each has `RETURNING id`, and names no
    lists."""

    def __init__(self, *statements: Statement):
        self._statements = statements
        written = (f"w{place} AS ({statement.written})" for place, statement in enumerate(statements))
        ids = (f"(SELECT MAX(id) FROM w{place})" for place in range(len(statements)))
        self._text = for_engine(f"WITH {', '.join(written)} SELECT {', '.join(ids)}", "", "%s")

    def run(self, **given) -> tuple[int | None, ...]:
        """Of each the id of its row, None where it found none."""
        if database.param == "?":  # A library of this process, which knows no writes inside a read.
            return tuple(statement.value(**given) for statement in self._statements)
        return database.execute_sql(self._text, given).fetchone()
