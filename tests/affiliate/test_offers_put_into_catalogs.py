"""An offer that is in no catalog is put into one, where promoters sell it."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.offers import offers
from portal.domain.offers.offers import Price
from portal.domain.offers.tables import Offer
from portal.domain.verify import faults
from tests.support import club_offers, feeding

PRICE = [Price(Decimal("4.50"), "USD")]


def test_an_offer_is_put_into_a_catalog_once(world):
    offer, catalog = club_offers.offer(world.acme, "Coffee").offer, feeding.catalog(world.acme)
    put = terms.put(offer, {"reward_percent": Decimal(5)}, catalog.uuid, PRICE)
    assert (put.catalog_id, offers.prices_of(put), terms.find(world.acme.id, offer.uuid)) == (
        catalog.id,
        {"USD": 450},
        put,
    )
    with pytest.raises(Refused, match="already"):
        terms.put(offer, {}, feeding.catalog(world.acme).uuid, PRICE)
    assert Offer.get_by_id(offer.id).catalog_id == catalog.id and faults() == []


def test_what_is_wrong_leaves_the_offer_where_it_is(world):
    offer, catalog = club_offers.offer(world.acme, "Coffee").offer, feeding.catalog(world.acme)
    terms.create(world.acme.id, {"name": "Coffee"}, catalog.uuid, PRICE)
    with pytest.raises(Invalid, match="another offer named"):
        terms.put(offer, {}, catalog.uuid, PRICE)
    with pytest.raises(Invalid, match="at least one price"):
        terms.put(offer, {"name": "Tea"}, catalog.uuid, [])
    with pytest.raises((Invalid, NotFound)):
        terms.put(offer, {"name": "Tea"}, feeding.catalog(world.rival).uuid, PRICE)
    assert (
        Offer.get_by_id(offer.id).catalog_id is None
        and PromoterTerms.get_or_none(PromoterTerms.offer == offer.id) is None
    )
