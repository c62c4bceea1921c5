"""Whose offers and codes stand in whose feed."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "The feed lists offer {uuid} as another partner's.",
        "SELECT o.uuid FROM feed_listing l JOIN offer o ON o.id = l.offer_id WHERE o.partner_id <> l.partner_id",
    ),
    Check(
        "Offer {uuid} is told to have gone from a catalog that it is in, or that is another partner's.",
        """SELECT o.uuid FROM feed_departure g JOIN feed_listing l ON l.id = g.listing_id JOIN offer o ON o.id = l.offer_id
        JOIN catalog c ON c.id = g.catalog_id
        WHERE o.catalog_id = g.catalog_id OR c.partner_id <> l.partner_id OR g.partner_id <> l.partner_id""",
    ),
    Check(
        "The feed draws codes of another partner's batch for offer {uuid}.",
        """SELECT o.uuid FROM feed_listing l JOIN offer o ON o.id = l.offer_id JOIN feed_pool f ON f.listing_id = l.id JOIN coupon_batch b ON b.id = f.batch_id
        WHERE b.partner_id <> l.partner_id""",
    ),
    Check(
        "Offer {uuid} is listed with codes of its own for each member, and has no batch to draw them from.",
        """SELECT o.uuid FROM feed_listing l JOIN offer o ON o.id = l.offer_id WHERE l.code_type = 'dynamic'
        AND l.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM feed_pool f WHERE f.listing_id = l.id)""",
    ),
    Check(
        "Code {code} was drawn for a feed, and mailed to somebody else.",
        """SELECT c.code FROM drawn_code d JOIN coupon c ON c.id = d.coupon_id JOIN mailed_coupon m ON m.coupon_id = c.id
        WHERE d.returned_at IS NULL""",
    ),
    Check(
        "Code {code} was drawn for a feed of another partner.",
        """SELECT c.code FROM drawn_code d JOIN coupon c ON c.id = d.coupon_id JOIN feed_listing l ON l.id = d.listing_id
        WHERE c.partner_id <> d.partner_id OR l.partner_id <> d.partner_id""",
    ),
    Check(
        "Code {code} was drawn for a customer of another partner.",
        """SELECT c.code FROM drawn_code d JOIN coupon c ON c.id = d.coupon_id JOIN member m ON m.id = d.member_id
        WHERE m.partner_id <> d.partner_id""",
    ),
)
