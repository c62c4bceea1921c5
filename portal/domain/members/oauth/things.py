"""What a club's apps are called where events tell of them."""

from portal.database import Statement
from portal.domain.areas import Named, Thing

_APPS = Statement(
    """SELECT CAST(id AS VARCHAR(20)) AS thing_id, name, CASE WHEN archived_at IS NULL THEN 'here' ELSE 'gone' END AS stands
    FROM oauth_app WHERE id IN :ids AND partner_id = :partner""",
    row=Named,
)
THINGS = (Thing("oauth_app", _APPS, by_number=True),)
