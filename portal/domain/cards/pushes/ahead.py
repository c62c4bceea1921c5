"""What is due by the clock of a test mode, which is ahead of the wall's, by which the worker looks."""

from portal import clock
from portal.database import Statement, transaction

_MOST = 500


class Ahead:
    """The rows of a table of partners' work that a test mode's clock has reached: they are made due by the wall's."""

    def __init__(self, table: str):
        self._reached = Statement(
            f"""SELECT w.id FROM partner p JOIN {table} w ON w.partner_id = p.id WHERE p.clock_offset > 0 AND w.due_at > :now
            AND w.lease_ends IS NULL AND w.due_at <= :now + CAST(p.clock_offset AS BIGINT) * 1000000 LIMIT :most"""
        )
        self._pull = Statement(
            f"UPDATE {table} SET due_at = :now WHERE id IN :reached AND due_at > :now AND lease_ends IS NULL"
        )

    def pull(self) -> bool:
        """Whether some are due by it."""
        now = clock.wall_micros()
        reached = self._reached.values(now=now, most=_MOST)
        if not reached:
            return False
        with transaction():
            return bool(self._pull.run(reached=reached, now=now))
