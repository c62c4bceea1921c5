"""What grows with every day and is kept for a while only, as the areas say. Money never ages."""

from collections.abc import Sequence

from portal.domain.areas import Area
from portal.domain.schema import AREAS


def forget_old(most: int = 500, areas: Sequence[Area] = AREAS) -> int:
    """Take up some of the oldest rows of each kind, `most` at once; nonzero while there may be more. The worker repeats it until 0."""
    return sum(keeping.forget(most) for area in areas for keeping in area.keeping)
