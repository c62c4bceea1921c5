"""What the cards family adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.cards import permits, tables

LOYALTY = "loyalty"  # what a partner switches on and off
AREA = Area(tables=tables.TABLES, permits=permits.PERMITS)
