"""Orders of a collection's offers, and of the collections of a club, made by whoever looked at another one."""

import pytest

from portal.domain.errors import Refused
from portal.domain.events.tables import Event
from portal.domain.member_offers.collections import collections, ordering
from tests.support import club_offers


@pytest.fixture
def hut(world):
    return collections.make(world.acme.id, {"title": "At the hut"})


@pytest.fixture
def offers(world, hut):
    ids = [club_offers.offer(world.acme).offer_id for _ in range(4)]
    collections.add(hut, *ids)
    return ids


def test_an_order_is_as_it_was_made(hut, offers):
    ordering.order_offers(hut, offers[::-1], offers)
    assert collections.offers_of(hut) == offers[::-1]


def test_an_order_whose_answer_was_lost_changes_nothing_when_it_comes_again(hut, offers):
    ordering.order_offers(hut, offers[::-1], offers)
    told = Event.select().count()
    ordering.order_offers(hut, offers[::-1], offers)
    assert collections.offers_of(hut) == offers[::-1] and Event.select().count() == told


def test_what_was_added_meanwhile_stands_last_and_what_was_taken_out_stays_out(world, hut, offers):
    a, b, c, d = offers
    added = club_offers.offer(world.acme).offer_id
    collections.take_out(hut, b)
    collections.add(hut, added)
    ordering.order_offers(hut, [d, c, b, a], offers)
    assert collections.offers_of(hut) == [d, c, a, added]


def test_an_order_over_another_order_is_refused_by_name_and_that_one_stands(hut, offers):
    a, b, c, d = offers
    ordering.order_offers(hut, [b, a, c, d], offers)
    with pytest.raises(Refused, match="At the hut"):
        ordering.order_offers(hut, [d, c, b, a], offers)
    assert collections.offers_of(hut) == [b, a, c, d]


def test_what_is_no_order_of_what_was_seen_is_refused(hut, offers):
    for wanted, seen in ((offers[:3], offers), ([*offers, 999], offers), ([offers[0]] * 2, [offers[0]] * 2)):
        with pytest.raises(Refused):
            ordering.order_offers(hut, wanted, seen)
    assert collections.offers_of(hut) == offers


def test_collections_are_ordered_the_same_way_and_anothers_are_not_touched(world, hut):
    more = [collections.make(world.acme.id, {"title": title}) for title in ("Up early", "For every day")]
    foreign = collections.make(world.rival.id, {"title": "Not ours"})
    seen = [hut.id, *(one.id for one in more)]
    ordering.order_collections(world.acme.id, seen[::-1], seen)
    assert [one.id for one in collections.of_partner(world.acme.id)] == seen[::-1]
    with pytest.raises(Refused, match="Somebody else"):
        ordering.order_collections(world.acme.id, [seen[1], seen[0], seen[2]], seen)
    with pytest.raises(Refused):
        ordering.order_collections(world.acme.id, [foreign.id, *seen], seen)
    ordering.order_collections(world.acme.id, [foreign.id, *seen[::-1]], [*seen[::-1], foreign.id])
    assert [one.id for one in collections.of_partner(world.acme.id)] == seen[::-1]
