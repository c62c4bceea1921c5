"""Coupons are assigned by a form that shows what it will cover; an assignment is changed and taken away on its page."""

import re
from html import unescape

import pytest

from portal.domain import verify
from portal.domain.coupons.assignments import changes
from portal.domain.coupons.assignments.assigning import MOST_COUPONS
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.batches import batches
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import ACCESS, COMP
from portal.domain.coupons.reservations import reserving
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.web.formats import NO_BREAK
from portal.worker import drains
from tests.affiliate.counting import queries
from tests.support import desk

PLACE = "/coupons/assign"
TERMS = {
    "shares": "each", "limit": "10", "start": "2031-03-28", "end": "2031-04-02", "time_zone": "Europe/Vienna", "scope": "chosen",
}  # fmt: skip
# Saturday's noon, and all of 1 April.
WINDOWS = {
    "windows-0-days": "7", "windows-0-begins": "12:00", "windows-0-ends": "14:00",
    "windows-1-start": "2031-04-01", "windows-1-end": "2031-04-01",
}  # fmt: skip


@pytest.fixture
def gala(world):
    event = desk.event(world.acme, name="Gala")
    yield event, desk.level(event, name="Stalls", price=2000), desk.level(event, name="Circle", price=1000)
    assert verify.faults() == []


def test_coupons_are_assigned_with_windows_levels_and_times_and_it_can_be_undone(world, gala):
    event, stalls, _ = gala
    one, other = desk.coupon(world.acme), desk.coupon(world.acme)
    visitor = world.as_("acme", "manager")
    form = visitor.get(f"{PLACE}?coupon={one.id}&coupon={other.id}&event={event.id}").text
    assert f"{one.written}\n{other.written}" in form.replace("\r", "") and f'value="{event.id}" checked' in form
    given = TERMS | WINDOWS | {
        "codes": f"{one.code.lower()}\r\n{other.code}", "levels": str(stalls.id), "shares": "together", "ticket_limit": "2",
        "start_time": "10:30",
    }  # fmt: skip
    place = visitor.post(PLACE, given).location
    terms = changes.of(CouponAssignment.get())
    assert (terms["start"], terms["end"], terms["price_level_ids"]) == (
        "2031-03-28 10:30:00",
        "2031-04-02",
        [stalls.id],
    )
    assert (terms["is_shared"], terms["limit"], terms["ticket_limit"]) == (True, 10, 2)
    assert terms["blackout"] == [
        {"start": "2031-03-28", "end": "2031-04-02", "days": [{"day": 7, "start_time": "12:00", "end_time": "14:00"}]},
        {"start": "2031-04-01", "end": "2031-04-01", "days": []},
    ]
    page = visitor.get(place).text
    assert "Undo the assignment" in page and one.written in page and other.written in page
    assert visitor.post(f"{place}/ending").location == place
    assert CouponAssignment.get().ended_at and "Taken away" in visitor.get(place).text


def test_the_form_shows_what_it_will_cover_before_anything_is_sent(world, gala):
    event, _, circle = gala
    coupon = desk.coupon(world.acme)
    asked = TERMS | WINDOWS | {"codes": coupon.code, "events": str(event.id), "show": "1"}
    page = unescape(world.as_("acme").post(PLACE, asked, htmx=True).text)
    assert CouponAssignment.select().count() == 0 and "Before it can be sent" not in page
    assert all(f"{sum_}{NO_BREAK}EUR" in page for sum_ in ("20.00", "18.00", "10.00", "9.00"))
    assert "until 2 Apr 2031, 23:59" in page  # The last day that was typed, not the next one.
    assert "6 days" in page and "Sat 29 Mar 2031: 12:00–14:00" in page and "Tue 1 Apr 2031: the whole day" in page
    assert "Clocks change on 30 Mar 2031: from 02:00 to 03:00 there is no time." in page
    some = unescape(world.as_("acme").post(PLACE, asked | {"levels": str(circle.id)}, htmx=True).text)
    assert f"18.00{NO_BREAK}EUR" not in some and f"9.00{NO_BREAK}EUR" in some
    everywhere = {name: value for name, value in asked.items() if name != "events"} | {"scope": "everywhere"}
    assert "Every event, past and to come." in world.as_("acme").post(PLACE, everywhere, htmx=True).text
    more = world.as_("acme").post(PLACE, asked | {"more": "1"}).text
    assert 'name="windows-2-start"' in more and 'name="windows-3-start"' not in more


def test_what_many_events_cost_is_read_at_once(world, gala):
    visitor, coupon = world.as_("acme"), desk.coupon(world.acme)
    asked = TERMS | {"codes": coupon.code, "scope": "everywhere", "show": "1"}
    few = queries(lambda: visitor.post(PLACE, asked, htmx=True))
    for _ in range(5):
        desk.bundle(desk.level(desk.event(world.acme)))
    assert queries(lambda: visitor.post(PLACE, asked, htmx=True)) <= few


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"codes": "NO-SUCH-CODE"}, "There is no coupon with the code “NO-SUCH-CODE” here."),
        ({"codes": "\n".join(f"CODE-{number}" for number in range(501))}, "Give at most 500 codes at once."),
        ({"start": "2031-05-01"}, "The end is before the start."),
        ({"limit": "0"}, "Give a limit from 1"),
        ({"time_zone": "Mars/Base"}, "time zone"),
        ({"events": "999999"}, "There is nothing with the id 999999 here"),
        ({"events": ""}, "Say what it is for"),
        ({"levels": "9" * 30}, "could not be coerced"),
        ({"windows-0-begins": "14:00", "windows-0-ends": "12:00"}, "A blackout ends at 12:00"),
        ({"start": ""}, "This field is required."),
        ({"limit": "9" * 30}, "Give a limit from 1"),
        ({"ticket_limit": "x"}, "Write a whole number, such as 3."),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_assigned(world, gala, changed, sentence):
    coupon = desk.coupon(world.acme)
    visitor, given = world.as_("acme"), TERMS | {"codes": coupon.code, "events": str(gala[0].id)} | changed
    assert sentence in unescape(visitor.post(PLACE, given).text)
    assert visitor.post(PLACE, given | {"show": "1"}, htmx=True).status_code == 200
    assert CouponAssignment.select().count() == 0


