"""The ways in which rows age. Each look takes up some hundred at most, so that nobody waits long."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, Protocol

from peewee import Field

from portal import clock
from portal.database import Statement, transaction

_MARK = Statement("SELECT value FROM sequence WHERE name = :name")
_SET_MARK = Statement(
    """INSERT INTO sequence (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
)


class Keeping(Protocol):
    """What is kept for a while: `what` as README calls it, for how long."""

    @property
    def what(self) -> str: ...

    @property
    def lasts(self) -> timedelta: ...

    def forget(self, most: int) -> int:
        """Take up some of the oldest; nonzero while there may be more, and repeated until 0."""


@dataclass(frozen=True)
class Ended:
    """Rows that go so long after a moment of theirs, by the wall's clock."""

    what: str
    lasts: timedelta
    moment: Field

    def forget(self, most: int) -> int:
        """Remove some that have ended; how many."""
        table = self.moment.model
        ended = table.select(table.id).where(self.moment <= clock.now() - self.lasts).limit(most)
        with transaction():
            return table.delete().where(table.id.in_(ended)).execute()


class Oldest(NamedTuple):
    """One of the oldest rows: when it was written (microseconds, or a day), how many seconds its partner's clock is ahead."""

    id: int
    written: int | str
    ahead: int
    is_wanted: bool  # it stays however old it is


@dataclass(frozen=True)
class Aged:
    """Rows that go in the order in which they were written, a test mode's by its own clock; the first that is to stay ends
    the look, so that no index is needed.

    `oldest` reads `:most` of them, `drop` removes those up to `:last`. With a `mark` both are asked from `:mark` on: what
    was looked at and stays is passed over once.
    """

    what: str
    lasts: timedelta
    oldest: Statement[Oldest]
    drop: Statement
    mark: str | None = None

    def forget(self, most: int) -> int:
        """Remove the oldest that are old enough; how many were taken up."""
        mark = {"mark": marked(self.mark)} if self.mark else {}
        until = clock.micros() - self.lasts // clock.MICROSECOND
        old = []
        for row in self.oldest.rows(most=most, **mark):
            if row.is_wanted or not _is_before(row.written, until + row.ahead * 1_000_000):
                break
            old.append(row.id)
        if old:
            with transaction():
                self.drop.run(last=old[-1], **mark)
                if self.mark:
                    mark_up_to(self.mark, old[-1])
        return len(old)


@dataclass(frozen=True)
class Own:
    """What has a way of its own."""

    what: str
    lasts: timedelta
    forget: Callable[[int], int]


def marked(name: str) -> int:
    """Up to which row what this mark is of was looked at."""
    return _MARK.value(name=name) or 0


def mark_up_to(name: str, row: int) -> None:
    """In a transaction: it was looked at up to this row."""
    _SET_MARK.run(name=name, value=row)


def _is_before(written: int | str, moment: int) -> bool:
    return written < clock.from_micros(moment).date().isoformat() if isinstance(written, str) else written <= moment
