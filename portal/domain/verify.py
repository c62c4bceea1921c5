"""Proof that the database holds what it promises: sums, cached figures, and whose things point to whose."""

from collections.abc import Sequence

from peewee import SqliteDatabase

from portal.database import database, snapshot
from portal.domain.areas import Area, Check
from portal.domain.events import chain_proof
from portal.domain.schema import AS_SHOWN

_SHOWN = 20


def promises(areas: Sequence[Area] = AS_SHOWN) -> list[Check]:
    """What the areas promise."""
    return [check for area in areas for check in area.promises]


CHECKS = promises()


def faults(checks: Sequence[Check] = CHECKS) -> list[str]:
    """A sentence for every broken promise, at most twenty of a kind; empty when all hold. Others may write meanwhile."""
    with snapshot():
        return [sentence for check in checks for sentence in _broken(check)] + chain_proof.faults() + _engine_faults()


def _broken(check: Check) -> list[str]:
    found = database.execute_sql(check.query)
    names = [column[0] for column in found.description]
    rows = found.fetchmany(_SHOWN + 1)
    sentences = [check.sentence.format(**dict(zip(names, row, strict=True))) for row in rows[:_SHOWN]]
    return [*sentences, "… and more of this kind."] if len(rows) > _SHOWN else sentences


def _engine_faults() -> list[str]:
    """What SQLite says of its own file; PostgreSQL checks its pages and references itself."""
    if not isinstance(database.obj, SqliteDatabase):
        return []
    said = [line for (line,) in database.execute_sql("PRAGMA integrity_check").fetchall()]
    loose = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    return [f"The database file is damaged: {line}" for line in said if line != "ok"] + [
        f"A row of {table} (id {row}) points to a row of {target} that is not there." for table, row, target, _ in loose
    ]
