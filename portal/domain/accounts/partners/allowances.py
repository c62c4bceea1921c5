"""What a partner may have only so many of, or not at all: whoever adds one asks first. What allows it is another area's."""

from collections.abc import Callable

MANAGERS, LOCATIONS, INTEGRATIONS = "managers", "locations", "integrations"
# Each is called in the transaction that adds one, with the partner, of what, and how many of those there are are replaced by it.
before_one_more: list[Callable[[int, str, int], None]] = []


def refuse_over(partner_id: int, what: str, replaced: int = 0) -> None:
    """In the transaction that adds one: raises Refused where no more are allowed."""
    for refuse in before_one_more:
        refuse(partner_id, what, replaced)
