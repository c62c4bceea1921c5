"""How catalogs and offers are found."""

from portal.domain.search.sources import named

CATALOG, OFFER = "catalog", "offer"
SEARCHES = (
    named(
        CATALOG, "c.short_code AS key, c.title AS name, c.catalog_code AS note, '' AS of",
        "catalog c WHERE c.partner_id = :partner",
        {"c.short_code": "code", "c.uuid": "uuid", "c.code_key": "key"}, ("c.title", "c.catalog_code"), "c.id",
    ),
    named(
        OFFER, "o.uuid AS key, o.name, c.title AS note, c.short_code AS of",
        "offer o JOIN catalog c ON c.id = o.catalog_id WHERE o.partner_id = :partner",
        {"o.uuid": "uuid"}, ("o.name",), "o.id", beside=("c.title",),
    ),
)  # fmt: skip
