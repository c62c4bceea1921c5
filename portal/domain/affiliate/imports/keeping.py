"""The rows of imports of deals are kept for thirty days."""

from portal.domain.affiliate.imports.tables import TABLES
from portal.domain.importing import keeping

ROWS_LAST = keeping.ROWS_LAST


def forget_old(most: int = 1000) -> int:
    """Remove rows of the oldest import past its thirty days; nonzero while there is more to do, and repeated until 0."""
    return keeping.forget_old(TABLES, most)
