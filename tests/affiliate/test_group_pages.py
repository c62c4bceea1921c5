"""Groups of promoters and rewards for one promoter or a group, as their merchant and the promoter see them."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups.tables import PromoterGroup
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from tests.affiliate import things


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.landing(catalog)
    return catalog


@pytest.fixture
def promotion(world, catalog):
    return things.promotion(catalog, world.northwind)


@pytest.fixture
def gold(world, promotion):
    group = groups.make(world.acme.id, "Gold")
    groups.put(group, world.northwind.id)
    return group


def reward_form(**changed):
    """What a browser sends of the form of a reward."""
    usual = {"offer": "", "reward": "percent", "reward_percent": "12", "fix_remuneration": "", "currency": "USD"}
    return {**usual, "starts_at": "", "ends_at": "", **changed}


def test_a_group_is_made_filled_rewarded_and_removed_by_clicking(world, catalog, promotion):
    owner = world.as_("acme")
    assert "No groups yet" in owner.get("/promoters/groups").text
    assert owner.post("/promoters/groups", data={"name": " "}).status_code == 422
    place = owner.post("/promoters/groups", data={"name": "Gold"}).location
    assert "Northwind" in owner.get(place).text  # among those who can be put into it
    owner.post(f"{place}/members", data={"promoter": world.northwind.partner.uuid})
    new = f"{place}/rewards/new?catalog={catalog.short_code}"
    assert "Spanish A1" in owner.get(new).text
    assert owner.post(new, data=reward_form(reward_percent="")).status_code == 422
    assert owner.post(new, data=reward_form(reward_percent="96")).status_code == 422
    assert owner.post(new, data=reward_form()).status_code == 303
    for page in (place, f"/catalogs/{catalog.short_code}/promoters", "/promoters/groups"):
        assert "Gold" in owner.get(page).text
    assert "12%" in owner.get(f"/catalogs/{catalog.short_code}/promoters").text
    assert f'href="{place}"' in owner.get(f"/promoters/{world.northwind.partner.uuid}").text
    assert "1 reward of the group is removed" in owner.get(f"{place}/removal").text
    owner.post(f"{place}/removal")
    assert (PromoterGroup.select().count(), SpecialReward.select().count()) == (0, 0)


def test_the_promoters_page_chooses_its_group_and_sets_its_own_reward(world, catalog, promotion, gold):
    owner, place, one = world.as_("acme"), f"/promoters/{promotion.uid}", f"/promoters/{world.northwind.partner.uuid}"
    owner.post(f"{one}/group", data={"group": ""})
    assert groups.of_promoter(world.acme.id, world.northwind.id) is None
    owner.post(f"{one}/group", data={"group": gold.uuid})
    assert groups.of_promoter(world.acme.id, world.northwind.id) == gold
    offer = catalog.offers.get()
    sent = reward_form(offer=offer.uuid, reward="fixed", reward_percent="", fix_remuneration="7.50")
    assert owner.post(f"{place}/rewards/new", data=sent).status_code == 303
    reward = SpecialReward.get()
    assert (reward.offer, reward.fix_remuneration, reward.currency) == (offer, 750, "USD")
    removal = f"/promoters/rewards/{reward.uuid}/removal"
    assert removal in owner.get(f"{one}?tab=catalogs").text
    assert "Northwind" in owner.get(removal).text
    assert owner.post(removal).location == f"{one}?tab=catalogs#{promotion.uid}"
    assert SpecialReward.select().count() == 0


def test_a_beginning_and_an_end_are_typed_in_the_partners_time_zone(world, promotion):
    world.acme.partner.time_zone = "Asia/Tokyo"
    world.acme.partner.save()
    typed = reward_form(starts_at="2030-01-02T09:00", ends_at="2030-01-03T09:00")
    owner = world.as_("acme")
    assert owner.post(f"/promoters/{promotion.uid}/rewards/new", data=typed).status_code == 303
    reward = SpecialReward.get()
    assert (f"{reward.starts_at:%d %H:%M}", f"{reward.ends_at:%d %H:%M}") == ("02 00:00", "03 00:00")
    assert "2 Jan 2030, 09:00" in owner.get(f"/promoters/{world.northwind.partner.uuid}?tab=catalogs").text
    wrong = owner.post(
        f"/promoters/{promotion.uid}/rewards/new", data=typed | {"ends_at": "2029-01-03T09:00", "starts_at": "soon"}
    )
    assert wrong.status_code == 422
    assert 'value="2029-01-03T09:00"' in wrong.text


def test_a_promoter_sees_its_own_reward_and_never_the_group(world, catalog, promotion, gold):
    rewards.set_for_group(gold, catalog, None, Given(percent=Decimal("12.5")))
    promoter = world.as_("northwind")
    terms = f"/promotions/{promotion.uid}?tab=terms"
    for page in ("/marketplace", terms):
        text = promoter.get(page).text
        assert "12.5%" in text, page
        assert "Gold" not in text, page
    assert "set for you, instead of 10%" in promoter.get(terms).text
    assert "12.5%" not in world.as_("rival").get(f"/marketplace/{catalog.short_code}").text


def test_a_viewer_sees_groups_and_rewards_and_changes_nothing(world, catalog, promotion, gold):
    reward = rewards.set_for_group(gold, catalog, None, Given(percent=Decimal(12)))
    viewer, place = world.as_("acme", "viewer"), f"/promoters/groups/{gold.uuid}"
    for page in ("/promoters/groups", place, f"/promoters/{world.northwind.partner.uuid}"):
        text = viewer.get(page).text
        assert "Gold" in text, page
        assert f"{reward.uuid}/removal" not in text, page


def test_a_promoter_of_somebody_elses_cannot_be_put_into_a_group(world, gold):
    owner, place = world.as_("acme"), f"/promoters/groups/{gold.uuid}"
    for promoter in (world.rival.partner.uuid, "nobody", ""):
        for act in ("members", "leaving"):
            assert owner.post(f"{place}/{act}", data={"promoter": promoter}).status_code == 404


def test_names_of_groups_are_text(world, promotion):
    group = groups.make(world.acme.id, things.HOSTILE[:60])
    groups.put(group, world.northwind.id)
    for page in ("/promoters/groups", f"/promoters/groups/{group.uuid}", f"/promoters/{world.northwind.partner.uuid}"):
        assert "<script>alert(1)" not in world.as_("acme").get(page).text
