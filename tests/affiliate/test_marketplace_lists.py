"""What stands in the marketplace, for whom, and how it is narrowed."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain.affiliate.catalogs import landings, marketplace, terms
from portal.domain.affiliate.catalogs.marketplace import JOINED, NOT_JOINED, Filter, Reward
from portal.domain.affiliate.promotions import promotions
from portal.domain.errors import NotFound
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog, Offer
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines


def sold(party, title="Summer", code="summer", **more):
    """A catalog that can be sold: published, with an active offer and a landing."""
    catalog = things.catalog(party.partner, title, code, **more)
    things.offer(catalog), things.landing(catalog)
    return catalog


def titles(promoter, **chosen) -> list[str]:
    return [card.title for card in marketplace.page(promoter.partner, Filter(**chosen)).rows]


def test_a_catalog_stands_there_once_it_can_be_sold(world):
    catalog = things.catalog(world.acme.partner)
    assert titles(world.northwind) == []
    things.offer(catalog)
    assert titles(world.northwind) == []
    landing = things.landing(catalog)
    assert titles(world.northwind) == ["Summer"] and marketplace.is_in(catalog)
    for leave, come_back in (
        (
            lambda: terms.change(Offer.get(), {"is_active": False}),
            lambda: terms.change(Offer.get(), {"is_active": True}),
        ),
        (
            lambda: catalogs.change(Catalog.get(), {"is_published": False}),
            lambda: catalogs.change(Catalog.get(), {"is_published": True}),
        ),
        (
            lambda: Catalog.update(archived_at=clock.now()).execute(),
            lambda: Catalog.update(archived_at=None).execute(),
        ),
        (lambda: landings.remove(landing, world.acme.id), lambda: things.landing(catalog)),
    ):
        leave()
        assert titles(world.northwind) == [] and not marketplace.is_in(catalog)
        with pytest.raises(NotFound):
            marketplace.find(world.northwind.partner, catalog.short_code)
        come_back()
        assert marketplace.find(world.northwind.partner, catalog.short_code.lower()).catalog == catalog


def test_live_sees_live_and_test_mode_sees_test_modes(world):
    live, trial = sold(world.acme), sold(world.rival.twin(), "Trial", "trial")
    assert (titles(world.northwind), titles(world.northwind.twin())) == (["Summer"], ["Trial"])
    for promoter, other in ((world.northwind, trial), (world.northwind.twin(), live)):
        with pytest.raises(NotFound):
            marketplace.find(promoter.partner, other.short_code)


def test_each_filter_narrows_and_they_narrow_together(world):
    sold(world.acme, "Alps", "alps", category="Travel", offer_geo=["AT", "DE"], description="Huts_and hikes")
    sold(world.rival, "Shirts", "shirts", category="Clothing", reward_type="CPA", moderation_type="MANUAL_MODERATION")
    sold(world.rival, "Boots", "boots", is_promocode_allowed=True, max_promo_code_percent=Decimal(9), offer_geo=["FR"])
    everything = ["Boots", "Shirts", "Alps"]
    for chosen, expected in (
        ({}, everything),
        ({"text": "aLp"}, ["Alps"]),
        ({"text": "rival"}, ["Boots", "Shirts"]),
        ({"text": "huts_and"}, ["Alps"]),
        ({"text": "h_ts"}, []),
        ({"text": "%"}, []),
        ({"text": Catalog.get(Catalog.catalog_code == "boots").short_code.lower()}, ["Boots"]),
        ({"category": "Travel"}, ["Alps"]),
        ({"country": "AT"}, ["Shirts", "Alps"]),
        ({"country": "FR"}, ["Boots", "Shirts"]),
        ({"reward_type": "CPA"}, ["Shirts"]),
        ({"admits_at_once": True}, ["Boots", "Alps"]),
        ({"allows_codes": True}, ["Boots"]),
        ({"allows_codes": True, "country": "AT"}, []),
    ):
        assert titles(world.northwind, **chosen) == expected, chosen


def test_no_application_is_needed_means_for_this_promoter(world):
    sold(world.acme, moderation_type="AUTO_MODERATION")
    newcomer = world.rival
    assert titles(newcomer, admits_at_once=True) == ["Summer"]
    newcomer.partner.confirmed_at = None
    assert titles(newcomer, admits_at_once=True) == []


def test_joined_and_not_joined_part_the_list(world):
    free, asked = sold(world.acme), sold(world.acme, "Winter", "winter", moderation_type="MANUAL_MODERATION")
    sold(world.rival, "Other", "other")
    mine = promotions.join(world.northwind.partner, free.short_code)
    promotions.join(world.northwind.partner, asked.short_code)
    promotions.join(world.wind.partner, free.short_code)
    assert titles(world.northwind, joined=JOINED) == ["Winter", "Summer"]
    assert titles(world.northwind, joined=NOT_JOINED) == ["Other"]
    cards = {card.title: (card.uid, card.state) for card in marketplace.page(world.northwind.partner, Filter()).rows}
    assert cards["Summer"] == (mine.uid, "approved") and cards["Other"] == (None, None)
    promotions.end(mine, promotions.BY_PROMOTER)
    assert titles(world.northwind, joined=NOT_JOINED) == ["Other", "Summer"]


def test_a_card_tells_what_the_active_offers_earn(world):
    catalog = sold(world.acme)
    things.offer(catalog, "More", reward_percent=Decimal(12))
    things.offer(catalog, "Fixed", currency="EUR", fix_remuneration=Decimal("7.50"))
    things.offer(catalog, "Best of all", reward_percent=Decimal(90), is_active=False)
    expected = [Reward(None, 1000, 1200), Reward("EUR", 750, 750)]
    assert marketplace.page(world.northwind.partner, Filter()).rows[0].rewards == expected
    listing = marketplace.find(world.northwind.partner, catalog.short_code)
    assert listing.rewards == expected
    assert [offer.name for offer in listing.offers] == ["Spanish A1", "More", "Fixed"]


def test_pages_follow_one_another_by_key(world):
    for number in range(52):
        sold(world.acme, f"Number {number:02}", f"c{number}")
    first = marketplace.page(world.northwind.partner, Filter())
    assert (len(first.rows), first.rows[0].title, first.newer_than) == (50, "Number 51", None)
    second = marketplace.page(world.northwind.partner, Filter(), before=first.older_than)
    assert [card.title for card in second.rows] == ["Number 01", "Number 00"] and second.older_than is None
    assert marketplace.page(world.northwind.partner, Filter(), after=second.newer_than).rows == first.rows


def test_a_catalog_stands_there_since_it_was_last_published(world):
    catalog = sold(world.acme)
    assert marketplace.since(catalog) == catalog.created_at
    catalogs.change(catalog, {"is_published": False})
    published = catalogs.change(Catalog.get(), {"is_published": True})
    assert catalog.created_at < marketplace.since(published) <= clock.now()
