"""The coupons of offers and listings as parts of the graph: the one code that a listing shows, and those that clicks draw."""

from portal.domain.graph.kinds import Link
from portal.domain.sentences import say

_SHOWN = "feed_listing l JOIN coupon lc ON lc.partner_id = l.partner_id AND lc.code = UPPER(l.code)"
_NONE_LATER = "NOT EXISTS (SELECT 1 FROM drawn_code x WHERE x.coupon_id = l.coupon_id AND x.listing_id = l.listing_id AND x.id > l.id)"
LINKS = (
    Link("offer", "coupon", ("coupon", say("Code that comes with it")), ("offers", say("Offers that come with it")), _SHOWN, "l.offer_id", "lc.id",
        where="l.code IS NOT NULL", comes_by=("l.offer_id",),
    ),
    Link("feed_listing", "coupon", ("coupon", say("Code that it shows")), ("shown_by", say("Shown in the feed by")), _SHOWN, "l.id", "lc.id",
        where="l.code IS NOT NULL",
    ),
    Link("offer", "coupon_batch", ("coupon_batch", say("Codes that are drawn for it")), ("offers", say("Offers that draw from it")),
        "feed_pool l JOIN feed_listing lf ON lf.id = l.listing_id", "lf.offer_id", "l.batch_id",
    ),
    Link("feed_listing", "coupon_batch", ("coupon_batch", say("Batch of its codes")), ("feed_listings", say("Listings that draw from it")),
        "feed_pool l", "l.listing_id", "l.batch_id",
    ),
    Link("feed_listing", "coupon", ("drawn_coupons", say("Codes that clicks drew")), ("drawn_by", say("Drawn by a click of")), "drawn_code l",
        "l.listing_id", "l.coupon_id", where=_NONE_LATER, leads_by=("l.id",), comes_by=("l.id",),
    ),
    Link("member", "coupon", ("drawn_coupons", say("Codes drawn for them")), ("drawn_for", say("Customer whom it was drawn for")), "drawn_code l",
        "l.member_id", "l.coupon_id", where="l.member_id IS NOT NULL AND l.returned_at IS NULL", leads_by=("l.id",),
    ),
)  # fmt: skip
