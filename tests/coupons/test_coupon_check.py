"""Check a code: every step is told, the one that failed has a button that mends it, and asking writes nothing."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

import pytest

from portal.domain import verify
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events import selling
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.errors import Refused
from portal.domain.events.tables import Event
from portal.domain.traces import refusals
from portal.web.formats import NO_BREAK
from tests.support import desk, loyalty

PLACE = "/coupon-check"


class Door:
    """An evening of acme's that a listing sells, and a coupon of 10 %."""

    def __init__(self, acme):
        self.acme = acme
        self.event = desk.event(acme, name="Gala")
        self.level = desk.level(self.event, name="Stalls", price=2000)
        self.listing = desk.listing(self.level)
        self.coupon = desk.coupon(acme, code="Spring-10", name="Spring")

    def place(self, **more) -> str:
        asked = {"code": "spring-10", "event": self.event.id} | more
        return PLACE + "?" + "&".join(f"{name}={value}" for name, value in asked.items())

    def reserve(self, **more) -> int:
        return reserving.reserve(self.acme.id, self.listing.id, [Wanted(self.level.id, 1)], **more).reservation.id


@pytest.fixture
def door(world):
    yield Door(world.acme)
    assert verify.faults() == []


def button(page: str) -> tuple[str, str]:
    """What the button of the mend says, and its mark."""
    mark = re.search(r'name="mend" value="(\w+)"', page)
    said = re.search(r'name="mend".*?</svg>(.*?)</button>', page, re.DOTALL)
    return (unescape(said[1]).strip(), mark[1]) if mark and said else ("", "")


def mended(visitor, place: str) -> str:
    """The page after its button was pressed, and what the button had said."""
    said, mark = button(visitor.get(place).text)
    assert unquote(visitor.post(place, {"mend": mark}).location) == place
    return said


def test_a_check_tells_each_step_and_its_button_mends_the_one_that_failed_until_it_can_be_used(world, door):
    visitor = world.as_("acme", "manager")
    coupons.end(world.acme.id, door.coupon.id)
    place = door.place(at="2032-01-05T12:00")
    told = [mended(visitor, place) for _ in range(2)]
    assert told == ["Switch it on", "Assign it to Gala for one use, 2031-06-01 to 2032-01-05"]
    page = unescape(visitor.get(place).text)
    assert "Can be used so far" in page and button(page) == ("", "")
    whole = visitor.get(f"{place}&reservation={door.reserve(member_id=loyalty.customer(world.acme).id)}").text
    assert "Can be used<" in whole and "so far" not in whole and "Not reached" not in whole
    assert f"20.00{NO_BREAK}EUR" in page and f"18.00{NO_BREAK}EUR" in page
    assert "Name a reservation to check it." in page
    now = unescape(visitor.get(door.place()).text)
    assert "The coupon is valid from 2031-06-01 on," in now and button(now)[0].startswith("Let it begin on 2026-")


def test_asking_writes_nothing_and_a_viewer_is_told_without_a_button(world, door):
    viewer, before = world.as_("acme", "viewer"), Event.select().count()
    page = viewer.get(door.place()).text
    assert "The coupon is not assigned to this event." in page and button(page) == ("", "")
    assert viewer.post(door.place(), {"mend": "x"}).status_code == 403
    assert Event.select().count() == before and CouponAssignment.select().count() == 0


def test_a_button_does_what_it_said_or_nothing(world, door):
    visitor, place = world.as_("acme"), door.place()
    desk.assigned(door.coupon, start="2020-01-01", end="2020-01-02")
    coupons.end(world.acme.id, door.coupon.id)
    _, mark = button(visitor.get(place).text)
    coupons.resume(world.acme.id, door.coupon.id)
    visitor.post(place, {"mend": mark})
    page = visitor.get(place).text
    assert "Somebody changed something meanwhile." in page and button(page)[0].startswith("Let it end on ")
    assert CouponAssignment.get().ends_on == "2020-01-02" and Coupon.get().ended_at is None


def test_a_code_alone_is_checked_for_the_next_event_that_it_is_assigned_to(world, door):
    visitor, alone = world.as_("acme"), f"{PLACE}?code=SPRING-10"
    assert "Nearest fix" not in visitor.get(alone).text
    desk.assigned(door.coupon, price_level_ids=[door.level.id])
    past = desk.event(world.acme, name="Last year", starts_at=datetime(2021, 6, 1, 19, tzinfo=UTC))
    desk.assigned(door.coupon, event_ids=[past.id])
    page = visitor.get(alone).text
    assert f'<option selected value="{door.event.id}"' in page and "Can be used so far" in page
    without = visitor.get(f"{alone}&event=").text
    assert "Can be used" not in without and "Choose the event that the code is for." in without
    assert "Can be used" not in world.as_("rival").get(alone).text


