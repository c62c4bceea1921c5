"""Whose companies and tariffs are whose."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Company {slug} has no parent, or a tariff of somebody else than its parent.",
        """SELECT p.slug FROM company o JOIN partner p ON p.id = o.partner_id JOIN tariff t ON t.id = o.tariff_id
        WHERE p.parent_id IS NULL OR t.partner_id <> p.parent_id""",
    ),
    Check(
        "Company {slug} is deleted, but is not kept out.",
        """SELECT p.slug FROM company o JOIN partner p ON p.id = o.partner_id
        WHERE o.deleted_at IS NOT NULL AND p.disabled_at IS NULL""",
    ),
    Check(
        "A location of {slug} is worked at by somebody of another partner.",
        """SELECT p.slug FROM posting s JOIN location l ON l.id = s.location_id JOIN membership m ON m.id = s.membership_id
        JOIN partner p ON p.id = l.partner_id WHERE m.partner_id <> COALESCE(p.live_partner_id, p.id)""",
    ),
)
