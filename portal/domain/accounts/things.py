"""What tokens, people and invitations are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing

_TOKENS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, name, CASE WHEN revoked_at IS NULL THEN 'here' ELSE 'gone' END AS stands
    FROM client_token WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
# Those whom the partner's log tells of; others are none of its business.
_PEOPLE = Statement(
    """SELECT CAST(u.id AS VARCHAR(20)) AS thing_id, u.name, 'here' AS stands FROM person u WHERE u.id IN :ids
    AND EXISTS (SELECT 1 FROM event e
        WHERE e.partner_id = :partner AND e.thing = 'user' AND e.thing_id = CAST(u.id AS VARCHAR(20)))""",
    row=Named,
)
_INVITATIONS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, mail AS name, 'here' AS stands FROM invitation
    WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
_LOCATIONS = Statement(
    """SELECT uuid AS thing_id, name, 'here' AS stands FROM location
    WHERE uuid IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (
    Thing("token", _TOKENS, by_number=True),
    Thing("user", _PEOPLE, by_number=True),
    Thing("invitation", _INVITATIONS, by_number=True),
    Thing("location", _LOCATIONS),
)
