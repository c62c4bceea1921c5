"""The lease under which a worker works at an import: every write renews it, and it ends when the import is canceled."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.turns import Turns

LEASE_SECONDS = 15  # A write renews it; the slowest of them waits five seconds for its turn.
SECOND = 1_000_000
COUNTS = ("total", "checked", "new", "changed", "same", "bad", "done", "failed")


class Work(NamedTuple):
    """An import under this worker's lease, which is known by its end."""

    id: int
    uuid: str
    partner_id: int
    state: str
    separator: str
    head: str
    mapping: str
    decimal_sign: str | None
    found_sign: str | None
    confirmed_by: str | None
    lease: int
    clock_offset: int


class Ended(Exception):
    """The lease is over: somebody canceled the import, or another worker has taken it up."""


class ImportLeases:
    """The leases of a table of imports, with what is counted of each."""

    def __init__(self, table: str, counts: tuple[str, ...] = COUNTS):
        self._nothing = dict.fromkeys(counts, 0)
        self._turns = Turns(table, "partner_id", share=1, held="due_at")
        self._held = Statement(f"SELECT 1 FROM {table} WHERE due_at > :now LIMIT 1")
        self._take = Statement(f"UPDATE {table} SET due_at = :lease WHERE id = :id AND due_at = :before")
        self._go_on = Statement(
            f"""UPDATE {table} SET due_at = :lease, {", ".join(f"{count} = {count} + :{count}" for count in counts)}
            WHERE id = :id AND due_at = :before AND state = :state"""
        )
        self._due = Statement(
            f"""SELECT i.id, i.uuid, i.partner_id, i.state, i.separator, i.head, i.mapping, i.decimal_sign, i.found_sign,
                i.confirmed_by, i.due_at AS lease, p.clock_offset
            FROM {table} i JOIN partner p ON p.id = i.partner_id WHERE i.partner_id = :partner AND i.due_at <= :now
            ORDER BY i.due_at LIMIT 1""",
            Work,
        )

    def taken(self) -> Work | None:
        """An import under a lease of this worker's: partners take turns, one of each at once, and of one's the import that has
        waited longest. None when none is due."""
        now = clock.wall_micros()
        if not self._turns.is_any(now):
            return None
        with transaction():
            partner = self._turns.next(now)
            work = None if partner is None else self._due.row(partner=partner, now=now)
            lease = _lease()
            if work is None or not self._take.run(lease=lease, id=work.id, before=work.lease):
                return None
        return work._replace(lease=lease)

    def is_any_held(self) -> bool:
        """Whether an import is under a lease: of another worker, or of one that is dead and cannot give it back."""
        return self._held.row(now=clock.wall_micros()) is not None

    def put_back(self, work: Work) -> None:
        """The turn is over: whoever comes next may go on with it."""
        with transaction():
            self._take.run(lease=clock.wall_micros(), id=work.id, before=work.lease)

    def gone_on(self, work: Work, **counts: int) -> Work:
        """Inside a transaction: count, and hold the lease for longer. Raises Ended, which undoes it, when it is over."""
        lease = _lease()
        counted = self._nothing | counts
        if not self._go_on.run(lease=lease, id=work.id, before=work.lease, state=work.state, **counted):
            raise Ended
        return work._replace(lease=lease)


def _lease() -> int:
    return clock.wall_micros() + LEASE_SECONDS * SECOND
