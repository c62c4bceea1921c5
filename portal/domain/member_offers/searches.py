"""How member offers, their collections and the apps of a club are found: by the words of their names, offers by their tags and their
catalog's too."""

from portal.domain.accounts.roles import MAY_OWN
from portal.domain.search.sources import named

MEMBER_OFFER, COLLECTION, APP = "member offer", "collection", "app"
# Put together once for all offers, not for each that is looked at; the tag that was given first stands first.
_TAGS = """(SELECT terms_id, string_agg(name, ' ' ORDER BY id) AS tags FROM offer_label
    WHERE partner_id = :partner AND kind = 'tag' GROUP BY terms_id)"""
SEARCHES = (
    # By its UUID one of a catalog is found as the catalog's offer, whose page shows all its faces.
    named(
        MEMBER_OFFER, "CAST(o.id AS VARCHAR(20)) AS key, o.name, COALESCE(c.title, '') AS note, '' AS of",
        f"""member_terms t JOIN offer o ON o.id = t.offer_id LEFT JOIN catalog c ON c.id = o.catalog_id
        LEFT JOIN {_TAGS} g ON g.terms_id = t.id
        WHERE t.partner_id = :partner AND (o.catalog_id IS NULL OR :uuid = '')""",
        {"o.id": "number", "o.uuid": "uuid"}, ("o.name", "g.tags"), "o.id", beside=("COALESCE(c.title, '')",),
    ),
    named(
        COLLECTION, "CAST(l.id AS VARCHAR(20)) AS key, l.title AS name, '' AS note, '' AS of",
        "collection l WHERE l.partner_id = :partner", {"l.id": "number"}, ("l.title",), "l.id",
    ),
)  # fmt: skip
SELDOM = (
    named(
        APP, "CAST(a.id AS VARCHAR(20)) AS key, a.name, a.client_id AS note, '' AS of",
        "oauth_app a WHERE a.partner_id = :partner AND a.archived_at IS NULL", {"a.client_id": "text"},
        ("a.name", "a.client_id"), "a.id", seen_by=MAY_OWN,
    ),
)  # fmt: skip
