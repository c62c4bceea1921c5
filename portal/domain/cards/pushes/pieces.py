"""The installed cards of a template, gone through in pieces in the order of their ids: nobody who writes waits for all of them."""

from portal.database import Statement

AT_ONCE = 1000
INSTALLED = (
    "c.template_id = :template AND c.partner_id = :partner AND c.installed_at IS NOT NULL AND c.deleted_at IS NULL"
)
_LAST = Statement(
    f"SELECT MAX(id) FROM (SELECT c.id FROM card c WHERE {INSTALLED} AND c.id > :after ORDER BY c.id LIMIT {AT_ONCE}) piece"
)


def last(template: int, partner: int, after: int) -> int | None:
    """Up to which card the piece after this one goes; None when there is no further card."""
    return _LAST.value(template=template, partner=partner, after=after)
