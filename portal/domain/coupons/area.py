"""What the coupons family adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.coupons import facts, permits, promises, tables, things

COUPONS = "coupons"  # what a partner switches on and off
AREA = Area(
    tables=tables.TABLES,
    facts=facts.FACTS,
    kinds=facts.KINDS,
    things=things.THINGS,
    promises=promises.PROMISES,
    permits=permits.PERMITS,
)
