"""Things of the coupon desk of which a partner has few, found by the words of their names."""

from portal.domain.search.sources import named

TAG, BATCH, MAILING = "coupon tag", "coupon batch", "coupon mailing"
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
)  # fmt: skip
