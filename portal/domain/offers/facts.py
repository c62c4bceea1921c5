"""Types of events about catalogs and offers: the sentence a timeline shows, and the kind to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "catalog.created": say("Catalog created"),
    "catalog.changed": say("Catalog changed"),
    "catalog.published": say("Catalog published"),
    "catalog.unpublished": say("Catalog unpublished"),
    "catalog.archived": say("Catalog archived"),
    "catalog.restored": say("Catalog restored from the archive"),
    "offer.created": say("Offer created"),
    "offer.changed": say("Offer changed"),
}
KINDS = {"catalogs": FactKind(say("Catalogs, offers and landings"), ("catalog.", "offer.", "landing."))}
