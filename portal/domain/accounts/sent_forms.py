"""Forms that must act once: each has a mark, which is claimed when it is sent, also when two come at the same moment."""

from portal import clock
from portal.database import Statement, transaction

_CLAIM = Statement(
    """INSERT INTO idempotency_record (credential, "key", request_digest, created_at) VALUES ('form', ?, '', ?)
    ON CONFLICT (credential, "key") DO NOTHING"""
)


def claim(mark: str) -> bool:
    """Whether the form of this mark is sent for the first time. It is remembered for a day, as kept answers are."""
    with transaction():
        return bool(_CLAIM.run(mark, clock.wall_micros()))
