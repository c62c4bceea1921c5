"""What promoters sell, what it brings and what they earn, as parts of the graph: a merchant's, and as far as it is theirs a
promoter's, who sees the codes, clicks and deals of its own promotions, and what it earned by them."""

from portal.domain import money
from portal.domain.affiliate.deals.standing import SAID, STANDING
from portal.domain.affiliate.permits import CATALOGS_READ, DEALS_READ
from portal.domain.graph.kinds import Link, Node
from portal.domain.sentences import say

_CATALOGS, _DEALS = frozenset({CATALOGS_READ}), frozenset({DEALS_READ})
_NAME = "CASE WHEN {0}.partner_id = :partner THEN {0}.deal_id ELSE {0}.offer_name END"
_SIDE = "CASE WHEN {0}.partner_id = :partner THEN 'here' ELSE 'there' END"
_EITHERS = """({0}.partner_id = :partner OR EXISTS (SELECT 1 FROM promotion own
    WHERE own.id = {0}.promotion_id AND own.promoter_id = :partner))"""
_OF_PROMOTION = "JOIN promotion {0}m ON {0}m.id = {0}.promotion_id JOIN catalog {0}c ON {0}c.id = {0}m.catalog_id"
_BOTH_SIDES = "({0}c.partner_id = :partner OR {0}m.promoter_id = :partner)"
_BY_KEYS = (
    "{0}.uuid = :uuid",
    "{0}.partner_id = :partner AND {0}.deal_id = :key",
    "{0}.partner_id = :partner AND {0}.deal_id_key = :key",
)
_REWARD = """CASE WHEN gr.status = 'Canceled' THEN 'taken back' WHEN gr.approved_at IS NULL THEN 'held'
    WHEN EXISTS (SELECT 1 FROM payout_item i WHERE i.deal_id = gr.id AND i.payout_id IS NULL) THEN 'due' ELSE 'paid out' END"""

# What is left of it, or of one that was taken back what it was at first.
_EARNED = """CAST(CASE WHEN gr.payment_sum <> 0 OR gr.status <> 'Canceled' THEN gr.payment_sum ELSE COALESCE((SELECT MAX(e.amount) FROM transfer t
    JOIN entry e ON e.transfer_id = t.id AND e.account = 'held' WHERE t.deal_id = gr.id), 0) END AS VARCHAR(20))
    || ' ' || gr.currency"""


def _sum(text: str) -> str:
    """A sum as the database has it, minor units and their currency, as people write it."""
    amount, currency = text.split()
    return f"{money.to_decimal(int(amount), currency)} {currency}"


def _of_deal(kind: str, word: str, at: str, also: str, **given) -> Node:
    """What a deal has once, under its own id."""
    name = at.split(".")[0]
    keys = tuple(key.format(name) for key in _BY_KEYS)
    return Node(
        kind, word, f"deal {name}", f"{name}.uuid", given.pop("name", _NAME.format(name)), f"{_EITHERS.format(name)} AND {also}", _DEALS,
        keys, at=at, page=("deal", f"{name}.uuid"), stands=_SIDE.format(name), happens=True, **given,
    )  # fmt: skip


