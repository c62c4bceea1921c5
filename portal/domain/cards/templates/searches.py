"""How templates of cards are found."""

from portal.domain.search.sources import named

TEMPLATE = "card_template"
SEARCHES = (
    named(
        TEMPLATE, "t.uuid AS key, t.name, '' AS note, '' AS of", "card_template t WHERE t.partner_id = :partner",
        {"t.uuid": "uuid"}, ("t.name",), "t.id",
    ),
)  # fmt: skip
