"""What waits for a partner to do something: counts for the start page, each by an index."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.deals.unknown_uids import IS_WAITING
from portal.domain.affiliate.payouts.lists import IN_STATE, RECORDED

COUNTED = 100  # More than these is "over 100".
# In the order of their own small indexes, or SQLite takes one of all the partner's deals.
_FEW = f"ORDER BY d.conversion_time, d.id LIMIT {COUNTED + 1}"
_TO_JUDGE = "d.is_self_referral AND d.status <> 'Canceled' AND d.approved_at IS NULL"


class ForMerchant(NamedTuple):
    """Applications to decide on; questions to answer, deals that name a promoter that nobody is, self-referrals that are
    not approved yet, promoters with something open that no payout holds yet, and payouts to be sent, these counted up to one
    over `COUNTED`."""

    applicants: int
    questions: int
    unknown: int
    self_referrals: int
    owed: int
    unsent: int


class ForPromoter(NamedTuple):
    """Whether it said where its money goes, and how many of its applications merchants have not decided on."""

    has_details: bool
    applications: int


class Sides(NamedTuple):
    """Whether the partner has a catalog, and whether it promotes one."""

    sells: bool
    promotes: bool


_MERCHANT = Statement(
    f"""WITH RECURSIVE owed (promoter_id) AS (
        SELECT MIN(promoter_id) FROM payout_item WHERE merchant_id = :partner AND payout_id IS NULL UNION ALL
        SELECT (SELECT MIN(i.promoter_id) FROM payout_item i
            WHERE i.merchant_id = :partner AND i.payout_id IS NULL AND i.promoter_id > owed.promoter_id)
        FROM owed WHERE owed.promoter_id IS NOT NULL)
    SELECT (SELECT COUNT(*) FROM catalog c JOIN promotion m ON m.catalog_id = c.id AND m.state = 'waiting'
            WHERE c.partner_id = :partner AND c.archived_at IS NULL) AS applicants,
        (SELECT COUNT(*) FROM (SELECT 1 FROM deal_question WHERE merchant_id = :partner AND answered_at IS NULL
            LIMIT {COUNTED + 1}) asked) AS questions,
        (SELECT COUNT(*) FROM (SELECT 1 FROM deal d WHERE d.partner_id = :partner AND {IS_WAITING}
            {_FEW}) named) AS unknown,
        (SELECT COUNT(*) FROM (SELECT 1 FROM deal d WHERE d.partner_id = :partner AND {_TO_JUDGE}
            {_FEW}) own) AS self_referrals,
        (SELECT COUNT(promoter_id) FROM (SELECT promoter_id FROM owed LIMIT {COUNTED + 2}) found) AS owed,
        (SELECT COUNT(*) FROM (SELECT 1 FROM payout o WHERE o.merchant_id = :partner AND {IN_STATE[RECORDED]}
            LIMIT {COUNTED + 1}) made) AS unsent""",
    ForMerchant,
)
_PROMOTER = Statement(
    """SELECT EXISTS (SELECT 1 FROM payout_details WHERE promoter_id = :partner) AS has_details,
        (SELECT COUNT(*) FROM promotion WHERE promoter_id = :partner AND state = 'waiting') AS applications""",
    ForPromoter,
)
_SIDES = Statement(
    """SELECT EXISTS (SELECT 1 FROM catalog WHERE partner_id = :partner) AS sells,
        EXISTS (SELECT 1 FROM promotion WHERE promoter_id = :partner) AS promotes""",
    Sides,
)


def for_merchant(partner_id: int) -> ForMerchant:
    """What the merchant's promoters wait for. Promoters are stepped through by their index, not counted by their items."""
    return _MERCHANT.rows(partner=partner_id)[0]


def for_promoter(partner_id: int) -> ForPromoter:
    """What stands between the promoter and its rewards."""
    return _PROMOTER.rows(partner=partner_id)[0]


def sides(partner_id: int) -> Sides:
    """Which sides the partner stands on."""
    return _SIDES.rows(partner=partner_id)[0]
