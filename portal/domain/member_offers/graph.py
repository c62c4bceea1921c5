"""Offers as members have them, their collections and their uses, as parts of the graph. A token sees those of its scopes."""

from portal.domain.graph.kinds import Link, Node
from portal.domain.member_offers import permits
from portal.domain.sentences import say

_OFFERS = frozenset(
    {permits.LIST, permits.LIST_BY_ID, permits.LIST_PREVIEW, permits.GET, permits.GET_BY_ID, permits.GET_PREVIEW}
)
_USES = frozenset({permits.LIST_BY_ID, permits.GET_BY_ID})
_COLLECTIONS = frozenset({permits.META, permits.META_BY_ID, permits.META_PREVIEW})
_SCOPES = " ".join(f"WHEN '{scope}' THEN '{permit}'" for scope, permit in permits.OF_SCOPES.items())
_IN_SCOPE = f"(CASE {{}}.scope {_SCOPES} END) IN :permits"
NODES = (
    Node(
        "member_offer", say("Offer for members"), "member_terms gmt", "gmo.uuid", "gmo.name",
        f"gmt.partner_id = :partner AND {_IN_SCOPE.format('gmt')}", _OFFERS, ("gmo.uuid = :uuid",), "gmo.id = :number",
        joins="JOIN offer gmo ON gmo.id = gmt.offer_id", at="gmt.created_at",
        state="CASE WHEN gmt.is_shown THEN 'shown' ELSE 'hidden' END", states={"shown": say("Shown"), "hidden": say("Hidden")},
        borrows_key=True, page=("member offer", "gmo.id"),
    ),
    Node(
        "offer_use", say("Use of an offer"), "offer_use gou", "gou.uuid", "guo.name",
        f"gou.partner_id = :partner AND {_IN_SCOPE.format('gut')}", _USES, ("gou.uuid = :uuid",),
        joins="JOIN member_terms gut ON gut.id = gou.terms_id JOIN offer guo ON guo.id = gut.offer_id", at="gou.used_at",
        state="CASE WHEN gou.undone_at IS NULL THEN 'counts' ELSE 'undone' END",
        states={"counts": say("Counts"), "undone": say("Undone")}, page=("member offer", "guo.id"), happens=True,
    ),
    Node(
        "collection", say("Collection"), "collection gcl", "gcl.id", "gcl.title", "gcl.partner_id = :partner", _COLLECTIONS,
        numbered="gcl.id = :number", at="gcl.created_at",
    ),
)  # fmt: skip
LINKS = (
    Link("offer", "member_offer", ("member_offer", say("For members")), ("offer", say("Offer")), "member_terms l", "l.offer_id", "l.id"),
    Link("collection", "member_offer", ("member_offers", say("Offers in it")), ("collections", say("In the collections")),
        "collection_offer l", "l.collection_id", "l.terms_id",
    ),
    Link("member_offer", "offer_use", ("uses", say("Uses")), ("member_offer", say("Offer that was used")), "offer_use l", "l.terms_id", "l.id",
        leads_by=("l.used_at", "l.id"),
    ),
    Link("member", "offer_use", ("offer_uses", say("Offers they used")), ("member", say("Customer")), "offer_use l", "l.member_id", "l.id"),
)  # fmt: skip
