"""What templates of cards are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing
from portal.domain.sentences import say

_TEMPLATES = Statement(
    "SELECT uuid AS thing_id, name, 'here' AS stands FROM card_template WHERE uuid IN :ids AND partner_id = :partner",
    row=Named,
)
THINGS = (Thing(say("card template"), _TEMPLATES),)
