"""Background work: a queue that only says "look now", and drains that do what is due in the domain's own rows."""

from portal.worker.queue import wake, wake_on_events

__all__ = ["wake", "wake_on_events"]
