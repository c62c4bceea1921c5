"""The affiliate family's tables."""

from portal.domain.affiliate.catalogs.tables import Landing, PromoterTerms
from portal.domain.affiliate.clicks.tables import Click, MemberClick, Visit, VisitSalt
from portal.domain.affiliate.deals.tables import Deal, SavedView
from portal.domain.affiliate.groups.tables import GroupMember, PromoterGroup
from portal.domain.affiliate.imports.tables import DealImport, ImportFile, ImportRow
from portal.domain.affiliate.ledger.tables import Entry, Transfer
from portal.domain.affiliate.links.tables import FallbackPage, OwnLink
from portal.domain.affiliate.notices.tables import GatheredNotice
from portal.domain.affiliate.payouts.tables import Payout, PayoutDetails, PayoutItem, PayoutRun
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.affiliate.special_rewards.tables import SpecialReward

TABLES = (
    PromoterTerms, Landing, Promotion, PromoCode, OwnLink, FallbackPage, Click, MemberClick, Visit, VisitSalt, Deal, PayoutDetails,
    PayoutRun, Payout, PayoutItem, DealQuestion, SavedView, DealImport, ImportFile, ImportRow, GatheredNotice, Transfer, Entry, Refund, PromoterGroup, GroupMember,
    SpecialReward,
)  # fmt: skip
