"""What holds of templates, and whose things they name."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Card template {uuid} is credited by deals of another partner's catalog.",
        """SELECT t.uuid FROM template_catalog l JOIN card_template t ON t.id = l.template_id
        JOIN catalog c ON c.id = l.catalog_id WHERE c.partner_id <> t.partner_id""",
    ),
    Check(
        "Card template {uuid} says that deals credit its cards, and names no catalog, or the other way round.",
        """SELECT t.uuid FROM card_template t
        WHERE t.credits_deals <> EXISTS (SELECT 1 FROM template_catalog l WHERE l.template_id = t.id)""",
    ),
    Check(
        "Card template {uuid} shows a logo that is no picture of its partner.",
        """SELECT t.uuid FROM card_template t LEFT JOIN picture i ON i."key" = t.logo AND i.partner_id = t.partner_id
        WHERE t.logo IS NOT NULL AND i.id IS NULL""",
    ),
    Check(
        "Card template {uuid} has tiers, or levels, of another type of card.",
        """SELECT t.uuid FROM card_template t WHERE (t.kind <> 7 AND EXISTS (SELECT 1 FROM reward_tier r WHERE r.template_id = t.id))
        OR (t.kind <> 6 AND EXISTS (SELECT 1 FROM membership_tier m WHERE m.template_id = t.id))
        OR (t.kind <> 4 AND EXISTS (SELECT 1 FROM discount_level d WHERE d.template_id = t.id))""",
    ),
)
