"""What waits for a merchant or a promoter, each counted by an index of its own: every page of the portal tells how much."""

from portal.domain.affiliate.deals.words import NAMES_NOBODY
from portal.domain.affiliate.payouts import ready
from portal.domain.affiliate.payouts.lists import IN_STATE, RECORDED
from portal.domain.areas import Waits
from portal.domain.waiting.bound import few

TO_JUDGE = "d.is_self_referral AND d.status <> 'Canceled' AND d.approved_at IS NULL"
# In the order of their own small indexes, or SQLite takes one of all the partner's deals.
OF_DEALS = "deal d WHERE d.partner_id = :partner AND {} ORDER BY d.conversion_time, d.id"

SELLING, EARNING = "affiliate", "earn"
_OF_MERCHANTS = {
    "applicants": few(
        """catalog c JOIN promotion m ON m.catalog_id = c.id AND m.state = 'waiting'
        WHERE c.partner_id = :partner AND c.archived_at IS NULL"""
    ),
    "questions": few("deal_question WHERE merchant_id = :partner AND answered_at IS NULL"),
    "unknown_uids": few(OF_DEALS.format(NAMES_NOBODY)),
    "self_referrals": few(OF_DEALS.format(TO_JUDGE)),
    # Whether anything is open: to whom it can be paid takes their sums.
    "payable": """SELECT CASE WHEN MIN(promoter_id) IS NULL THEN 0 ELSE 1 END FROM payout_item
        WHERE merchant_id = :partner AND payout_id IS NULL""",
    "unsent": few(f"payout o WHERE o.merchant_id = :partner AND {IN_STATE[RECORDED]}"),
}
_OF_PROMOTERS = {
    "details": """SELECT COUNT(*) FROM (SELECT 1 FROM promotion WHERE promoter_id = :partner
        AND NOT EXISTS (SELECT 1 FROM payout_details WHERE promoter_id = :partner) LIMIT 1) few""",
}
_EXACTLY = {"payable": ready.count}
_APPLICATIONS = few("promotion WHERE promoter_id = :partner AND state = 'waiting'")
WAITS = {
    **{name: Waits(query, SELLING, exactly=_EXACTLY.get(name)) for name, query in _OF_MERCHANTS.items()},
    **{name: Waits(query, EARNING) for name, query in _OF_PROMOTERS.items()},
    "applications": Waits(_APPLICATIONS, EARNING, is_theirs=True),
}
