"""Whose things coupons and their assignments name, and whose tickets are sold."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Coupon {code} is tagged, or drawn for a customer, by another partner.",
        """SELECT c.code FROM coupon c JOIN tagged_coupon l ON l.coupon_id = c.id JOIN coupon_tag t ON t.id = l.tag_id
        WHERE t.partner_id <> c.partner_id
        UNION SELECT c.code FROM coupon c JOIN member m ON m.id = c.member_id WHERE m.partner_id <> c.partner_id
        UNION SELECT c.code FROM coupon c JOIN coupon_batch b ON b.id = c.batch_id WHERE b.partner_id <> c.partner_id""",
    ),
    Check(
        "Coupon assignment {uuid} has a coupon of another partner.",
        """SELECT a.uuid FROM coupon_assignment a JOIN coupon_offer o ON o.assignment_id = a.id
        JOIN coupon c ON c.id = o.coupon_id WHERE c.partner_id <> a.partner_id""",
    ),
    Check(
        "Coupon assignment {uuid} covers an event, a price level or a bundle of another partner.",
        """SELECT a.uuid FROM coupon_assignment a JOIN assigned_event l ON l.assignment_id = a.id
        JOIN ticketed_event e ON e.id = l.event_id WHERE e.partner_id <> a.partner_id
        UNION SELECT a.uuid FROM coupon_assignment a JOIN assigned_level l ON l.assignment_id = a.id
        JOIN price_level p ON p.id = l.price_level_id JOIN ticketed_event e ON e.id = p.event_id
        WHERE e.partner_id <> a.partner_id
        UNION SELECT a.uuid FROM coupon_assignment a JOIN assigned_bundle l ON l.assignment_id = a.id
        JOIN bundle b ON b.id = l.bundle_id WHERE b.partner_id <> a.partner_id""",
    ),
    Check(
        "Coupon assignment {uuid} covers nothing, or bundles with a coupon that is not for them.",
        """SELECT a.uuid FROM coupon_assignment a WHERE NOT a.is_everywhere AND a.ended_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM assigned_event l WHERE l.assignment_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM assigned_level l WHERE l.assignment_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM assigned_bundle l WHERE l.assignment_id = a.id)
        UNION SELECT a.uuid FROM coupon_assignment a JOIN assigned_bundle l ON l.assignment_id = a.id
        JOIN coupon_offer o ON o.assignment_id = a.id JOIN coupon c ON c.id = o.coupon_id WHERE c.kind NOT IN (2, 7)""",
    ),
    Check(
        "Bundle {id} has a price level of another event than its own, or is of another partner than its event.",
        """SELECT b.id FROM bundle b JOIN bundle_level l ON l.bundle_id = b.id JOIN price_level p ON p.id = l.price_level_id
        JOIN ticketed_event e ON e.id = b.event_id WHERE p.event_id <> b.event_id OR e.partner_id <> b.partner_id""",
    ),
    Check(
        "Listing {id} sells a price level of another event than its own, or is of another partner than its event.",
        """SELECT s.id FROM listing s JOIN listing_level l ON l.listing_id = s.id JOIN price_level p ON p.id = l.price_level_id
        JOIN ticketed_event e ON e.id = s.event_id WHERE p.event_id <> s.event_id OR e.partner_id <> s.partner_id""",
    ),
)
