"""Collections of a club's offers, through their pages."""

import pytest

from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.collections.tables import Collection
from tests.support import club_offers

pytestmark = pytest.mark.engine("sqlite")


def test_a_collection_is_made_filled_ordered_changed_and_removed_by_clicking(world):
    visitor = world.as_("acme", "manager")
    assert "No collections yet" in visitor.get("/collections").text
    one, two = club_offers.offer(world.acme, "Coffee"), club_offers.offer(world.acme, "Cake")
    visitor.post("/collections/new", {"title": "At the hut"})
    collection = Collection.get()
    place = f"/collections/{collection.id}"
    for terms in (one, two):
        visitor.post(f"{place}/offers", {"offer": terms.offer_id, "act": "add"})
    assert collections.offers_of(collection) == [one.offer_id, two.offer_id]
    visitor.post(f"{place}/offers", {"offer": two.offer_id, "act": "up"})
    visitor.post(f"{place}/offers", {"offer": two.offer_id, "act": "up"})
    assert collections.offers_of(collection) == [two.offer_id, one.offer_id]
    visitor.post(f"{place}/offers", {"offer": two.offer_id, "act": "out"})
    assert collections.offers_of(collection) == [one.offer_id] and "Put it in" in visitor.get(place).text
    visitor.post(f"{place}/edit", {"title": "Warm rooms"})
    assert "Warm rooms" in visitor.get("/collections").text
    assert "1 offer leaves" in visitor.get(f"{place}/removal").text
    visitor.post(f"{place}/removal")
    assert Collection.select().count() == 0


def test_collections_change_places_and_what_stands_at_an_end_stays(world):
    visitor = world.as_("acme", "manager")
    first, last = (collections.make(world.acme.id, {"title": title}) for title in ("First", "Last"))
    visitor.post(f"/collections/{last.id}/place", {"act": "up"})
    visitor.post(f"/collections/{first.id}/place", {"act": "down"})
    assert [one.title for one in collections.of_partner(world.acme.id)] == ["Last", "First"]
    assert visitor.post(f"/collections/{first.id}/place", {"act": "sideways"}).status_code == 400


def test_another_partners_offer_comes_into_no_collection(world):
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    foreign = club_offers.offer(world.rival)
    visitor, place = world.as_("acme", "manager"), f"/collections/{collection.id}/offers"
    assert visitor.post(place, {"offer": foreign.offer_id, "act": "add"}).status_code == 404
    assert collections.offers_of(collection) == []
    assert world.as_("acme", "viewer").post(place, {"offer": 1, "act": "out"}).status_code == 403
