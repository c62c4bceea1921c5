"""Events, price levels, bundles and listings: of one seller, of one event."""

from datetime import UTC, datetime

import pytest

from portal.domain.coupons.ticketed_events import events, selling
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent
from portal.domain.errors import Invalid, NotFound
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
    ):
        with pytest.raises(NotFound):
            act()
