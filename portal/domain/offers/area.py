"""What catalogs and offers, every family's, add to what the areas share."""

from portal.domain.areas import Area
from portal.domain.codes import of as codes_of
from portal.domain.offers import codes, facts, graph, promises, searches, tables, things

AREA = Area(
    tables=(tables.Category, tables.Catalog, tables.Offer, tables.OfferPrice),
    facts=facts.FACTS,
    kinds=facts.KINDS,
    fields=facts.FIELDS,
    things=things.THINGS,
    nodes=graph.NODES,
    links=graph.LINKS,
    searches=searches.SEARCHES,
    promises=promises.PROMISES,
    codes=codes_of(codes),
)
