"""Which partner may hang on which."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Partner {slug} is a company of a company, or the test mode of a test mode.",
        """SELECT p.slug FROM partner p LEFT JOIN partner a ON a.id = p.parent_id LEFT JOIN partner b ON b.id = p.live_partner_id
        WHERE a.parent_id IS NOT NULL OR (b.live_partner_id IS NOT NULL AND b.id <> p.id)""",
    ),
    Check(
        "Partner {slug} is a test mode, but has people, invitations or terms of its own.",
        """SELECT p.slug FROM partner p WHERE p.live_partner_id IS NOT NULL AND (
            EXISTS (SELECT 1 FROM membership m WHERE m.partner_id = p.id)
            OR EXISTS (SELECT 1 FROM invitation i WHERE i.partner_id = p.id)
            OR EXISTS (SELECT 1 FROM terms_acceptance a WHERE a.partner_id = p.id))""",
    ),
)
