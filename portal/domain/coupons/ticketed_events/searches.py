"""How ticketed events are found."""

from portal.domain.search.sources import named

TICKETED_EVENT = "ticketed_event"
SEARCHES = (
    named(
        TICKETED_EVENT, "CAST(e.id AS VARCHAR(20)) AS key, e.name, '' AS note, '' AS of",
        "ticketed_event e WHERE e.partner_id = :partner", {"e.id": "number"}, ("e.name",), "e.id",
    ),
)  # fmt: skip
