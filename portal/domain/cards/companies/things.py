"""What companies and tariffs are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing

_COMPANIES = Statement(
    """SELECT p.uuid AS thing_id, p.name, CASE WHEN o.deleted_at IS NULL THEN 'here' ELSE 'gone' END AS stands
    FROM partner p JOIN company o ON o.partner_id = p.id
    WHERE p.uuid IN :ids AND (p.parent_id = :partner OR p.id = :partner)""",
    row=Named,
)
_TARIFFS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, name, 'here' AS stands FROM tariff WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing("company", _COMPANIES), Thing("tariff", _TARIFFS, by_number=True))
