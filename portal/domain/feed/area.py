"""What the offers feed adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.feed import facts, permits, promises, tables
from portal.domain.feed.ties import tables as tie_tables

AREA = Area(
    tables=(tables.FeedListing, tables.FeedState, tables.FeedClicks, tie_tables.FeedPool, tie_tables.DrawnCode),
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    promises=promises.PROMISES,
    permits=permits.PERMITS,
)
