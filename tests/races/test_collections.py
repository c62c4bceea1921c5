"""Many put offers into one collection, move them and take them out at once: each is there once, or not at all, and none is lost."""

import pytest

from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.collections.tables import Collection, CollectionOffer
from tests.races.control import is_lost
from tests.support import club_offers

pytestmark = pytest.mark.races


def stirred(merchant, crowd) -> tuple[list[int | None], list[int]]:
    """What everybody put into a new collection and left there, and what is in it then beside what was there before."""
    with merchant.server.connected():
        shelf = collections.make(merchant.partner.id, {"title": "Race"})
        before = [club_offers.offer(merchant.partner).offer_id for _ in range(2)]
        collections.arrange(shelf, before)
    left = crowd.all("stir", shelf.id)
    with merchant.server.connected():
        found = collections.offers_of(Collection.get_by_id(shelf.id))
        return left, [offer for offer in found if offer not in before]


def test_what_many_put_into_a_collection_at_once_is_there_once_each(merchant, crowd):
    left, found = stirred(merchant, crowd)
    assert None not in left and sorted(found) == sorted(filter(None, left))
    with merchant.server.connected():
        places = CollectionOffer.select().join(Collection).where(Collection.partner == merchant.partner)
        assert sorted(place.position for place in places) == list(range(2 + len(found)))


def test_without_the_guard_offers_are_lost(unguarded, unguarded_crowd):
    def lost(_) -> bool:
        left, found = stirred(unguarded, unguarded_crowd)
        return sorted(found) != sorted(filter(None, left))

    assert is_lost(lost)
