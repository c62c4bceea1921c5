"""What the affiliate family's things are called where events tell of them, and on which side the partner sees them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say

_LANDINGS = Statement(
    """SELECT l.code AS thing_id, l.url AS name, CASE WHEN l.removed_at IS NULL THEN 'here' ELSE 'gone' END AS stands
    FROM landing l JOIN catalog c ON c.id = l.catalog_id WHERE l.code IN :ids AND c.partner_id = :partner""",
    row=Named,
)
_PROMOTIONS = Statement(
    """SELECT m.uid AS thing_id, CASE WHEN c.partner_id = :partner THEN q.name || ' in ' || c.title ELSE c.title END AS name,
        CASE WHEN c.partner_id = :partner THEN 'here' ELSE 'there' END AS stands
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner q ON q.id = m.promoter_id
    WHERE m.uid IN :ids AND (c.partner_id = :partner OR m.promoter_id = :partner)""",
    row=Named,
)
_DEALS = Statement(
    "SELECT uuid AS thing_id, deal_id AS name, 'here' AS stands FROM deal WHERE uuid IN :ids AND partner_id = :partner",
    row=Named,
)
_IMPORTS = Statement(
    """SELECT uuid AS thing_id, file_name AS name, 'here' AS stands FROM deal_import
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
_PAYOUTS = Statement(
    """SELECT uuid AS thing_id, CAST(number AS VARCHAR(20)) AS name,
        CASE WHEN merchant_id = :partner THEN 'here' ELSE 'there' END AS stands
    FROM payout WHERE uuid IN :ids AND (merchant_id = :partner OR promoter_id = :partner)""",
    row=Named,
)
_GROUPS = Statement(
    """SELECT uuid AS thing_id, name, 'here' AS stands FROM promoter_group
    WHERE uuid IN :ids AND merchant_id = :partner""",
    row=Named,
)
THINGS = (
    Thing("landing", _LANDINGS),
    Thing("promotion", _PROMOTIONS),
    Thing(say("promoter group"), _GROUPS),
    Thing("deal", _DEALS),
    Thing("import", _IMPORTS),
    Thing("payout", _PAYOUTS),
)
