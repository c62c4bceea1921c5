"""What the totals add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.totals import tables

AREA = Area(tables=(tables.ListTotal,))
