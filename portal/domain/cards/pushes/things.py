"""What pushes are called where events tell of them: by how they begin."""

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say

_PUSHES = Statement(
    """SELECT uuid AS thing_id, SUBSTR(message, 1, 60) AS name, 'here' AS stands FROM push
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing(say("push"), _PUSHES),)
