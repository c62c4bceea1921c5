"""What traces add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.traces import keeping, tables

AREA = Area(
    tables=(tables.RefusalCount, tables.Refusal),
    keeping=keeping.KEEPING,
)
