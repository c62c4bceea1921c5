"""What member offers add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.member_offers import facts, graph, keeping, permits, promises, searches, tables, things
from portal.domain.member_offers.words import CLUB

AREA = Area(
    tables=tables.TABLES,
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    things=things.THINGS,
    nodes=graph.NODES,
    links=graph.LINKS,
    searches=searches.SEARCHES,
    seldom=searches.SELDOM,
    promises=promises.PROMISES,
    keeping=keeping.KEEPING,
    permits=permits.PERMITS,
    offered=(CLUB,),
)
