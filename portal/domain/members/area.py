"""What members add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.members import tables

AREA = Area(tables=(tables.Member,))
