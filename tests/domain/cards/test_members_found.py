"""A deal finds the customer who came by a click of their own, or with a code that was drawn for them, as if the order named them."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.attribution.attribution import CUSTOMER
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.clicks import of_members
from portal.domain.affiliate.clicks.tables import MemberClick
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.cards.ties import lists
from portal.domain.cards.ties.tables import CardDeal
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ties import coupon_ties as coupon_ties
from portal.domain.feed.ties import clicks, feed_ties, pools
from portal.domain.feed.ties.tables import DrawnCode
from portal.domain.members import members, merging
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Offer
from tests.contract.promoters import promoted
from tests.domain.cards.test_deals import sold as sold
from tests.support import desk, feeding

assert feed_ties


@pytest.fixture
def plan(market):
    """The offer of acme's shop."""
    catalogs.change(market.catalog, {"is_published": True, "is_promocode_allowed": True})
    offer = Offer.get(Offer.name == "Plan")
    terms.change(offer, {"is_promocode_allowed": True})
    yield offer
    assert verify.faults() == []


@pytest.fixture
def card(sold):
    """A card to which each deal gives ten points."""
    return sold.card(deal_gives=10)


def listed(plan, **given) -> str:
    """The shop's offer is in the feed."""
    return pools.put(plan, {"leads_to": "https://shop.example/plan?a=1&click=x&customer=y#top"} | given, None).leads_to


def clicked(plan, party, member_ref: str, with_companies: bool = False) -> clicks.Click:
    return clicks.click(party.id, with_companies, plan.uuid, member_ref)


def brought(click: clicks.Click) -> str:
    """What the shop sends along of the address."""
    return urlsplit(click.leads_to).query


def told(deal: Deal) -> str | None:
    """Why the customer was found."""
    return next((step["detail"] for step in deal.attribution if step["check"] == CUSTOMER), None)


def found(deal: Deal) -> str:
    """What its operation on a card tells of that."""
    operation = CardDeal.get(CardDeal.deal == deal).operation_id
    return str(lists.deals_of([operation])[operation].found)


def test_a_deal_by_a_members_click_credits_their_card_and_gives_it_back(sold, plan, card):
    listed(plan)
    click = clicked(plan, sold.market.world.acme, card.member.uuid)
    assert click.leads_to.startswith("https://shop.example/plan?a=1&click=m") and click.leads_to.endswith("#top")
    assert "customer" not in click.leads_to and card.member.uuid not in click.leads_to
    deal = sold.market.approved(another_data=brought(click))
    assert (deal.customer, sold.cards.on(card)) == (card.member.uuid, {"bonus": 10})
    assert "opened the offer’s address" in (told(deal) or "") and found(deal) == told(deal)
    sold.give_back("40")
    assert sold.cards.on(card) == {"bonus": 6}
    sold.market.update("Canceled")
    assert sold.cards.on(card) == {}


def test_what_a_shop_calls_its_customer_names_the_member_of_a_click(sold, plan, card):
    listed(plan)
    for name, value in (("mail", "mia@example.com"), ("external_user_id", "shop-7")):
        members.change(card.member, {name: value})
        query = brought(clicked(plan, sold.market.world.acme, value.upper() if name == "mail" else value))
        deal = sold.market.approved(value, another_data=query)
        assert deal.customer == card.member.uuid
    assert MemberClick.select().count() == 1


def test_a_stated_customer_wins_over_a_click(sold, plan, card):
    listed(plan)
    other = sold.cards.member()
    query = brought(clicked(plan, sold.market.world.acme, card.member.uuid))
    deal = sold.market.approved(another_data=f"{query}&customer={other.uuid}")
    assert (deal.customer, told(deal), sold.cards.on(card)) == (other.uuid, None, {})


def test_a_click_beside_a_promoters_link_finds_the_customer_and_leaves_the_promoter_the_deal(sold, plan, card):
    listed(plan)
    query = brought(clicked(plan, sold.market.world.acme, card.member.uuid))
    deal = sold.market.approved(another_data=f"myshare=BDGSYEHVX&{query}")
    assert deal.promotion_id == sold.market.promotion.id and sold.cards.on(card) == {"bonus": 10}


def test_nobody_elses_program_names_the_merchants_members(sold, plan, card):
    listed(plan)
    world = sold.market.world
    northwind = clicked(plan, world.northwind, card.member.uuid)
    assert northwind.uid == sold.market.promotion.uid and northwind.leads_to == listed(plan)
    stranger = sold.cards.member(world.rival.id)
    assert clicked(plan, world.acme, stranger.uuid).leads_to == listed(plan)
    assert MemberClick.select().count() == 0