def test_types_are_offered_what_they_may_be_for_and_refused_the_rest(world, gala):
    event, stalls, circle = gala
    bundle = desk.bundle(stalls, circle)
    comp, access = desk.coupon(world.acme, COMP), desk.coupon(world.acme, ACCESS)
    visitor = world.as_("acme")
    assert f'id="bundle-{bundle.id}"' in visitor.get(f"{PLACE}?coupon={comp.id}").text
    assert f'id="bundle-{bundle.id}"' not in visitor.get(f"{PLACE}?coupon={access.id}").text
    given = TERMS | {"codes": access.code, "events": str(event.id)}
    assert "opens price levels. Name those that it opens." in visitor.post(PLACE, given).text
    visitor.post(PLACE, TERMS | {"codes": comp.code, "bundles": str(bundle.id)})
    assert changes.of(CouponAssignment.get())["bundle_ids"] == [bundle.id]


def test_an_assignment_is_changed_by_the_same_form_which_says_what_changes_and_what_is_used(world, gala):
    event, stalls, _ = gala
    coupon = desk.coupon(world.acme)
    hours = [{"day": day, "start_time": "12:00", "end_time": "14:00"} for day in (1, 7)]
    hours.append({"day": 3, "start_time": "09:00", "end_time": "23:59"})
    blackout = [
        {"start": "2035-01-01", "end": "2035-02-01", "days": hours},
        {"start": "2036-01-01", "end": "2036-01-02"},
    ]
    made = desk.assigned(coupon, event_ids=[event.id], start="2020-01-01 10:30:15", blackout=blackout, taggable=True)
    reservation = reserving.reserve(world.acme.id, desk.listing(stalls).id, [Wanted(stalls.id, 1)]).reservation
    holding.use(reservation.id, [AskedUse(event.id, coupon.code)])
    visitor, before = world.as_("acme"), changes.of(made)
    place = f"/coupons/assignments/{made.uuid}"
    form = visitor.get(f"{place}/edit").text
    assert "1 use is made under it." in form and "What changes" not in form
    given = fields(form)
    visitor.post(f"{place}/edit", given)
    assert changes.of(CouponAssignment.get()) == before
    assert "Uses: 100 → 5" in unescape(
        visitor.post(f"{place}/edit", given | {"limit": "5", "show": "1"}, htmx=True).text
    )
    visitor.post(f"{place}/edit", given | {"limit": "5"})
    assert changes.of(CouponAssignment.get()) == before | {"limit": 5}
    page = visitor.get(place).text
    assert "Undo the assignment" not in page and "Take it away" in page
    assert "1 use is made under it. It stays as it was granted." in visitor.get(f"{place}/ending").text


def test_a_viewer_sees_it_and_another_partner_does_not(world, gala):
    made = desk.assigned(desk.coupon(world.acme))
    place = f"/coupons/assignments/{made.uuid}"
    page = world.as_("acme", "viewer").get(place).text
    assert "What it covers" in page and f"{place}/edit" not in page and "Assign them once more" not in page
    for path in ("", "/edit", "/ending"):
        assert world.as_("rival").get(place + path).status_code == 404
    assert ">Gala<" not in world.as_("rival").get(f"{PLACE}?event={gala[0].id}").text


def fields(form: str) -> dict:
    """What a browser sends of the form as it is shown."""
    sent: dict = {}
    body = form[form.index('id="assign"') :]
    for tag in re.findall(r"<input[^>]*>", body):
        kind, name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("type", "name", "value"))
        if not name or name[1] == "csrf_token" or (kind and kind[1] in ("checkbox", "radio") and " checked" not in tag):
            continue
        sent.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    return sent


def test_a_batch_says_what_its_codes_give_and_is_assigned_as_a_whole_from_its_page(world, gala, settings):
    batch = batches.start(world.acme.id, Given("Many", COMP, ""), "MANY-", 6, MOST_COUPONS + 1)
    drains.run("coupon codes", settings)
    visitor, place = world.as_("acme"), f"/coupons/batches/{batch.uuid}"
    page = visitor.get(place).text
    assert "Free tickets" in page and "Nothing yet: they are not assigned" in page
    form = f"{PLACE}?batch={batch.uuid}"
    assert form in page and "Of all 501 codes of Many." in visitor.get(form).text
    assert "20.00" in visitor.post(form, TERMS | {"events": str(gala[0].id), "show": "1"}, htmx=True).text
    assert visitor.post(form, TERMS | {"events": str(gala[0].id)}).location == place
    assert "Assigning the codes" in visitor.get(place).text
    drains.run("coupon codes", settings)
    page = visitor.get(place).text
    assert ">Gala<" in page and "10 for each code" in page and form not in page
    assert CouponAssignment.get().offers.count() == MOST_COUPONS + 1
    assert world.as_("rival").get(form).status_code == 404
