"""Types of events about catalogs and offers: the sentence a timeline shows, and the kind to filter by."""

from portal.domain.areas import FactKind

FACTS = {
    "catalog.created": "Catalog created",
    "catalog.changed": "Catalog changed",
    "catalog.published": "Catalog published",
    "catalog.unpublished": "Catalog unpublished",
    "catalog.archived": "Catalog archived",
    "catalog.restored": "Catalog restored from the archive",
    "offer.created": "Offer created",
    "offer.changed": "Offer changed",
}
KINDS = {"catalogs": FactKind("Catalogs, offers and landings", ("catalog.", "offer.", "landing."))}
