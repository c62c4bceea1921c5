"""How people of the team and tokens are found."""

from portal.domain.accounts.roles import MAY_OWN
from portal.domain.search.sources import named

PERSON, TOKEN = "person", "API token"
SEARCHES = (
    named(
        PERSON, "CAST(s.id AS TEXT) AS key, u.name, u.mail AS note, '' AS of",
        "membership s JOIN person u ON u.id = s.user_id WHERE s.partner_id = :partner",
        {"u.mail": "mail"}, ("u.name", "u.mail"), "s.id",
    ),
    named(
        TOKEN, "CAST(t.id AS TEXT) AS key, t.name, t.hint || '…' AS note, '' AS of",
        "client_token t WHERE t.partner_id = :partner AND t.revoked_at IS NULL",
        {"t.hint": "text"}, ("t.name", "t.hint"), "t.id", seen_by=MAY_OWN,
    ),
)  # fmt: skip
