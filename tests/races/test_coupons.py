"""Many clients at a coupon: no more uses than its limit, each ended once, over real HTTP."""

from collections import Counter

import pytest

from portal import clock
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.tables import CouponUse
from tests.races.control import is_lost
from tests.support import desk

pytestmark = pytest.mark.races
CLIENTS = 8


class Door:
    """An event of the merchant's, where reservations are made beside the server and codes are used through it."""

    def __init__(self, merchant, capacity: int = 1000):
        self.merchant = merchant
        with merchant.server.connected():
            party = Party(merchant.partner)
            self.level = desk.level(desk.event(party), capacity=capacity)
            self.listing, self.party = desk.listing(self.level), party

    def coupons(self, number: int = 1, **terms) -> list[Coupon]:
        with self.merchant.server.connected():
            made = [desk.coupon(self.party) for _ in range(number)]
            desk.assigned(*made, **terms)
        return made

    def reserve(self, number: int = CLIENTS) -> list[reserving.Made]:
        with self.merchant.server.connected():
            wanted = [Wanted(self.level.id, 1)]
            return [reserving.reserve(self.merchant.partner.id, self.listing.id, wanted) for _ in range(number)]

    def use(self, made: reserving.Made, coupon: Coupon) -> tuple:
        """The request that uses it there."""
        coupons = [{"event_id": made.reservation.event_id, "code": coupon.code}]
        body = {"data": {"type": "coupon-usage", "attributes": {"coupons": coupons}}}
        return "POST", f"/reservations/{made.reservation.id}/coupon-usage", body, {"Reservation-Secret": made.secret}

    def used(self, requests: list[tuple]) -> Counter:
        return Counter(answer.status_code for answer in self.merchant.at_once(requests))

    def live(self) -> int:
        with self.merchant.server.connected():
            mine = (CouponUse.partner == self.merchant.partner) & (CouponUse.state != "released")
            return CouponUse.select().where(mine).count()


class Party:
    """The merchant as builders of things ask for it."""

    def __init__(self, partner):
        self.partner, self.id = partner, partner.id


@pytest.mark.parametrize("limit", [1, 10, 500])
def test_no_more_uses_are_made_than_the_limit(merchant, limit):
    door, tries = Door(merchant), min(limit + CLIENTS, 3 * CLIENTS)
    (coupon,) = door.coupons(limit=limit)
    left = limit
    if limit > tries:  # All but the last few are made before.
        prepared(door, coupon, limit - CLIENTS)
        tries, left = 2 * CLIENTS, CLIENTS
    made = door.reserve(tries)
    assert door.used([door.use(each, coupon) for each in made]) == {200: left, 400: tries - left}
    assert door.live() == limit


def prepared(door, coupon, number):
    """So many uses that were made one after the other."""
    made = door.reserve(number)
    with door.merchant.server.connected():
        for each in made:
            holding.use(each.reservation.id, [holding.AskedUse(each.reservation.event_id, coupon.code)])


def test_ten_codes_share_one_limit(merchant):
    door = Door(merchant)
    coupons = door.coupons(10, limit=4, is_shared=True)
    pairs = zip(door.reserve(10), coupons, strict=True)
    assert door.used([door.use(*pair) for pair in pairs]) == {200: 4, 400: 6}
    assert door.live() == 4


def test_without_the_guard_a_code_is_used_beyond_its_limit(unguarded):
    def play(_):
        door = Door(unguarded)
        (coupon,) = door.coupons(limit=1)
        return door.used([door.use(each, coupon) for each in door.reserve()])[200] > 1

    assert is_lost(play)


def test_one_reservation_uses_a_code_once_however_often_it_is_sent(merchant):
    door = Door(merchant)
    (coupon,), (made,) = door.coupons(), door.reserve(1)
    answers = merchant.at_once([door.use(made, coupon)] * CLIENTS)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == door.live() == 1


@pytest.mark.parametrize("has_run_out", [False, True])
def test_a_reservation_ends_once_and_gives_its_use_back_once(merchant, has_run_out):
    door = Door(merchant)
    (coupon,), (made,) = door.coupons(), door.reserve(1)
    assert door.used([door.use(made, coupon)]) == {200: 1}
    path, secret = f"/reservations/{made.reservation.id}", {"Reservation-Secret": made.secret}
    if has_run_out:
        with merchant.server.connected():
            Reservation.update(expires_at=clock.now()).where(Reservation.id == made.reservation.id).execute()

    def expire():
        with merchant.server.connected():
            settling.expire_due()

    both = [("POST", f"{path}/purchase", {}, secret), ("DELETE", path, {}, secret)]
    answers = merchant.at_once(both * (CLIENTS // 2), beside=expire)
    bought, let_go = ({answer.status_code for answer in answers[first::2]} for first in (0, 1))
    with merchant.server.connected():
        state = Reservation.get_by_id(made.reservation.id).state
        uses, taken = Coupon.get_by_id(coupon.id).uses, PriceLevel.get_by_id(door.level.id).taken
    expected = {"purchased": ({200}, {400}, 1), "released": ({400}, {204}, 0), "expired": ({400}, {204}, 0)}[state]
    assert (bought, let_go, uses) == expected and taken == uses == door.live()
    assert (state == "expired") == has_run_out


def test_without_the_guard_a_reservation_is_bought_and_let_go(unguarded):
    def play(_):
        door = Door(unguarded)
        (made,) = door.reserve(1)
        path, secret = f"/reservations/{made.reservation.id}", {"Reservation-Secret": made.secret}
        both = [("POST", f"{path}/purchase", {}, secret), ("DELETE", path, {}, secret)]
        return {answer.status_code for answer in unguarded.at_once(both)} == {200, 204}

    assert is_lost(play)


def test_no_more_tickets_are_reserved_than_there_are(merchant):
    door = Door(merchant, capacity=5)
    body = {"listing_id": door.listing.id, "tickets": [{"price_level_id": door.level.id, "quantity": 1}]}
    assert door.used([("POST", "/reservations", body)] * CLIENTS) == {201: 5, 400: 3}


def test_without_the_guard_more_tickets_are_reserved_than_there_are(unguarded):
    def play(_):
        door = Door(unguarded, capacity=1)
        body = {"listing_id": door.listing.id, "tickets": [{"price_level_id": door.level.id, "quantity": 1}]}
        return door.used([("POST", "/reservations", body)] * 4)[201] > 1

    assert is_lost(play)
