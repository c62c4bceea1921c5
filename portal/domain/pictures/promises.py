"""Whose pictures are shown by whom."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Partner {slug} shows a logo that is no picture of its own.",
        """SELECT p.slug FROM partner p LEFT JOIN picture i ON i."key" = p.logo
            AND i.partner_id = COALESCE(p.live_partner_id, p.id) WHERE p.logo IS NOT NULL AND i.id IS NULL""",
    ),
    Check(
        "The club of partner {slug} shows a logo that is no picture of the partner’s.",
        """SELECT p.slug FROM partner p LEFT JOIN picture i ON i."key" = p.club_logo AND i.partner_id = p.id
            WHERE p.club_logo IS NOT NULL AND i.id IS NULL""",
    ),
)
