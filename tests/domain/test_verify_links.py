"""`verify` finds what links, rewards and uids that nobody has must never be."""

from decimal import Decimal

from portal.domain import verify
from portal.domain.affiliate.catalogs import landings
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.links.tables import OwnLink
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.offers import catalogs


def test_a_link_that_leads_into_another_catalog_is_found(market):
    other = catalogs.create(market.world.acme.id, {"title": "Other", "catalog_code": "other"})
    landing = landings.create(market.world.acme.id, {"url": "https://shop.example/"}, other.uuid)
    OwnLink.create(slug="SUMMER", written="summer", promotion=market.promotion, landing=landing)
    assert verify.faults() == ["Link SUMMER leads to a landing of another catalog than its promoter sells."]


def test_a_reward_for_somebody_elses_promoter_is_found(market):
    reward = rewards.set_for_promoter(market.promotion, None, Given(percent=Decimal(5)))
    assert verify.faults() == []
    SpecialReward.update(promoter=market.world.wind.id).execute()
    assert verify.faults() == [f"Reward {reward.uuid} is for a promoter that promotes nothing of its merchant."]


def test_a_uid_that_is_asked_for_of_a_deal_that_somebody_brought_is_found(market):
    deal = market.report("Paid")
    Deal.update(unknown_uid="ABCDEFGHJ").execute()
    assert verify.faults() == [f"Deal {deal.uuid} asks whose the uid ABCDEFGHJ is, but a promoter brought it."]
