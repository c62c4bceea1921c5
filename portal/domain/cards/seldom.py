"""Things of the cards family of which a partner has few, found by the words of their names."""

from portal.domain.search.sources import named

SEGMENT, TARIFF, COMPANY = "segment", "tariff", "company"
SELDOM = (
    named(
        SEGMENT, "CAST(s.id AS VARCHAR(20)) AS key, s.name, '' AS note, '' AS of", "segment s WHERE s.partner_id = :partner",
        {"s.id": "number"}, ("s.name",), "s.id",
    ),
    named(
        COMPANY, "p.uuid AS key, p.name, c.mail AS note, '' AS of",
        "partner p JOIN company c ON c.partner_id = p.id WHERE p.parent_id = :partner AND c.deleted_at IS NULL",
        {"p.uuid": "uuid"}, ("p.name", "c.mail"), "p.id",
    ),
    named(
        TARIFF, "CAST(t.id AS VARCHAR(20)) AS key, t.name, '' AS note, '' AS of", "tariff t WHERE t.partner_id = :partner",
        {"t.id": "number"}, ("t.name",), "t.id",
    ),
)  # fmt: skip
