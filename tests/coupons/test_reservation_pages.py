"""Reservations through their pages: found, looked at, bought for the customer, let go."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.coupons.uses.tables import CouponUse
from portal.web.formats import NO_BREAK
from tests.support import desk, loyalty


@pytest.fixture
def visitor(world):
    yield world.as_("acme", "manager")
    assert verify.faults() == []


@pytest.fixture
def held(world):
    """Two tickets of 45.00 EUR for Mia, with a coupon of 25 %."""
    level = desk.level(desk.event(world.acme, name="Gala"), 4500, name="Front")
    desk.assigned(desk.coupon(world.acme, code="Gala-25", amount=25))
    mia = loyalty.customer(world.acme, "Mia", surname="Berger")
    made = reserving.reserve(world.acme.id, desk.listing(level).id, [Wanted(level.id, 2)], mia.id).reservation
    holding.use(made.id, [AskedUse(made.event_id, "GALA-25")])
    return made


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split()).replace(NO_BREAK, " ")


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="row-link number" href="/reservations/(\d+)"', page)]


def test_an_empty_list_says_what_a_reservation_is(visitor):
    assert "A reservation holds tickets for fifteen minutes" in visitor.get("/reservations").text


@pytest.mark.on_both_engines
def test_reservations_are_found_by_state_event_number_code_and_customer(world, held):
    visitor, other = world.as_("acme"), desk.reserved(world.acme)
    desk.reserved(world.rival)
    settling.purchase(other.id)
    asked = {
        "": [other.id, held.id], "state=held": [held.id], "state=purchased": [other.id], f"event={other.event_id}": [other.id],
        f"q={other.id}": [other.id], "q=%20gala-25": [held.id], f"q=%E2%80%8B{held.id}": [held.id], "q=berg": [held.id], "q=nobody": [],
        "q=mia&state=purchased": [],
    }  # fmt: skip
    assert {query: numbers(visitor.get(f"/reservations?{query}").text) for query in asked} == asked
    assert numbers(visitor.get(f"/events/{held.event_id}?tab=reservations").text) == [held.id]


def test_a_reservation_shows_what_each_coupon_takes_off_each_line(visitor, held):
    page = words(visitor.get(f"/reservations/{held.id}").text)
    assert "Front 2 45.00 EUR Gala-25 −22.50 EUR 67.50 EUR" in page and "Mia Berger" in page
    assert "It is for 2 of the tickets" in page and "Tickets reserved" in page


def test_the_moment_decides_whether_the_worker_has_come_or_not(visitor, held):
    place = f"/reservations/{held.id}"
    assert 'data-left="' in visitor.get(place).text
    Reservation.update(expires_at=clock.now() - timedelta(seconds=1)).execute()
    assert "Ran out" in visitor.get("/reservations").text
    assert "Buy it" not in visitor.get(place).text and Reservation.get().state == "expired"
    visitor.post(f"{place}/purchase")
    assert Reservation.get().state == "expired" and "has ended" in visitor.get(place).text


def test_it_is_bought_for_the_customer(world, visitor, held):
    visitor.post(f"/reservations/{held.id}/purchase")
    assert Reservation.get().state == "purchased" and CouponUse.get().state == "committed"
    page = visitor.get(f"/reservations/{held.id}").text
    assert "The reservation is bought." in page and "Used for good" in page
    assert "Buy it" not in world.as_("acme", "viewer").get(f"/reservations/{desk.reserved(world.acme).id}").text


def test_letting_go_asks_first_and_gives_back_tickets_and_coupons(visitor, held):
    place = f"/reservations/{held.id}/release"
    asked = words(visitor.get(place).text)
    assert "2 × Front" in asked and "1 coupon is given back" in asked and Reservation.get().state == "held"
    visitor.post(place)
    assert Reservation.get().state == "released" and PriceLevel.get().taken == 0
    assert "Given back" in visitor.get(f"/reservations/{held.id}").text
