"""Listings of the feed as parts of the graph."""

from portal.domain.feed.permits import OFFERS_READ
from portal.domain.graph.kinds import Link, Node
from portal.domain.sentences import say

NODES = (
    Node(
        "feed_listing", say("Listing in the feed"), "feed_listing gfl", "gfo.uuid", "COALESCE(gfl.title, gfo.name)",
        "gfl.partner_id = :partner", frozenset({OFFERS_READ}), ("gfo.uuid = :uuid",), "gfo.id = :number",
        joins="JOIN offer gfo ON gfo.id = gfl.offer_id", at="gfl.created_at",
        state="CASE WHEN gfl.removed_at IS NULL THEN 'listed' ELSE 'removed' END",
        states={"listed": say("Listed"), "removed": say("Removed")}, page=("offer", "gfo.uuid"), borrows_key=True,
    ),
)  # fmt: skip
LINKS = (
    Link("offer", "feed_listing", ("feed_listing", say("In the feed")), ("offer", say("Offer")), "feed_listing l", "l.offer_id", "l.id"),
)  # fmt: skip
