"""Waiting for what one waits for, and not for a time to pass."""

import time

PATIENCE_SECONDS = 240.0  # Much more than it takes, since a machine may be busy with other things.


def until(condition, what="it", seconds: float = PATIENCE_SECONDS):
    """Wait for something to become true; what it was."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what() if callable(what) else what}"
        time.sleep(0.02)
    return found
