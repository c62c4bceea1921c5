"""Eight people drag the offers of a collection at once, each to an order of their own: one order stands, and the others are told."""

import re
from itertools import islice, permutations

import pytest

from portal.domain.member_offers.collections import collections
from tests.races.control import is_lost
from tests.races.payer import Payer
from tests.races.test_payout_pages import at_once
from tests.support import club_offers

pytestmark = pytest.mark.races
PEOPLE, OFFERS = 8, 5
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Person(Payer):
    """Somebody who looks at the collection, and drags."""

    def see(self, place: str) -> None:
        self.place, page = place, self._answer("GET", place).text
        self.form = {"csrf_token": _TOKEN.search(page)[1], "seen": re.search(r'name="seen" value="([^"]+)"', page)[1]}

    def order(self, wanted: list[int]) -> bool:
        """Whether it was taken."""
        form = {**self.form, "order": wanted}
        answer = self.browser.post(f"{self.url}{self.place}/order", form, headers={"HX-Request": "true"}, timeout=60)
        assert answer.status_code == 200
        return "Somebody else ordered" not in answer.text


class Ordered:
    """A collection of the merchant's, and people who order it."""

    def __init__(self, merchant, app_pool):
        self.merchant, self.id = merchant, merchant.partner.id
        with merchant.server.connected():
            self.collection = collections.make(self.id, {"title": "At the hut"})
            self.offers = [club_offers.offer(self).offer_id for _ in range(OFFERS)]
            collections.add(self.collection, *self.offers)
        self.people = [Person(merchant, app_pool(merchant.server.settings)) for _ in range(PEOPLE)]

    def race(self) -> list[list[int]]:
        """The orders that were taken."""
        present = self.stands()
        for person in self.people:
            person.see(f"/collections/{self.collection.id}")
        orders = [list(one) for one in islice(permutations(present), 1, PEOPLE + 1)]
        taken = at_once([lambda p=p, o=o: p.order(o) for p, o in zip(self.people, orders, strict=True)])
        return [order for order, is_taken in zip(orders, taken, strict=True) if is_taken]

    def stands(self) -> list[int]:
        with self.merchant.server.connected():
            return collections.offers_of(self.collection)


def test_one_order_stands_and_the_others_are_told(merchant, app_pool):
    ordered = Ordered(merchant, app_pool)
    for _ in range(2):
        assert ordered.race() == [ordered.stands()]


def test_without_the_guard_orders_are_written_over_one_another(unguarded, app_pool):
    ordered = Ordered(unguarded, app_pool)
    assert is_lost(lambda _: len(ordered.race()) > 1)
