"""Forms that must act once: each has a mark, which is claimed when it is sent, also when two come at the same moment."""

from portal import clock
from portal.database import transaction
from portal.domain.accounts.tables import IdempotencyRecord


def claim(mark: str) -> bool:
    """Whether the form of this mark is sent for the first time. It is remembered for a day, as kept answers are."""
    claimed = IdempotencyRecord.insert(credential="form", key=mark, request_digest="", created_at=clock.wall_micros())
    with transaction():
        return bool(claimed.on_conflict_ignore().as_rowcount().execute())
