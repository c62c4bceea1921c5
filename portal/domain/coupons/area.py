"""What the coupons family adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.coupons import permits, tables

COUPONS = "coupons"  # what a partner switches on and off
AREA = Area(tables=tables.TABLES, permits=permits.PERMITS)
