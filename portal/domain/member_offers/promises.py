"""Whose member offers are whose, and that their counters tell what was used."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Offer {uuid} has terms for members of another partner's club, or is for another partner's segment.",
        """SELECT o.uuid FROM member_terms t JOIN offer o ON o.id = t.offer_id WHERE o.partner_id <> t.partner_id
        UNION SELECT o.uuid FROM member_terms t JOIN offer o ON o.id = t.offer_id JOIN segment s ON s.id = t.audience_id
        WHERE s.partner_id <> t.partner_id""",
    ),
    Check(
        "Offer {uuid} was used {found} times, but its counter says {uses}.",
        """SELECT o.uuid, COALESCE(n.found, 0) AS found, t.uses FROM member_terms t JOIN offer o ON o.id = t.offer_id
        LEFT JOIN (SELECT terms_id, COUNT(*) AS found FROM offer_use WHERE undone_at IS NULL GROUP BY terms_id) n
            ON n.terms_id = t.id WHERE COALESCE(n.found, 0) <> t.uses""",
    ),
    Check(
        "Offer {uuid} was used {found} times by customer {customer}, but their counter says {uses}.",
        """SELECT o.uuid, COALESCE(n.found, 0) AS found, m.uuid AS customer, p.uses FROM offer_member p
        JOIN member_terms t ON t.id = p.terms_id JOIN offer o ON o.id = t.offer_id JOIN member m ON m.id = p.member_id
        LEFT JOIN (SELECT terms_id, member_id, COUNT(*) AS found, MAX(used_at) AS last FROM offer_use
            WHERE undone_at IS NULL GROUP BY terms_id, member_id) n ON n.terms_id = p.terms_id AND n.member_id = p.member_id
        WHERE COALESCE(n.found, 0) <> p.uses OR COALESCE(n.last, 0) <> COALESCE(p.last_used_at, 0)""",
    ),
    Check(
        "Offer {uuid} was used, liked, granted or authorized by a customer of another partner, or by none that it knows.",
        """SELECT o.uuid FROM offer_member p JOIN member_terms t ON t.id = p.terms_id JOIN offer o ON o.id = t.offer_id
        JOIN member m ON m.id = p.member_id WHERE m.partner_id <> t.partner_id
        UNION SELECT o.uuid FROM offer_use u JOIN member_terms t ON t.id = u.terms_id JOIN offer o ON o.id = t.offer_id
        LEFT JOIN offer_member p ON p.terms_id = u.terms_id AND p.member_id = u.member_id
        WHERE p.id IS NULL OR u.partner_id <> t.partner_id
        UNION SELECT o.uuid FROM authorization_code a JOIN member_terms t ON t.id = a.terms_id
        JOIN offer o ON o.id = t.offer_id JOIN member m ON m.id = a.member_id WHERE m.partner_id <> t.partner_id""",
    ),
    Check(
        "Collection {id} has an offer of another partner.",
        """SELECT c.id FROM collection c JOIN collection_offer p ON p.collection_id = c.id
        JOIN member_terms t ON t.id = p.terms_id WHERE t.partner_id <> c.partner_id""",
    ),
    Check(
        "Offer {uuid} is found by a store or a tag of another partner.",
        """SELECT o.uuid FROM offer_label l JOIN member_terms t ON t.id = l.terms_id JOIN offer o ON o.id = t.offer_id
        WHERE l.partner_id <> t.partner_id""",
    ),
)
