"""What a merchant may have few of: exactly so many, however many ask at the same moment, and whichever way leads there."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups.tables import GroupMember, PromoterGroup
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import handing_on, promotions
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.errors import NotFound
from portal.domain.events.tables import Event
from portal.domain.offers import catalogs
from tests.account.test_team_race import at_once


@pytest.fixture
def elsewhere(market):
    """Northwind in another catalog of acme's."""
    other = catalogs.create(market.world.acme.id, {"title": "Other", "catalog_code": "other", "is_published": True})
    return promotions.join(market.world.northwind.partner, other.short_code)


def test_a_merchant_has_no_more_groups_than_it_may(market, monkeypatch):
    monkeypatch.setattr(groups, "MOST", 3)
    for _ in range(5):
        at_once(*(lambda name=str(one): groups.make(market.world.acme.id, name) for one in range(6)))
        assert PromoterGroup.delete().execute() == 3


def test_a_promoter_has_no_more_rewards_than_it_may_in_all_catalogs_together(market, elsewhere, monkeypatch):
    monkeypatch.setattr(rewards, "MOST", 1)
    given = Given(percent=Decimal(5))
    for _ in range(5):
        both = (lambda its=its: rewards.set_for_promoter(its, None, given) for its in 2 * (market.promotion, elsewhere))
        at_once(*both)
        assert SpecialReward.delete().execute() == 1


def test_a_promoter_has_no_more_codes_than_it_may_whether_made_or_handed_on(market, monkeypatch):
    for module in (promo_codes, handing_on):
        monkeypatch.setattr(module, "MOST", 1)
    catalogs.change(
        market.catalog,
        {"is_promocode_allowed": True, "min_promo_code_percent": Decimal(0), "max_promo_code_percent": Decimal(50)},
    )
    mine = promotions.join(market.world.rival.partner, market.catalog.short_code)
    former = market.promotion
    PromoCode.delete().execute()
    for round_ in range(5):
        former = promotions.approve(former)
        code = promo_codes.create(former, f"OLD-{round_}", 500)
        former = promotions.end(former, promotions.BY_MERCHANT)
        at_once(
            lambda code=code: handing_on.hand_on(code, market.catalog, mine.uid),
            lambda name=f"NEW-{round_}": promo_codes.create(mine, name, 500),
        )
        assert PromoCode.select().where(PromoCode.promotion == mine).count() == 1
        PromoCode.delete().execute()


def test_who_is_taken_out_of_one_group_stays_in_the_other(market):
    northwind = market.world.northwind.id
    gold, silver = (groups.make(market.world.acme.id, name) for name in ("Gold", "Silver"))
    groups.put(gold, northwind)
    groups.put(silver, northwind)
    with pytest.raises(NotFound):
        groups.take_out_of(gold, northwind)
    assert GroupMember.get().group == silver
    groups.take_out(market.world.acme.id, northwind)
    groups.take_out(market.world.acme.id, northwind)
    left = Event.select().where(Event.type == "group.left")
    assert [(event.thing_id, event.data["promoter"]) for event in left] == [(silver.uuid, northwind)]