def test_a_reservation_says_its_event_and_a_customer_is_named_on_it(world, door):
    visitor, mia = world.as_("acme"), loyalty.customer(world.acme)
    coupons.change(world.acme.id, door.coupon.id, {"customer_limit": 1})
    desk.assigned(door.coupon)
    place = f"{PLACE}?code=SPRING-10&reservation={door.reserve()}"
    page = visitor.get(place).text
    assert "The coupon is for customers who are known." in page and 'href="#customer"' in page
    said = mended(visitor, f"{place}&customer={mia.uuid}")
    assert said.startswith("Say that the reservation is of ")
    assert Reservation.get().member_id == mia.id
    page = visitor.get(place).text
    assert "It takes" in page and f"2.00{NO_BREAK}EUR" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"code": "NO-SUCH"}, "There is no coupon with this code."),
        ({"code": ""}, "Can it be used, and if not, why?"),
        ({"event": "99999"}, "Choose the event that the code is for."),
        ({"event": "x" * 300, "listing": "x"}, "Choose the event that the code is for."),
        ({"at": "2999999-01-01T00:00"}, "Write a day and a time, such as"),
        ({"customer": "nobody@example.com"}, "There is no such customer."),
        ({"reservation": "99999"}, "There is no such reservation for this event, or its time is over."),
    ],
)
def test_what_cannot_be_asked_is_said(world, door, asked, sentence):
    desk.assigned(door.coupon)
    page = world.as_("acme").get(door.place(**asked))
    assert page.status_code == 200 and sentence in unescape(page.text)


def test_a_code_that_nobody_has_is_made_from_there(world, door):
    page = world.as_("acme").get(door.place(code="NEW-CODE")).text
    assert 'href="/coupons/new?code=NEW-CODE"' in page
    assert 'value="NEW-CODE"' in world.as_("acme").get("/coupons/new?code=NEW-CODE").text
    assert "/coupons/new" not in world.as_("acme", "viewer").get(door.place(code="NEW-CODE")).text


def test_nobody_checks_another_partners_event_and_reservation(world, door):
    desk.assigned(door.coupon)
    rival = world.as_("rival")
    assert "Gala" not in rival.get(door.place()).text
    page = rival.get(f"{PLACE}?code=SPRING-10&reservation={door.reserve()}").text
    assert "Gala" not in page and "Spring" not in re.sub("SPRING-10", "", page)


def test_it_is_found_in_the_menu_and_by_other_words(world):
    viewer = world.as_("acme", "viewer")
    assert f'href="{PLACE}"' in viewer.get("/events").text
    assert PLACE in viewer.get("/search?q=voucher", htmx=True).text


def test_what_was_refused_lately_is_asked_again_as_it_was_then(world, door):
    visitor, reservation = world.as_("acme", "viewer"), door.reserve()
    desk.assigned(door.coupon, start="2035-01-01")
    with pytest.raises(Refused) as error:
        holding.use(reservation, [AskedUse(door.event.id, "spring-10")])
    refusals.note(error.value)
    page = visitor.get(PLACE).text
    assert "Refused lately" in page and "The coupon is valid from 2035-01-01 on," in page
    again = unescape(re.search(r'class="row-link mono" href="([^"]+)"', page)[1])
    assert f"event={door.event.id}" in again and f"reservation={reservation}" in again and "at=20" in again
    assert "The coupon is valid from 2035-01-01 on," in visitor.get(again).text
    settling.release(reservation)
    assert "reservation=" not in re.search(r'class="row-link mono" href="([^"]+)"', visitor.get(PLACE).text)[1]
    assert "Refused lately" not in world.as_("rival").get(PLACE).text


def test_what_the_shop_refuses_is_told_to_its_seller(world, door):
    selling.switch(world.acme.id, door.listing.id, is_open=True)
    desk.assigned(door.coupon, start="2035-01-01")
    stranger = world.anonymous()
    stranger.post(f"/shop/{door.listing.key}/reservation", {f"level-{door.level.id}": "1"})
    stranger.post(f"/shop/{door.listing.key}/code", {"code": "Spring-10"})
    assert "The coupon is valid from" in world.as_("acme").get(PLACE).text
