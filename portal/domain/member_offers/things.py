"""What uses and collections are called where events tell of them."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say


class _Numbers(NamedTuple):
    thing_id: str
    offer_id: int
    member_id: int


_NUMBERS = Statement(
    """SELECT u.uuid AS thing_id, t.offer_id, u.member_id FROM offer_use u JOIN member_terms t ON t.id = u.terms_id
    WHERE u.uuid IN :ids AND u.partner_id = :partner""",
    row=_Numbers,
)
_USES = Statement(
    """SELECT u.uuid AS thing_id, o.name, 'here' AS stands FROM offer_use u JOIN member_terms t ON t.id = u.terms_id
    JOIN offer o ON o.id = t.offer_id WHERE u.uuid IN :ids AND u.partner_id = :partner""",
    row=Named,
)
_COLLECTIONS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, title AS name, 'here' AS stands FROM collection
    WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing(say("offer use"), _USES, numbers=_NUMBERS), Thing(say("collection"), _COLLECTIONS, by_number=True))
