"""A reward for one promoter or a group of promoters: which one counts, and that a deal keeps it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.catalogs import marketplace, terms
from portal.domain.affiliate.deals import promoter_passport
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups import lists as group_lists
from portal.domain.affiliate.groups.tables import GroupMember
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.errors import Invalid, NotFound
from portal.domain.events.tables import Event
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Offer
from portal.domain.search import search

DAY = timedelta(days=1)


@pytest.fixture
def plan(market):
    return Offer.get(Offer.name == "Plan")


@pytest.fixture
def gold(market):
    group = groups.make(market.world.acme.id, "Gold")
    groups.put(group, market.world.northwind.id)
    return group


def percent(value, **more):
    return Given(percent=Decimal(value), **more)


def rewarded(market, number, **said):
    """What a paid deal of 100 earns northwind."""
    return market.report("Paid", deal_id=f"d-{number}", **said).payment_sum


def test_the_most_specific_reward_wins_and_each_deal_keeps_its_own(market, plan, gold):
    promotion, catalog = market.promotion, market.catalog
    ladder = [
        ("2000", lambda: None),
        ("500", lambda: rewards.set_for_group(gold, catalog, None, percent("5"))),
        ("700", lambda: rewards.set_for_group(gold, catalog, plan, percent("7"))),
        ("300", lambda: rewards.set_for_promoter(promotion, None, percent("3"))),
        ("123", lambda: rewards.set_for_promoter(promotion, plan, Given(fixed=Decimal("1.23"), currency="USD"))),
    ]
    for number, (earned, step) in enumerate(ladder):
        step()
        assert rewarded(market, number) == int(earned)
    # A more general one that comes later changes nothing.
    rewards.set_for_group(gold, catalog, None, percent("50"))
    assert rewarded(market, 9) == 123
    # A sum counts in its own currency alone: in another the next reward does.
    assert rewarded(market, 10, currency="JPY") == 3
    # Corrected and paid later, a deal goes by the reward that it was made under.
    market.report("Created", deal_id="later")
    for reward in SpecialReward.select():
        rewards.remove(reward)
    assert rewarded(market, 11) == 2000
    assert market.update("Paid", "later").payment_sum == 123
    assert market.update(deal_id="d-2", cost=Decimal(200)).payment_sum == 1400
    assert verify.faults() == []


def test_the_deal_says_why_and_the_promoter_is_not_told_of_the_group(market, gold):
    rewards.set_for_group(gold, market.catalog, None, percent("12"))
    market.report("Paid")
    step = market.deal().attribution[-1]
    assert (step["check"], step["outcome"]) == ("reward chosen", "passed")
    assert step["detail"] == "12% instead of the offer’s 20%, for the group Gold"
    seen = promoter_passport.of(market.world.northwind.id, market.deal().uuid).attribution[-1]
    assert seen["detail"] == "12% instead of the offer’s 20%"
    rewards.set_for_promoter(market.promotion, None, Given(fixed=Decimal("7.5"), currency="USD"))
    market.report("Paid", deal_id="e")
    assert market.deal("e").attribution[-1]["detail"] == "7.50 USD instead of the offer’s 20%, for this promoter"


def test_the_catalogs_reward_is_named_where_the_offer_has_none(market, plan, gold):
    catalogs.change(market.catalog, {"reward_percent": Decimal(10)})
    terms.change(plan, {"reward_percent": None})
    rewards.set_for_group(gold, market.catalog, None, percent("12.5"))
    assert market.report("Paid").payment_sum == 1250
    assert market.deal().attribution[-1]["detail"] == "12.5% instead of the catalog’s 10%, for the group Gold"


def test_a_promo_code_earns_the_same_and_nobodys_deal_nothing(market, gold):
    rewards.set_for_group(gold, market.catalog, None, percent("12"))
    catalogs.change(market.catalog, {"is_promocode_allowed": True})
    terms.change(Offer.get(), {"is_promocode_allowed": True})
    assert rewarded(market, 1, another_data=None, promo_code="promo") == 1200
    assert rewarded(market, 2, another_data=None) == 0


def test_the_moment_decides_and_of_two_alike_the_one_that_began_last(market):
    now = clock.now()
    promotion = market.promotion
    rewards.set_for_promoter(promotion, None, percent("10"))
    rewards.set_for_promoter(promotion, None, percent("30", starts_at=now + DAY, ends_at=now + 2 * DAY))
    for number, (ahead, earned) in enumerate(((0, 1000), (86_400, 3000), (2 * 86_400 + 60, 1000))):
        with clock.acting(ahead):
            assert rewarded(market, number) == earned


def test_a_reward_is_for_what_is_priced_and_within_the_limits(market, plan):
    now = clock.now()
    for given, field in (
        (percent("0.04"), "reward_percent"),
        (percent("95.01"), "reward_percent"),
        (Given(), "reward_percent"),
        (percent("5", fixed=Decimal(1), currency="USD"), "reward_percent"),
        (Given(fixed=Decimal(1), currency="EUR"), "currency"),
        (Given(fixed=Decimal(1)), "currency"),
        (Given(fixed=Decimal("0.5"), currency="JPY"), "fix_remuneration"),
        (Given(fixed=Decimal(-1), currency="USD"), "fix_remuneration"),
        (percent("5", ends_at=now - DAY), "ends_at"),
        (percent("5", starts_at=now + 2 * DAY, ends_at=now + DAY), "ends_at"),
    ):
        with pytest.raises(Invalid) as error:
            rewards.set_for_promoter(market.promotion, plan, given)
        assert error.value.field == field
    assert rewards.set_for_promoter(market.promotion, plan, percent("0.05")).reward_percent == 5
    assert rewards.set_for_promoter(market.promotion, plan, percent("95")).reward_percent == 9500


def test_a_promoter_is_in_one_group_of_a_merchants(market, gold):
    world = market.world
    silver = groups.make(world.acme.id, "Silver")
    for _ in range(2):
        groups.put(silver, world.northwind.id)
    assert [(row.name, row.members) for row in group_lists.of(world.acme.id)] == [("Gold", 0), ("Silver", 1)]
    assert [one.name for one in group_lists.members(silver)] == ["Northwind"]
    assert [one.name for one in group_lists.others(gold)] == ["Northwind"]
    for _ in range(2):
        groups.take_out(world.acme.id, world.northwind.id)
    assert GroupMember.select().count() == 0
    told = [event.type for event in Event.select().where(Event.thing == "promoter group").order_by(Event.id)]
    assert told == ["group.created", "group.joined", "group.created", "group.joined", "group.left"]


def test_a_group_is_its_merchants_alone(market, gold):
    rival = market.world.rival
    with pytest.raises(NotFound):
        groups.find(rival.id, gold.uuid)
    with pytest.raises(NotFound):
        groups.put(gold, rival.id)  # It promotes nothing of acme's.
    with pytest.raises(Invalid, match="already"):
        groups.make(market.world.acme.id, "gOLD")
    assert groups.make(rival.id, "Gold").name == "Gold"
    with pytest.raises(Invalid, match="already"):
        groups.rename(groups.make(market.world.acme.id, "Silver"), "GOLD")
    assert [hit.name for hit in search.find(market.world.acme.id, "owner", "gol")] == ["Gold"]
    assert search.find(market.world.northwind.id, "owner", "gold") == []


def test_a_removed_group_takes_its_rewards_along_and_deals_keep_theirs(market, gold):
    rewards.set_for_group(gold, market.catalog, None, percent("12"))
    market.report("Created")
    groups.remove(gold)
    assert SpecialReward.select().count() == GroupMember.select().count() == 0
    assert market.update("Paid").payment_sum == 1200
    assert rewarded(market, 2) == 2000
    with pytest.raises(NotFound):
        rewards.set_for_group(gold, market.catalog, None, percent("12"))


def test_promoters_see_what_they_earn_before_the_deal(market, plan, gold):
    world, catalog = market.world, market.catalog
    usual, own = [(None, 2000, 2000)], [(None, 1200, 1200)]
    rewards.set_for_group(gold, catalog, None, percent("12"))
    assert [tuple(one) for one in marketplace.rewards_of(world.northwind.id, [catalog.id])[catalog.id]] == own
    assert [tuple(one) for one in marketplace.rewards_of(world.rival.id, [catalog.id])[catalog.id]] == usual
    rewards.set_for_promoter(market.promotion, plan, Given(fixed=Decimal(3), currency="USD"))
    both = [(None, 1200, 1200), ("USD", 300, 300)]
    assert [tuple(one) for one in marketplace.rewards_of(world.northwind.id, [catalog.id])[catalog.id]] == both


def test_a_promoters_own_reward_stands_in_both_logs_and_leaves_with_it(market):
    reward = rewards.set_for_promoter(market.promotion, None, percent("12"))
    assert rewards.find(market.world.acme.id, reward.uuid.upper()) == reward
    with pytest.raises(NotFound):
        rewards.find(market.world.northwind.id, reward.uuid)
    for _ in range(2):
        rewards.remove(reward)
    for party in (market.world.acme, market.world.northwind):
        told = Event.select().where(Event.partner == party.id, Event.thing == "promotion").order_by(Event.id)
        assert [event.type for event in told] == ["promotion.rewarded", "promotion.reward_removed"]
    promotions.end(market.promotion, promotions.BY_PROMOTER)
    assert verify.faults() == []
