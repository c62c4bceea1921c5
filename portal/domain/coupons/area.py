"""What the coupons family adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.coupons import facts, graph, keeping, permits, promises, seldom, tables, things
from portal.domain.coupons.batches import facts as batch_facts
from portal.domain.coupons.batches import promises as batch_promises
from portal.domain.coupons.batches import things as batch_things
from portal.domain.coupons.coupons import searches as coupon_searches
from portal.domain.coupons.imports import facts as import_facts
from portal.domain.coupons.imports import promises as import_promises
from portal.domain.coupons.imports import things as import_things
from portal.domain.coupons.mailings import facts as mailing_facts
from portal.domain.coupons.mailings import promises as mailing_promises
from portal.domain.coupons.mailings import things as mailing_things
from portal.domain.coupons.ticketed_events import searches as event_searches
from portal.domain.coupons.ties import graph as tie_graph
from portal.domain.coupons.ties import promises as tie_promises
from portal.domain.coupons.uses import promises as use_promises

COUPONS = "coupons"  # what a partner switches on and off
AREA = Area(
    tables=tables.TABLES,
    facts=facts.FACTS | batch_facts.FACTS | import_facts.FACTS | mailing_facts.FACTS,
    kinds=facts.KINDS,
    things=things.THINGS + batch_things.THINGS + import_things.THINGS + mailing_things.THINGS,
    nodes=graph.NODES,
    links=graph.LINKS + tie_graph.LINKS,
    promises=promises.PROMISES
    + batch_promises.PROMISES
    + import_promises.PROMISES
    + mailing_promises.PROMISES
    + use_promises.PROMISES
    + tie_promises.PROMISES,
    keeping=keeping.KEEPING,
    permits=permits.PERMITS,
    searches=coupon_searches.SEARCHES + event_searches.SEARCHES,
    seldom=seldom.SELDOM,
    offered=(COUPONS,),
)
