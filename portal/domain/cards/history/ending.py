"""What of a card ends next by itself: a lot of what is on it, or the card."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement


class End(NamedTuple):
    """So much of a field, and when; moments in microseconds."""

    field: str
    amount: int
    expires_at: int

    @property
    def at(self) -> datetime:
        """When."""
        return clock.from_micros(self.expires_at)


_NEXT = Statement(
    """SELECT field, SUM(remaining) AS amount, expires_at FROM card_lot
    WHERE card_id = :card AND remaining > 0 AND expires_at > :now GROUP BY field, expires_at ORDER BY expires_at LIMIT 1""",
    End,
)


def following(card_id: int) -> End | None:
    """What is used up next by time, of what is left in lots; None where nothing ends."""
    row = _NEXT.row(card=card_id, now=clock.micros())
    return row and row._replace(amount=int(row.amount))
