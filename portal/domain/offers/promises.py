"""Whose offers stand in whose catalogs."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Offer {uuid} stands in another partner's catalog.",
        "SELECT o.uuid FROM offer o JOIN catalog c ON c.id = o.catalog_id WHERE c.partner_id <> o.partner_id",
    ),
)
