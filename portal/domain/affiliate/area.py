"""What the affiliate family adds to what the areas share."""

from portal.domain.affiliate import codes, facts, graph, keeping, permits, promises, searches, tables, things, waits
from portal.domain.affiliate.notices.kinds import NOTICES
from portal.domain.areas import Area
from portal.domain.codes import of as codes_of

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
    codes=codes_of(codes),
    notices=NOTICES,
    waits=waits.WAITS,
    offered=(waits.SELLING, waits.EARNING),
)
