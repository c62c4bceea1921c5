"""The role that people of a parent have at its companies: the one that they have at the parent, cashiers apart, who have none."""

from portal.database import Statement

_ROLE = Statement(
    """SELECT m.role FROM membership m WHERE m.user_id = :user AND m.partner_id = :partner
    UNION ALL SELECT m.role FROM partner p JOIN partner a ON a.id = p.parent_id
    JOIN membership m ON m.partner_id = a.id AND m.user_id = :user AND m.role IN ('owner', 'manager', 'viewer')
    WHERE p.id = :partner AND p.disabled_at IS NULL AND a.disabled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.user_id = :user AND o.partner_id = :partner)"""
)
_PARENT = Statement(
    """SELECT parent_id FROM partner p WHERE id = :partner
    AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.user_id = :user AND o.partner_id = :partner)"""
)


def role(user_id: int, partner_id: int) -> str | None:
    """What the person is at a live partner, by a membership of their own or by that with its parent; None for nothing."""
    return _ROLE.value(user=user_id, partner=partner_id)


def parent_stepped_from(user_id: int, partner_id: int) -> int | None:
    """The parent by which the person reaches the company; None for one that they belong to."""
    return _PARENT.value(user=user_id, partner=partner_id)
