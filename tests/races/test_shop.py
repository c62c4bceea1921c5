"""Strangers at a demo shop, all at once: they have few tickets from one network, and never more than half together."""

import pytest

from portal.domain.coupons.shop import strangers
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from tests.races.control import is_lost
from tests.support import desk

pytestmark = pytest.mark.races


FROM_ONE, FROM_MANY = ["203.0.113.7"], [f"203.0.113.{number}" for number in range(1, 255)]


class Shop:
    """A listing that sells price levels of forty tickets each: whoever takes of another one waits for nobody there."""

    def __init__(self, merchant, levels: int):
        self.server = merchant.server
        with self.server.connected():
            event = desk.event(merchant.partner)
            self.levels = [desk.level(event, capacity=40).id for _ in range(levels)]
            self.listing = desk.listing(*PriceLevel.select().where(PriceLevel.id.in_(self.levels)))

    def sold(self, crowd, tickets: int, networks: list[str]) -> int:
        """Have everybody reserve so many of any level; how many of them got theirs."""
        return sum(crowd.all("reserve_in_shop", self.listing.id, self.levels, tickets, networks))

    def taken(self) -> int:
        """How many tickets are held."""
        with self.server.connected():
            return sum(level.taken for level in PriceLevel.select().where(PriceLevel.id.in_(self.levels)))


def test_strangers_from_one_network_have_no_more_than_a_days_tickets(merchant, crowd):
    shop = Shop(merchant, levels=16)
    assert shop.sold(crowd, 3, FROM_ONE) == strangers.A_DAY // 3 and shop.taken() == 18


def test_strangers_from_everywhere_have_half_of_a_price_level(merchant, crowd):
    shop = Shop(merchant, levels=1)
    assert shop.sold(crowd, 4, FROM_MANY) == 5 and shop.taken() == 20


def test_without_the_guard_one_network_has_more_than_a_days_tickets(unguarded, unguarded_crowd):
    assert is_lost(lambda _: Shop(unguarded, levels=16).sold(unguarded_crowd, 3, FROM_ONE) > strangers.A_DAY // 3)


def test_without_the_guard_strangers_have_more_than_half_of_a_price_level(unguarded, unguarded_crowd):
    assert is_lost(lambda _: Shop(unguarded, levels=1).sold(unguarded_crowd, 4, FROM_MANY) > 5)
