"""The apps of a club, of which a partner has few, found by the words of their names."""

from portal.domain.accounts.roles import MAY_OWN
from portal.domain.search.sources import named

APP = "app"
SELDOM = (
    named(
        APP, "CAST(a.id AS VARCHAR(20)) AS key, a.name, a.client_id AS note, '' AS of",
        "oauth_app a WHERE a.partner_id = :partner AND a.archived_at IS NULL", {"a.client_id": "text"},
        ("a.name", "a.client_id"), "a.id", seen_by=MAY_OWN,
    ),
)  # fmt: skip
