"""What the cards family's things are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say

_CARDS = Statement(
    """SELECT serial AS thing_id, serial AS name, CASE WHEN deleted_at IS NULL THEN 'here' ELSE 'gone' END AS stands FROM card
    WHERE serial IN :ids AND partner_id = :partner""",
    row=Named,
)
_IMPORTS = Statement(
    """SELECT uuid AS thing_id, file_name AS name, 'here' AS stands FROM card_import
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing(say("card"), _CARDS), Thing("customer_import", _IMPORTS))
