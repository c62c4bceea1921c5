"""Catalogs and offers as parts of the graph."""

from portal.domain.graph.kinds import Link, Node
from portal.domain.sentences import say

# The permit of the affiliate family, which has catalogs on the wire.
_PERMITS = frozenset({"Affiliate:Catalogs:Read"})
NODES = (
    Node(
        "catalog", say("Catalog"), "catalog gc", "gc.uuid", "gc.title", "gc.partner_id = :partner", _PERMITS,
        ("gc.uuid = :uuid", "gc.short_code = :code", "gc.partner_id = :partner AND gc.code_key = :key"),
        at="gc.created_at",
        state="""CASE WHEN gc.archived_at IS NOT NULL THEN 'archived' WHEN gc.is_published THEN 'published' ELSE 'unpublished' END""",
        states={"archived": say("Archived"), "published": say("Published"), "unpublished": say("Not published")},
    ),
    Node(
        "offer", say("Offer"), "offer gf", "gf.uuid", "gf.name", "gf.partner_id = :partner", _PERMITS,
        ("gf.uuid = :uuid",), "gf.id = :number",
        at="gf.created_at", state="CASE WHEN gf.is_active THEN 'active' ELSE 'inactive' END",
        states={"active": say("Active"), "inactive": say("Not active")},
        stands="CASE WHEN gf.catalog_id IS NULL THEN 'there' ELSE 'here' END",
    ),
)  # fmt: skip
LINKS = (
    Link(
        "catalog", "offer", ("offers", say("Offers in it")), ("catalog", say("In the catalog")),
        "offer l", "l.catalog_id", "l.id",
    ),
)  # fmt: skip
