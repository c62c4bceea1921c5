"""Things of the cards family of which a partner has few, found by the words of their names."""

from portal.domain.search.sources import Source, named

SEGMENT, TARIFF, COMPANY = "segment", "tariff", "company"
FIELD, REWARD_TIER, MEMBERSHIP_TIER = "card field", "reward tier", "membership tier"


def _part(kind: str, table: str) -> Source:
    """What a template has of the table, until it is removed."""
    return named(
        kind, "CAST(f.id AS VARCHAR(20)) AS key, f.name, t.name AS note, t.uuid AS of",
        f"card_template t JOIN {table} f ON f.template_id = t.id WHERE t.partner_id = :partner AND f.removed_at IS NULL",
        {}, ("f.name",), "f.id",
    )  # fmt: skip


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
    _part(FIELD, "card_field"),
    _part(REWARD_TIER, "reward_tier"),
    _part(MEMBERSHIP_TIER, "membership_tier"),
)  # fmt: skip
