"""What the event log promises; its chain is proved by `chain_proof`."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "The event log gave position {position}, but its counter stands at {value}.",
        """SELECT e.position, s.value FROM sequence s, (SELECT MAX(position) AS position FROM event) e
        WHERE s.name = 'event' AND e.position > s.value""",
    ),
)
