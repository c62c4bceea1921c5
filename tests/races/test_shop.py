"""Strangers at a demo shop, all at once: they have few tickets from one network, and never more than half together."""

import pytest

from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.shop import strangers
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from tests.support import desk

pytestmark = pytest.mark.races


FROM_ONE, FROM_MANY = ["203.0.113.7"], [f"203.0.113.{number}" for number in range(1, 255)]


@pytest.fixture
def levels(merchant):
    """Price levels that a listing sells, with forty tickets each: whoever takes another one waits for nobody there."""
    with merchant.server.connected():
        event = desk.event(merchant.partner)
        return [desk.level(event, capacity=40) for _ in range(16)]


@pytest.fixture
def listing(merchant, levels):
    with merchant.server.connected():
        return desk.listing(*levels)


def test_strangers_from_one_network_have_no_more_than_a_days_tickets(merchant, crowd, levels, listing):
    got = crowd.all("reserve_in_shop", listing.id, [level.id for level in levels], 3, FROM_ONE)
    with merchant.server.connected():
        held = sum(row.tickets for row in Reservation.select().where(Reservation.listing == listing))
    assert sum(got) == strangers.A_DAY // 3 and held == 18


def test_strangers_from_everywhere_have_half_of_a_price_level(merchant, crowd, levels, listing):
    got = crowd.all("reserve_in_shop", listing.id, [levels[0].id], 4, FROM_MANY)
    with merchant.server.connected():
        assert sum(got) == 5 and PriceLevel.get_by_id(levels[0].id).taken == 20
