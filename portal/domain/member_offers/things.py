"""What uses and collections are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say

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
THINGS = (Thing(say("offer use"), _USES), Thing(say("collection"), _COLLECTIONS, by_number=True))
