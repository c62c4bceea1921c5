"""What catalogs and offers are called where events tell of them."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.areas import Named, Thing


class _Numbers(NamedTuple):
    thing_id: str
    offer_id: int


_NUMBERS = Statement(
    "SELECT uuid AS thing_id, id AS offer_id FROM offer WHERE uuid IN :ids AND partner_id = :partner", row=_Numbers
)
_CATALOGS = Statement(
    """SELECT uuid AS thing_id, title AS name, 'here' AS stands FROM catalog
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
# One that is in no catalog is not among those that promoters sell.
_OFFERS = Statement(
    """SELECT uuid AS thing_id, name, CASE WHEN catalog_id IS NULL THEN 'there' ELSE 'here' END AS stands FROM offer
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing("catalog", _CATALOGS), Thing("offer", _OFFERS, numbers=_NUMBERS))
