"""What customers are called where events tell of them."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.areas import Named, Thing


class _Numbers(NamedTuple):
    thing_id: str
    member_id: int


_NUMBERS = Statement(
    "SELECT uuid AS thing_id, id AS member_id FROM member WHERE uuid IN :ids AND partner_id = :partner", row=_Numbers
)
_MEMBERS = Statement(
    """SELECT uuid AS thing_id, CASE WHEN surname IS NULL THEN first_name ELSE first_name || ' ' || surname END AS name,
        CASE WHEN erased_at IS NULL THEN 'here' ELSE 'gone' END AS stands
    FROM member WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
_SEGMENTS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, name, 'here' AS stands FROM segment
    WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing("member", _MEMBERS, numbers=_NUMBERS), Thing("segment", _SEGMENTS, by_number=True))
