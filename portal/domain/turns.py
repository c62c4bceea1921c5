"""Work that waits in rows: whose it is take turns, each has a share of what is worked at at once, and what is taken is leased.

Such a table has `due_at` (when it may be taken; null: never), whose each row is, and `lease_ends` (null: nobody is at it). A
lease is also the next `due_at`, so that what a dead worker had taken is due again when the lease ends.
"""

from collections.abc import Callable
from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction

# Locks the lane, and says whose turn was last.
_HOLD = Statement(
    """INSERT INTO sequence (name, value) VALUES (:name, 0) ON CONFLICT (name) DO UPDATE SET value = sequence.value
    RETURNING value"""
)
_REMEMBER = Statement("UPDATE sequence SET value = :whose WHERE name = :name")


class Turns:
    """The turns at the rows of a table. `whose` names its column of partners, `share` is how many rows of one are worked
    at at once, by all workers together; `held` tells until when a row is.

    However much of somebody's waits, one row is read of it: it costs the others nothing.
    """

    def __init__(self, table: str, whose: str, share: int, held: str = "lease_ends"):
        self._name = f"turn:{table}"
        self._next = Statement(
            f"""WITH RECURSIVE waiting (whose) AS (
                SELECT MIN({whose}) FROM {table} WHERE due_at IS NOT NULL
                UNION ALL
                SELECT (SELECT MIN(t.{whose}) FROM {table} t WHERE t.due_at IS NOT NULL AND t.{whose} > w.whose)
                FROM waiting w WHERE w.whose IS NOT NULL)
            SELECT w.whose FROM waiting w WHERE EXISTS (SELECT 1 FROM {table} t WHERE t.{whose} = w.whose AND t.due_at <= :now)
                AND (SELECT COUNT(*) FROM {table} t WHERE t.{whose} = w.whose AND t.due_at > :now AND t.{held} > :now) < {share}
            ORDER BY w.whose <= :last, w.whose LIMIT 1"""
        )

    def is_any(self, now: int) -> bool:
        """Whether something may be taken; asked first, so that nobody waits for a look that finds nothing."""
        return self._next.value(now=now, last=0) is not None

    def next(self, now: int) -> int | None:
        """Inside a transaction, until whose end nobody else takes: whose turn it is, who has a row that is due."""
        whose = self._next.value(now=now, last=_HOLD.value(name=self._name))
        if whose is not None:
            _REMEMBER.run(name=self._name, whose=whose)
        return whose


class Leases:
    """Rows that are taken one at a time, in turns, each under a lease; `attempts` counts how often."""

    def __init__(self, table: str, whose: str, share: int, lasts: timedelta):
        self._turns = Turns(table, whose, share)
        self._lasts = lasts // clock.MICROSECOND
        self._take = Statement(
            f"""UPDATE {table} SET due_at = :ends, lease_ends = :ends, attempts = attempts + 1 WHERE due_at <= :now AND id =
                (SELECT id FROM {table} WHERE {whose} = :whose AND due_at <= :now ORDER BY {whose}, due_at LIMIT 1)
            RETURNING id"""
        )

    def take(self) -> int | None:
        """The id of the row that is next, under a lease; None when nothing may be taken now."""
        now = clock.micros()
        if not self._turns.is_any(now):
            return None
        with transaction():
            whose = self._turns.next(now)
            if whose is None:
                return None
            taken = self._take.value(ends=now + self._lasts, whose=whose, now=now)
        return self.take() if taken is None else taken  # None: it was canceled at this moment.


class Pieces(Leases):
    """Rows of partners that are worked at in pieces, each one transaction under the row's lock, by its partner's clock."""

    def __init__(self, table: str, lasts: timedelta):
        super().__init__(table, "partner_id", 1, lasts)
        self._hold = Statement(f"SELECT id FROM {table} WHERE id = :id AND due_at IS NOT NULL", lock="FOR UPDATE")
        self._offset = Statement(
            f"SELECT p.clock_offset FROM {table} t JOIN partner p ON p.id = t.partner_id WHERE t.id = :id"
        )

    def work(self, piece: Callable[[int], None]) -> bool:
        """A piece of the row whose turn it is, which is given by its id and may be done already; whether there was one."""
        taken = self.take()
        if taken is None:
            return False
        with clock.acting(self._offset.value(id=taken)), transaction():
            if self._hold.value(id=taken):
                piece(taken)
        return True
