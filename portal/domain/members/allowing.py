"""Whether a partner may make and change customers at the moment: what forbids it is another area's. Erasing is always allowed."""

from collections.abc import Callable

# Each is called in the transaction that writes, with the partner; it raises Refused where that may not be.
before_writing: list[Callable[[int], None]] = []


def refuse(partner_id: int) -> None:
    """In the transaction that makes, changes or merges customers: raise Refused where the partner may not."""
    for refused in before_writing:
        refused(partner_id)
