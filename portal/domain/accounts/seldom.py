"""The locations of a partner, which are few, found by the words of their names and addresses."""

from portal.domain.accounts.roles import MAY_EDIT
from portal.domain.search.sources import named

LOCATION = "location"
SELDOM = (
    named(
        LOCATION, "l.uuid AS key, l.name, COALESCE(l.address, '') AS note, '' AS of", "location l WHERE l.partner_id = :partner",
        {"l.uuid": "uuid"}, ("l.name",), "l.id", beside=("COALESCE(l.address, '')",), seen_by=MAY_EDIT,
    ),
)  # fmt: skip
