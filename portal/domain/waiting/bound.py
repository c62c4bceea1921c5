"""What waits for a partner to do something, as each area counts it."""

COUNTED = 100  # More than these is "over 100".


def few(found: str) -> str:
    """The query that counts what is found, up to one over `COUNTED`; `found` begins after FROM."""
    return f"SELECT COUNT(*) FROM (SELECT 1 FROM {found} LIMIT {COUNTED + 1}) few"
