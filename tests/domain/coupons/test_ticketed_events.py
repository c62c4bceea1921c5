"""Events, price levels, bundles and listings: of one seller, of one event."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.domain.coupons.assignments import changes
from portal.domain.coupons.assignments.tables import AssignedBundle
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events import changing, events, lists, selling
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent
from portal.domain.errors import Invalid, NotFound, Refused
from tests.support import desk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"timezone": "Vienna"}, "timezone"),
        ({"currency": "XXX"}, "currency"),
        ({"starts_at": datetime(9999, 6, 1, tzinfo=UTC)}, "starts_at"),
    ],
)
def test_what_makes_no_event_says_what_is_wrong(acme, wrong, field):
    with pytest.raises(Invalid) as refusal:
        desk.event(acme, **wrong)
    assert refusal.value.field == field and not TicketedEvent.select().exists()


def test_an_event_is_changed_and_its_levels_too(acme):
    event = desk.event(acme)
    level = desk.level(event, 1000, 10)
    assert events.change(acme.id, event.id, {"name": "Matinee"}).name == "Matinee"
    changed = events.change_level(acme.id, level.id, {"price": 900, "capacity": 0, "is_locked": True})
    assert (changed.price, changed.capacity, changed.is_locked, changed.name) == (900, 0, True, level.name)
    with pytest.raises(Invalid):
        events.change_level(acme.id, level.id, {"price": -1})


@pytest.mark.parametrize("wrong", [{"price": -1}, {"capacity": -1}, {"name": " "}])
def test_what_makes_no_price_level_says_what_is_wrong(acme, wrong):
    with pytest.raises(Invalid) as refusal:
        desk.level(desk.event(acme), **wrong)
    assert refusal.value.field == next(iter(wrong)) and not PriceLevel.select().exists()


def test_a_bundle_and_a_listing_are_of_one_event_of_the_sellers(acme, world):
    one, other, foreign = (
        desk.level(desk.event(acme)),
        desk.level(desk.event(acme)),
        desk.level(desk.event(world.rival)),
    )
    assert desk.bundle(one).event_id == desk.listing(one).event_id == one.event_id
    for ids in ([one.id, other.id], [foreign.id], [one.id, foreign.id], [10**9], []):
        with pytest.raises(Invalid) as refusal:
            selling.bundle(acme.id, "Both", ids, 100)
        assert refusal.value.field == "price_level_ids"
        with pytest.raises(Invalid):
            selling.listing(acme.id, one.event_id, ids)
    with pytest.raises(Invalid):
        selling.listing(acme.id, other.event_id, [one.id])
    assert Bundle.select().count() == Listing.select().count() == 1


def test_another_sellers_things_are_not_found(acme, world):
    level = desk.level(desk.event(world.rival))
    for act in (
        lambda: events.change(acme.id, level.event_id, {"name": "Mine"}),
        lambda: events.add_level(acme.id, level.event_id, "Row", 1, 1),
        lambda: events.change_level(acme.id, level.id, {"price": 1}),
        lambda: selling.listing(acme.id, level.event_id, [level.id]),
        lambda: selling.find_listing(acme.id, desk.listing(level).id),
        lambda: changing.change_listing(acme.id, desk.listing(level).id, [level.id]),
        lambda: changing.remove_listing(acme.id, desk.listing(level).id),
        lambda: changing.change_bundle(acme.id, desk.bundle(level).id, {"name": "Mine"}),
        lambda: changing.remove_bundle(acme.id, desk.bundle(level).id),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.fixture
def pair(acme):
    """Two price levels, a bundle of both and a listing of both."""
    event = desk.event(acme)
    one, two = desk.level(event, name="Seat"), desk.level(event, name="Dinner")
    return Pair(acme, one, two, desk.bundle(one, two), desk.listing(one, two))


class Pair:
    def __init__(self, party, one, two, bundle, listing):
        self.party, self.one, self.two, self.bundle, self.listing = party, one, two, bundle, listing

    def reserve(self, *wanted):
        return reserving.reserve(self.party.id, self.listing.id, wanted).reservation

    def of_bundle(self):
        return lists.of_bundles([self.bundle])[self.bundle.id]


def test_a_bundle_is_changed_and_keeps_its_price_levels_once_it_was_reserved(acme, pair):
    given = {"name": "Gala", "price": 900, "price_level_ids": [pair.two.id]}
    changed = changing.change_bundle(acme.id, pair.bundle.id, given)
    assert (changed.name, changed.price, pair.of_bundle()) == ("Gala", 900, [pair.two.id])
    for wrong, field in (({"price": -1}, "price"), ({"price_level_ids": []}, "price_level_ids")):
        with pytest.raises(Invalid) as refusal:
            changing.change_bundle(acme.id, pair.bundle.id, wrong)
        assert refusal.value.field == field
    settling.release(pair.reserve(Wanted(None, 1, pair.bundle.id)).id)
    with pytest.raises(Refused, match="reserved once. It keeps its price levels"):
        changing.change_bundle(acme.id, pair.bundle.id, {"name": "Lost", "price_level_ids": [pair.one.id]})
    changed = changing.change_bundle(acme.id, pair.bundle.id, {"price": 800, "price_level_ids": [pair.two.id]})
    assert (changed.name, changed.price, pair.of_bundle()) == ("Gala", 800, [pair.two.id])


def test_a_bundle_goes_unless_reservations_or_coupons_stand_on_it(acme, pair):
    coupon = desk.coupon(acme, code="DINNER-1")
    assignment = desk.assigned(coupon, bundle_ids=[pair.bundle.id])
    with pytest.raises(Refused, match="coupon DINNER-1 is assigned to it"):
        changing.remove_bundle(acme.id, pair.bundle.id)
    changes.end(acme.id, assignment.id)
    changing.remove_bundle(acme.id, pair.bundle.id)
    assert not Bundle.select().exists() and not AssignedBundle.select().exists()
    pair.bundle = desk.bundle(pair.one, pair.two)
    pair.reserve(Wanted(None, 2, pair.bundle.id))
    with pytest.raises(Refused, match="It was reserved once. Change its name or its price"):
        changing.remove_bundle(acme.id, pair.bundle.id)
    assert Bundle.get().id == pair.bundle.id


def test_a_listing_sells_other_levels_unless_tickets_of_them_are_held(acme, pair):
    pair.reserve(Wanted(pair.one.id, 1))
    with pytest.raises(Refused, match="Tickets of Seat are held here now, in 1 reservation"):
        changing.change_listing(acme.id, pair.listing.id, [pair.two.id])
    assert lists.of_listings([pair.listing])[pair.listing.id] == [pair.one.id, pair.two.id]
    changing.change_listing(acme.id, pair.listing.id, [pair.one.id])
    changing.change_listing(acme.id, pair.listing.id, [pair.one.id, pair.two.id])
    Reservation.update(expires_at=clock.now() - timedelta(seconds=1)).execute()
    changing.change_listing(acme.id, pair.listing.id, [pair.two.id])
    assert lists.of_listings([pair.listing])[pair.listing.id] == [pair.two.id]
    with pytest.raises(Invalid):
        changing.change_listing(acme.id, pair.listing.id, [desk.level(desk.event(acme)).id])


def test_a_listing_goes_unless_something_was_reserved_at_it(acme, pair):
    changing.remove_listing(acme.id, desk.listing(pair.one).id)
    assert Listing.get().id == pair.listing.id
    settling.release(pair.reserve(Wanted(pair.one.id, 1)).id)
    with pytest.raises(Refused, match="1 reservation was made at it"):
        changing.remove_listing(acme.id, pair.listing.id)
    assert Listing.select().exists()


@pytest.mark.engine("postgresql")
def test_what_is_reserved_at_the_same_moment_is_not_pulled_away(acme, pair, elsewhere, after_them):
    elsewhere.execute("SELECT id FROM ticketed_event WHERE id = %s FOR UPDATE", [pair.one.event_id])
    elsewhere.execute("DELETE FROM listing_level WHERE listing_id = %s", [pair.listing.id])
    elsewhere.execute("DELETE FROM listing WHERE id = %s", [pair.listing.id])
    with pytest.raises(NotFound):
        after_them(lambda: pair.reserve(Wanted(pair.one.id, 1)))


@pytest.mark.engine("postgresql")
def test_a_bundle_that_goes_at_the_same_moment_is_assigned_to_nothing(acme, pair, elsewhere, after_them):
    coupon = desk.coupon(acme)
    elsewhere.execute("DELETE FROM bundle_level WHERE bundle_id = %s", [pair.bundle.id])
    elsewhere.execute("DELETE FROM bundle WHERE id = %s", [pair.bundle.id])
    with pytest.raises(Invalid) as refusal:
        after_them(lambda: desk.assigned(coupon, bundle_ids=[pair.bundle.id]))
    assert refusal.value.field == "bundle_ids" and not AssignedBundle.select().exists()