def test_a_parents_program_names_the_members_of_its_company(world, shop):
    offer, _ = feeding.listed(world.north)
    mia = shop.member(world.north.id)
    assert "click=m" in clicked(offer, world.northwind, mia.uuid, with_companies=True).leads_to
    promotion = promoted(offer.catalog.uuid, world.northwind)
    assert clicked(offer, world.northwind, mia.uuid, with_companies=True).uid == promotion.uid


def test_an_offer_without_a_catalog_has_no_deals_and_its_address_no_key(world, shop):
    member = shop.member()
    alone = Offer.create(partner=world.acme.id, name="Alone", name_key="alone")
    assert of_members.leading_to("https://a.example/", alone.id, member.id) == "https://a.example/"
    assert MemberClick.select().count() == 0


def test_a_click_counts_as_long_as_the_catalogs_cookies(sold, plan, card):
    listed(plan)
    query = brought(clicked(plan, sold.market.world.acme, card.member.uuid))
    catalogs.change(sold.market.catalog, {"cookies_storage_days": 2})
    MemberClick.update(at=clock.now() - timedelta(days=2, seconds=1)).execute()
    assert sold.market.approved("old", another_data=query).customer is None
    assert brought(clicked(plan, sold.market.world.acme, card.member.uuid)) == query
    assert sold.market.approved("new", another_data=query).customer == card.member.uuid


def test_another_merchants_key_and_one_that_nobody_has_name_nobody(sold, plan, card):
    listed(plan)
    world = sold.market.world
    other, _ = feeding.listed(world.rival)
    theirs = clicked(other, world.rival, sold.cards.member(world.rival.id).uuid)
    for number, query in enumerate((brought(theirs), "click=m" + "0" * 22, "click=m", "click=")):
        assert sold.market.approved(f"d{number}", another_data=query).customer is None


def test_who_is_erased_is_never_found_and_who_was_here_twice_is_one(sold, plan, card):
    listed(plan)
    world = sold.market.world
    twice, gone = sold.cards.member(), sold.cards.member()
    by_twice, by_gone = (brought(clicked(plan, world.acme, one.uuid)) for one in (twice, gone))
    before = sold.market.approved("before", another_data=by_gone)
    merging.merge(twice, card.member)
    members.erase(gone)
    assert sold.market.approved("twice", another_data=by_twice).customer == card.member.uuid
    assert sold.cards.on(card) == {"bonus": 10}
    assert sold.market.approved("gone", another_data=by_gone).customer is None
    assert gone.uuid not in (Deal.get_by_id(before.id).customer or "")
    assert MemberClick.select().where(MemberClick.member == gone).count() == 0


@pytest.fixture
def dynamic(sold, plan):
    """Clicks on the offer draw codes."""
    batch = feeding.batch(sold.market.world.acme, 3)
    desk.assigned(*Coupon.select().where(Coupon.batch == batch), limit=1)
    pools.put(plan, {"leads_to": feeding.SHOP, "code_type": "dynamic"}, batch.id)
    return plan


def test_a_deal_with_a_code_drawn_for_a_member_finds_them(sold, dynamic, card):
    code = clicked(dynamic, sold.market.world.acme, card.member.uuid).code
    deal = sold.market.approved(another_data=None, promo_code=code)
    assert (deal.customer, sold.cards.on(card)) == (card.member.uuid, {"bonus": 10})
    assert "drawn for this customer" in (told(deal) or "") and found(deal) == told(deal)
    sold.market.update("Canceled")
    assert sold.cards.on(card) == {}


def test_a_code_drawn_for_nobody_known_or_by_another_program_or_given_back_names_nobody(sold, dynamic, card):
    world = sold.market.world
    unknown = clicked(dynamic, world.acme, "whoever").code
    others = clicked(dynamic, world.northwind, card.member.uuid).code
    mine = clicked(dynamic, world.acme, card.member.uuid).code
    DrawnCode.update(due_at=clock.now()).where(DrawnCode.member == card.member).execute()
    for code in (unknown, others, mine):
        assert sold.market.approved(code, another_data=None, promo_code=code).customer is None


def test_a_code_is_anothers_once_two_are_one_and_nobodys_once_they_are_erased(sold, dynamic, card):
    world = sold.market.world
    members.change(card.member, {"external_user_id": "mia"})
    twice = sold.cards.member()
    code = clicked(dynamic, world.acme, twice.uuid).code
    merging.merge(twice, card.member)
    assert sold.market.approved("twice", another_data=None, promo_code=code).customer == card.member.uuid
    later = clicked(dynamic, world.acme, "mia").code
    members.erase(card.member)
    assert sold.market.approved("later", another_data=None, promo_code=later).customer is None
    assert DrawnCode.select().where(DrawnCode.member.is_null(False) | DrawnCode.member_key.is_null(False)).count() == 0
