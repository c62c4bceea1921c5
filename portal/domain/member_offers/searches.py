"""How member offers and their collections are found: by the words of their names, offers by their tags and their catalog's too."""

from portal.domain.search.sources import named

MEMBER_OFFER, COLLECTION = "member offer", "collection"
_TAGS = (
    """COALESCE((SELECT string_agg(g.name, ' ') FROM offer_label g WHERE g.terms_id = t.id AND g.kind = 'tag'), '')"""
)
SEARCHES = (
    # By its UUID one of a catalog is found as the catalog's offer, whose page shows all its faces.
    named(
        MEMBER_OFFER, "CAST(o.id AS VARCHAR(20)) AS key, o.name, COALESCE(c.title, '') AS note, '' AS of",
        """member_terms t JOIN offer o ON o.id = t.offer_id LEFT JOIN catalog c ON c.id = o.catalog_id
        WHERE t.partner_id = :partner AND (o.catalog_id IS NULL OR :uuid = '')""",
        {"o.id": "number", "o.uuid": "uuid"}, ("o.name", _TAGS), "o.id", beside=("COALESCE(c.title, '')",),
    ),
    named(
        COLLECTION, "CAST(l.id AS VARCHAR(20)) AS key, l.title AS name, '' AS note, '' AS of",
        "collection l WHERE l.partner_id = :partner", {"l.id": "number"}, ("l.title",), "l.id",
    ),
)  # fmt: skip
