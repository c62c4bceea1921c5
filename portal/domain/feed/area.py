"""What the offers feed adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.feed import facts, graph, permits, promises, tables
from portal.domain.feed.ties import graph as tie_graph
from portal.domain.feed.ties import tables as tie_tables

AREA = Area(
    tables=(
        tables.FeedListing,
        tables.FeedDeparture,
        tables.FeedState,
        tables.FeedClicks,
        tie_tables.FeedPool,
        tie_tables.DrawnCode,
    ),
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    nodes=graph.NODES,
    links=graph.LINKS + tie_graph.LINKS,
    promises=promises.PROMISES,
    permits=permits.PERMITS,
)
