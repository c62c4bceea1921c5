"""PostgreSQL as this portal asks it. Left to itself its driver takes long statements apart at each run, keeps few of them prepared,
and forgets all that are whenever a transaction is undone; then they are planned anew, which costs more than running them does.
And to ask for what is prepared it goes through forty calls, which take as long as most statements do."""

import re
from functools import lru_cache
from typing import Any

from peewee import PostgresqlDatabase
from psycopg import OperationalError, RawCursor
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus

_PREPARED = 256  # for each connection; the driver's hundred are fewer than the pages ask in turn, and each takes the server 150 KB
_READ, _LONG = 2048, 4096
_PARAMETER = re.compile(r"%(?:%|s|\((\w+)\)s)")
_BARE = frozenset({"BEGIN", "COMMIT"})


class Postgresql(PostgresqlDatabase):
    """The engine, whose connections keep what they have read and planned."""

    def _initialize_connection(self, conn):
        conn.prepared_max = _PREPARED
        conn.cursor_factory = _Cursor


class _Cursor(RawCursor):
    """Takes statements as peewee and `Statement` write them."""

    def execute(self, query, params=None, **more):
        if query in _BARE:
            return self._checked(self._pgconn.exec_(query.encode()))
        if query.startswith("ROLLBACK") and self._undone(query):
            return self
        text, names = _read(query, params)
        given = [params[name] for name in names] if names else params
        return self._run_again(text, given or ()) or super().execute(text, given, **more)

    def executemany(self, query, params_seq, **more):
        super().executemany(_read(query, None)[0], params_seq, **more)

    def _run_again(self, text: str, given):
        """Run what the driver has prepared; None where it has not."""
        self._reset()
        self._tx = Transformer(self)
        values: Any = self._tx.dump_sequence(given, [PyFormat.AUTO] * len(given))
        key, prepared = (text.encode(), self._tx.types or ()), self._conn._prepared._names
        if key not in prepared:
            return None
        prepared.move_to_end(key)  # What was asked for longest ago is forgotten first.
        result = self._pgconn.exec_prepared(prepared[key], values, self._tx.formats)
        self._checked(result)._set_results([result])
        return self

    def _checked(self, result):
        """The cursor itself. Raises what the driver would, had it asked."""
        if result.status == ExecStatus.FATAL_ERROR and self._pgconn.status != ConnStatus.OK:
            raise OperationalError(result.error_message.decode(errors="replace").strip())
        self._check_results([result])
        return self

    def _undone(self, query: str) -> bool:
        """Undo without the driver's knowing: no table was made that what is prepared could have been about."""
        return self.connection.pgconn.exec_(query.encode()).status == ExecStatus.COMMAND_OK


def _read(query: str, params) -> tuple[str, tuple[str, ...]]:
    """As `numbered`; long texts without names are rows to insert, of which each number makes another."""
    is_kept = isinstance(params, dict) or len(query) < _LONG
    return numbered(query) if is_kept else numbered.__wrapped__(query)


@lru_cache(maxsize=_READ)
def numbered(query: str) -> tuple[str, tuple[str, ...]]:
    """The statement with its parameters as the server numbers them, and their names in that order; none where they have no names."""
    places: dict[object, int] = {}

    def numbered_one(match: re.Match) -> str:
        if match[0] == "%%":
            return "%"
        return f"${places.setdefault(match[1] or len(places), len(places) + 1)}"

    text = _PARAMETER.sub(numbered_one, query)
    return text, tuple(place for place in places if isinstance(place, str))
