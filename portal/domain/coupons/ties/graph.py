"""What deals and promoters have to do with coupons, as parts of the graph."""

from portal.domain.graph.kinds import Link
from portal.domain.sentences import say

LINKS = (
    Link(
        "promotion", "coupon", ("coupons", say("Coupons of the promoter’s")), ("promoter", say("Promoter whose code it is")),
        "coupon_promoter l", "l.promotion_id", "l.coupon_id", where="l.promotion_id IS NOT NULL",
    ),
    Link(
        "coupon", "deal", ("deals", say("Deals reported with it")), ("coupon", say("Coupon it was reported with")), "coupon_deal l", "l.coupon_id",
        "l.deal_id", leads_by=("l.id",),
    ),
    Link("coupon_use", "deal", ("deal", say("Deal that it led to")), ("coupon_use", say("Use of a coupon")), "coupon_deal l", "l.use_id", "l.deal_id"),
    Link(
        "cancellation", "coupon_use", ("undid_coupon_use", say("Use of a coupon that was given back")), ("undone_by", say("Undone by")),
        "coupon_deal l JOIN coupon_use lu ON lu.id = l.use_id", "l.deal_id", "l.use_id", where="lu.state = 'released'",
    ),
)  # fmt: skip
