"""What pictures add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.pictures import promises, tables

AREA = Area(
    tables=(tables.Picture,),
    promises=promises.PROMISES,
)
