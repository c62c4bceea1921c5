"""What the cards family adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.cards import facts, permits, tables, things

LOYALTY = "loyalty"  # what a partner switches on and off
AREA = Area(tables=tables.TABLES, facts=facts.FACTS, kinds=facts.KINDS, things=things.THINGS, permits=permits.PERMITS)
