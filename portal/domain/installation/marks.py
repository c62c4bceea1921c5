"""What the installation remembers of its own work: when each kind was looked at and failed last, and the last backup.

All by the wall's clock, in microseconds. Several machines share one database, so that it stands there.
"""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction

LOOKED, FAILED, BACKUP_AT, BACKUP_SIZE = "looked: ", "failed: ", "backup: at", "backup: bytes"
_SET = Statement(
    "INSERT INTO sequence (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


class _Mark(NamedTuple):
    name: str
    value: int


_KNOWN = Statement("SELECT name, value FROM sequence WHERE name LIKE :begins", _Mark)


class Backup(NamedTuple):
    """The last backup that was written whole: when, and its size in bytes."""

    at: int
    size: int


def looked(kind: str) -> None:
    """A worker has done all that was due of a kind."""
    _set({LOOKED + kind: clock.wall_micros()})


def failed(kind: str) -> None:
    """A worker failed at a kind of work, and tries again."""
    _set({FAILED + kind: clock.wall_micros()})


def backed_up(size: int) -> None:
    """A backup of this many bytes was written."""
    _set({BACKUP_AT: clock.wall_micros(), BACKUP_SIZE: size})


def moments(of: str) -> dict[str, int]:
    """The latest moment by kind, of LOOKED or FAILED."""
    return {name.removeprefix(of): value for name, value in _KNOWN.rows(begins=f"{of}%")}


def last_backup() -> Backup | None:
    """The last backup; None where none is known of."""
    known = moments("backup: ")
    return Backup(known["at"], known["bytes"]) if "at" in known else None


def _set(marks: dict[str, int]) -> None:
    with transaction():
        for name, value in marks.items():
            _SET.run(name=name, value=value)
