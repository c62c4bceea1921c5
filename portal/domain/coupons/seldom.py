"""Things of the coupon desk of which a partner has few, found by the words of their names."""

from portal.domain.search.sources import Source, named

TAG, BATCH, MAILING = "coupon tag", "coupon batch", "coupon mailing"
PRICE_LEVEL, BUNDLE = "price level", "bundle"


def _sold(kind: str, table: str) -> Source:
    """What an event is sold by, as the table has it."""
    return named(
        kind, "CAST(s.id AS VARCHAR(20)) AS key, s.name, e.name AS note, CAST(e.id AS VARCHAR(20)) AS of",
        f"ticketed_event e JOIN {table} s ON s.event_id = e.id WHERE e.partner_id = :partner",
        {}, ("s.name",), "s.id",
    )  # fmt: skip


SELDOM = (
    named(
        TAG, "CAST(t.id AS VARCHAR(20)) AS key, t.name, '' AS note, '' AS of", "coupon_tag t WHERE t.partner_id = :partner",
        {"t.id": "number"}, ("t.name",), "t.id",
    ),
    named(
        BATCH, "b.uuid AS key, b.name, b.prefix AS note, '' AS of", "coupon_batch b WHERE b.partner_id = :partner",
        {"b.uuid": "uuid"}, ("b.name", "b.prefix"), "b.id",
    ),
    named(
        MAILING, "m.uuid AS key, m.name, '' AS note, '' AS of", "coupon_mailing m WHERE m.partner_id = :partner",
        {"m.uuid": "uuid"}, ("m.name",), "m.id",
    ),
    _sold(PRICE_LEVEL, "price_level"),
    _sold(BUNDLE, "bundle"),
)  # fmt: skip