NODES = (
    Node(
        "landing", say("Landing"), "landing gl", "gl.code", "COALESCE(gl.title, gl.url)", "glc.partner_id = :partner", _CATALOGS,
        ("gl.code = :code",), joins="JOIN catalog glc ON glc.id = gl.catalog_id", at="gl.created_at",
        state="CASE WHEN gl.removed_at IS NULL THEN 'present' ELSE 'removed' END",
        states={"present": say("Present"), "removed": say("Removed")},
        stands="CASE WHEN gl.removed_at IS NULL THEN 'here' ELSE 'gone' END",
    ),
    Node(
        "promotion", say("Promoter"), "promotion gm", "gm.uid",
        "CASE WHEN gmc.partner_id = :partner THEN gmp.name ELSE gmc.title END",
        "(gmc.partner_id = :partner OR gm.promoter_id = :partner)", _CATALOGS, ("gm.uid = :code",),
        joins="JOIN catalog gmc ON gmc.id = gm.catalog_id JOIN partner gmp ON gmp.id = gm.promoter_id", at="gm.created_at",
        state="gm.state",
        states={"waiting": say("Waiting"), "approved": say("Approved"), "refused": say("Refused"), "ended": say("Ended")},
        stands=_SIDE.format("gmc"),
    ),
    Node(
        "promo_code", say("Promo code"), "promo_code gk", "gk.id", "gk.written", _BOTH_SIDES.format("gk"), _CATALOGS,
        ("gk.merchant_id = :partner AND gk.code = :key",
         "gk.promotion_id IN (SELECT own.id FROM promotion own WHERE own.promoter_id = :partner) AND gk.code = :key"),
        "gk.id = :number", joins=_OF_PROMOTION.format("gk"), at="gk.created_at",
        state="CASE WHEN gk.ended_at IS NULL THEN 'active' ELSE 'ended' END",
        states={"active": say("Active"), "ended": say("Ended")},
        page=("promotion", "gkm.uid"), stands=_SIDE.format("gkc"),
    ),
    Node(
        "click", say("Click"), "click gx", "gx.key", "gx.key", _BOTH_SIDES.format("gx"), _DEALS, ("gx.key = :click",),
        joins=_OF_PROMOTION.format("gx"), at="gx.at", page=("promotion", "gxm.uid"), stands=_SIDE.format("gxc"), happens=True,
    ),
    Node(
        "deal", say("Deal"), "deal d", "d.uuid", _NAME.format("d"), _EITHERS.format("d"), _DEALS,
        tuple(key.format("d") for key in _BY_KEYS), at="d.conversion_time", state=STANDING, states=SAID,
        stands=_SIDE.format("d"), happens=True,
    ),
    _of_deal("reward", say("Reward"), "gr.paid_at", "gr.promotion_id IS NOT NULL AND gr.paid_at IS NOT NULL", state=_REWARD,
        name=_EARNED, said=_sum, borrows_key=True,
        states={"taken back": say("Taken back"), "held": say("Held"), "due": say("Due"), "paid out": say("Paid out")},
    ),
    _of_deal("cancellation", say("Cancellation"), "gz.canceled_at", "gz.canceled_at IS NOT NULL", borrows_key=True,
        state="CASE WHEN gz.is_returned THEN 'returned' ELSE 'canceled' END",
        states={"returned": say("Returned"), "canceled": say("Canceled")},
    ),
    Node(
        "refund", say("Refund"), "refund gb", "gb.uuid", "CAST(gb.amount AS VARCHAR(20)) || ' ' || gbd.currency", _EITHERS.format("gbd"),
        _DEALS, ("gb.uuid = :uuid",), joins="JOIN deal gbd ON gbd.id = gb.deal_id", at="gb.created_at", page=("deal", "gbd.uuid"),
        stands=_SIDE.format("gbd"), happens=True, said=_sum,
    ),
    Node(
        "payout", say("Payout"), "payout gp", "gp.uuid", "CAST(gp.number AS VARCHAR(20))",
        "(gp.merchant_id = :partner OR gp.promoter_id = :partner)", _DEALS, ("gp.uuid = :uuid",),
        "gp.number = :number", at="gp.at",
        state="CASE WHEN gp.reversed_at IS NOT NULL THEN 'taken back' WHEN gp.sent_at IS NULL THEN 'recorded' ELSE 'sent' END",
        states={"taken back": say("Taken back"), "recorded": say("Recorded"), "sent": say("Sent")},
        stands="CASE WHEN gp.merchant_id = :partner THEN 'here' ELSE 'there' END",
    ),
)  # fmt: skip
LINKS = (
    Link("catalog", "landing", ("landings", say("Landings")), ("catalog", say("In the catalog")), "landing l", "l.catalog_id", "l.id"),
    Link(
        "catalog", "promotion", ("promoters", say("Promoters who sell it")), ("catalog", say("In the catalog")),
        "promotion l", "l.catalog_id", "l.id", leads_by=("l.promoter_id",),
    ),
    Link(
        "offer", "promotion", ("promoters", say("Promoters who sell it")), ("offers", say("Offers that are sold")),
        "offer lf JOIN promotion l ON l.catalog_id = lf.catalog_id", "lf.id", "l.id", leads_by=("l.promoter_id",), has_many_origins=True,
    ),
    Link("promotion", "promo_code", ("promo_codes", say("Promo codes")), ("promoter", say("Promoter")), "promo_code l", "l.promotion_id", "l.id"),
    Link(
        "promotion", "click", ("clicks", say("Clicks on the promoter’s links")), ("promoter", say("Promoter whose link it was")),
        "click l", "l.promotion_id", "l.id", leads_by=("l.at", "l.id"),
    ),
    Link(
        "landing", "click", ("clicks", say("Clicks that led here")), ("landing", say("Landing that it led to")),
        "click l", "l.landing_id", "l.id", where="l.landing_id IS NOT NULL",
    ),
    Link(
        "offer", "deal", ("deals", say("Deals")), ("offer", say("Offer")), "deal l", "l.offer_id", "l.id",
        leads_by=("l.conversion_time", "l.id"),
    ),
    Link(
        "promotion", "deal", ("deals", say("Deals that the promoter brought")), ("promoter", say("Promoter")), "deal l", "l.promotion_id", "l.id",
        where="l.promotion_id IS NOT NULL", leads_by=("l.conversion_time", "l.id"),
    ),
    Link(
        "click", "deal", ("deals", say("Deals that it led to")), ("click", say("Click that led to it")), "deal l", "l.click_id", "l.id",
        where="l.click_id IS NOT NULL", leads_by=("l.conversion_time", "l.id"),
    ),
    Link(
        "promo_code", "deal", ("deals", say("Deals that it brought")), ("promo_code", say("Promo code that brought it")), "deal l",
        "l.used_code_id", "l.id", where="l.used_code_id IS NOT NULL", leads_by=("l.conversion_time", "l.id"),
    ),
    Link(
        "deal", "deal", ("reported_again", say("Reported again")), ("again_of", say("Reported before, and canceled")), "deal l",
        "l.again_of_id", "l.id", where="l.again_of_id IS NOT NULL",
    ),
    Link("deal", "reward", ("reward", say("Reward of the promoter")), ("deal", say("Deal that it is for")), "deal l", "l.id", "l.id"),
    Link(
        "reward", "payout", ("payouts", say("Payouts that it is in")), ("rewards", say("Rewards in it")), "payout_item l", "l.deal_id",
        "l.payout_id", where="l.payout_id IS NOT NULL", has_many_origins=True,
    ),
    Link("deal", "refund", ("refunds", say("Parts that went back")), ("deal", say("Deal")), "refund l", "l.deal_id", "l.id"),
    Link("deal", "cancellation", ("cancellation", say("Cancellation")), ("deal", say("Deal that was canceled")), "deal l", "l.id", "l.id"),
    Link(
        "cancellation", "reward", ("undid_reward", say("Reward that was taken back")), ("undone_by", say("Undone by")), "deal l", "l.id", "l.id",
    ),
)  # fmt: skip
