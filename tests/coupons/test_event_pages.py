"""Ticketed events through their pages: the list, an event with what is sold of it, and the forms."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.coupons.reservations import reserving
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.ticketed_events import events
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, PriceLevel, TicketedEvent
from portal.domain.events.tables import Event
from portal.web.formats import NO_BREAK
from tests.support import desk

GIVEN = {"name": "Summer night", "starts_at": "2031-06-01T21:00", "time_zone": "Europe/Vienna", "currency": "EUR"}


@pytest.fixture
def visitor(world):
    yield world.as_("acme", "manager")
    assert verify.faults() == []


def named(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/events/\d+">([^<]*)<', page)


def test_an_empty_list_says_what_an_event_is_and_offers_the_first_step(world):
    page = world.as_("acme").get("/events").text
    assert "An event is what tickets are sold for" in page and 'href="/events/new"' in page
    assert 'href="/events/new"' not in world.as_("acme", "viewer").get("/events").text


def test_an_event_begins_when_clocks_show_it_where_it_happens(visitor):
    place = visitor.post("/events/new", GIVEN).location
    made = TicketedEvent.get()
    assert made.starts_at == datetime(2031, 6, 1, 19, tzinfo=UTC)
    assert "1 Jun 2031, 21:00, Vienna time" in visitor.get(place).text
    form = visitor.get(f"{place}/edit").text
    assert 'value="2031-06-01T21:00"' in form and "Europe/Vienna" in form
    visitor.post(f"{place}/edit", GIVEN | {"time_zone": "Asia/Tokyo"})
    assert TicketedEvent.get().starts_at == datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"starts_at": "0001-01-01T00:00"}, "Choose a year from 1971 to 9000."),
        ({"time_zone": "Mars/Base"}, "time zone"),
        ({"currency": "XXX"}, "is not a currency"),
    ],
)
def test_a_wrong_event_is_said_beside_its_field(visitor, wrong, sentence):
    answer = visitor.post("/events/new", GIVEN | wrong)
    assert sentence in answer.text and "Nothing was saved yet" in answer.text
    assert TicketedEvent.select().count() == 0


def test_the_currency_stays_once_something_is_reserved(world, visitor):
    level = desk.level(desk.event(world.acme))
    reserving.reserve(world.acme.id, desk.listing(level).id, [Wanted(level.id, 1)])
    answer = visitor.post(f"/events/{level.event_id}/edit", GIVEN | {"currency": "USD"})
    assert "Tickets were reserved in EUR" in answer.text


def test_those_to_come_stand_first_and_the_next_is_on_top(world, visitor):
    now = clock.now()
    for name, days in (("Late", 20), ("Soon", 1), ("Over", -1), ("Long over", -9)):
        desk.event(world.acme, name=name, starts_at=now + timedelta(days=days))
    desk.event(world.rival, name="Foreign", starts_at=now + timedelta(days=1))
    assert named(visitor.get("/events").text) == ["Soon", "Late"]
    assert named(visitor.get("/events?when=past").text) == ["Over", "Long over"]
    assert named(visitor.get("/events?when=past&q=long").text) == ["Long over"]
    nothing = visitor.get("/events?q=over").text
    assert "No event fits" in nothing and "Look among the past ones" in nothing


@pytest.mark.on_both_engines
def test_the_list_leads_through_all_of_them_both_ways(world):
    visitor, now = world.as_("acme"), clock.now()
    names = [f"Night {number:02}" for number in range(60)]
    for number, name in enumerate(names):
        desk.event(world.acme, name=name, starts_at=now + timedelta(days=1 + number // 2))
    first = visitor.get("/events").text
    later = re.search(r'href="(/events\?[^"]*)" rel="(?:next|prev)">(?:<[^>]*>)*Later', first)[1]
    second = visitor.get(later.replace("&amp;", "&")).text
    assert named(first) + named(second) == names and "60" in first
    earlier = re.search(r'href="(/events\?[^"]*)"[^>]*>(?:<[^>]*>)*Earlier', second.replace("\n", ""))[1]
    assert named(visitor.get(earlier.replace("&amp;", "&")).text) == names[:50]


def test_a_price_level_is_added_and_edited_in_its_row(world, visitor):
    event = desk.event(world.acme)
    place = f"/events/{event.id}/levels"
    visitor.post(f"{place}/new", {"name": "Front", "price": "12,50", "capacity": "40"})
    level = PriceLevel.get()
    assert (level.name, level.price, level.capacity, level.is_locked) == ("Front", 1250, 40, False)
    row = visitor.get(f"{place}/{level.id}", headers={"HX-Request": "true"}).text
    assert row.strip().startswith("<tr") and 'value="12.50"' in row and "<html" not in row
    assert "<html" in visitor.get(f"{place}/{level.id}").text, "Without scripts it is a page."
    visitor.post(f"{place}/{level.id}", {"name": "Front", "price": "15", "capacity": "30", "is_locked": "y"})
    level = PriceLevel.get()
    assert (level.price, level.capacity, level.is_locked) == (1500, 30, True)
    page = visitor.get(f"/events/{event.id}").text
    assert f"15.00{NO_BREAK}EUR" in page and "With a coupon only" in page


@pytest.mark.parametrize(("price", "sentence"), [("1.234", "could be"), ("-1", "0 or more"), ("9" * 20, "too large")])
def test_a_price_that_is_none_is_asked_back(world, visitor, price, sentence):
    place = f"/events/{desk.event(world.acme).id}/levels/new"
    answer = visitor.post(place, {"name": "Front", "price": price, "capacity": "40"})
    assert sentence in answer.text and PriceLevel.select().count() == 0


def test_levels_of_another_event_are_not_there(world, visitor):
    level = desk.level(desk.event(world.acme))
    other = desk.event(world.acme)
    assert visitor.get(f"/events/{other.id}/levels/{level.id}").status_code == 404
    listing = desk.listing(level)
    assert visitor.post(f"/events/{other.id}/listings/{listing.id}/opening", {"on": "1"}).status_code == 404


def test_bundles_and_listings_are_made_of_price_levels(world, visitor):
    event = desk.event(world.acme)
    one, two = desk.level(event, name="Seat"), desk.level(event, name="Dinner")
    levels = [str(one.id), str(two.id)]
    visitor.post(f"/events/{event.id}/bundles/new", {"name": "Both", "price": "18", "price_level_ids": levels})
    assert Bundle.get().price == 1800
    assert "Seat, Dinner" in visitor.get(f"/events/{event.id}?tab=bundles").text
    nothing = visitor.post(f"/events/{event.id}/listings/new", {"is_open": "y"})
    assert "Name price levels" in nothing.text and Listing.select().count() == 0
    visitor.post(f"/events/{event.id}/listings/new", {"price_level_ids": levels, "is_open": "y"})
    page = visitor.get(f"/events/{event.id}?tab=listings").text
    assert "It sells Seat, Dinner." in page and f"/shop/{Listing.get().key}" in page and "<svg" in page
    foreign = str(desk.level(desk.event(world.rival)).id)
    visitor.post(f"/events/{event.id}/listings/new", {"price_level_ids": [foreign]})
    assert Listing.select().count() == 1


def test_bundles_and_listings_are_changed_and_removed_from_their_tabs(world, visitor):
    event = desk.event(world.acme)
    one, two = desk.level(event, name="Seat"), desk.level(event, name="Dinner")
    bundle, listing = desk.bundle(one, two), desk.listing(one, two)
    tab, place = f"/events/{event.id}?tab=bundles", f"/events/{event.id}/bundles/{bundle.id}"
    assert place in visitor.get(tab).text and f"{place}/removal" in visitor.get(tab).text
    assert 'value="15.00"' in visitor.get(place).text
    visitor.post(place, {"name": "Evening", "price": "17", "price_level_ids": [str(one.id)]})
    assert (Bundle.get().name, Bundle.get().price) == ("Evening", 1700)
    assert "Remove Evening?" in visitor.get(f"{place}/removal").text and Bundle.select().exists()
    assert visitor.post(f"{place}/removal").location.endswith(tab) and not Bundle.select().exists()
    tab, place = f"/events/{event.id}?tab=listings", f"/events/{event.id}/listings/{listing.id}"
    assert place in visitor.get(tab).text and f"{place}/removal" in visitor.get(tab).text
    visitor.post(place, {"price_level_ids": [str(two.id)], "is_open": "y"})
    assert "It sells Dinner." in visitor.get(tab).text and Listing.get().is_open
    assert "QR code of its demo shop lead nowhere" in visitor.get(f"{place}/removal").text
    assert visitor.get(f"/shop/{listing.key}").status_code == 200
    visitor.post(f"{place}/removal")
    assert not Listing.select().exists() and visitor.get(f"/shop/{listing.key}").status_code == 404
    told = Event.select(Event.type).where(Event.type.endswith("ed")).order_by(Event.id.desc()).limit(5)
    assert [row.type for row in told] == [
        "listing.removed", "listing.opened", "listing.changed", "bundle.removed", "bundle.changed",
    ]  # fmt: skip


def test_a_listing_that_stays_says_why_before_and_after_it_is_asked(world, visitor):
    level = desk.level(desk.event(world.acme))
    listing = desk.listing(level)
    reserving.reserve(world.acme.id, listing.id, [Wanted(level.id, 1)])
    place = f"/events/{level.event_id}/listings/{listing.id}/removal"
    for page in (visitor.get(place), visitor.post(place)):
        assert "1 reservation was made at it. It stays for their record." in page.text
        assert f'action="{place}"' not in page.text
    held = visitor.post(place.removesuffix("/removal"), {"price_level_ids": [str(desk.level(level.event).id)]})
    assert held.status_code == 422 and "are held here now" in held.text


def test_a_demo_shop_is_opened_and_closed_and_the_log_says_so_once(world, visitor):
    listing = desk.listing(desk.level(desk.event(world.acme)))
    place = f"/events/{listing.event_id}/listings/{listing.id}/opening"
    for on in ("1", "1"):
        visitor.post(place, {"on": on})
        assert Listing.get().is_open
    assert "Everybody with the link" in visitor.get(f"/events/{listing.event_id}?tab=listings").text
    visitor.post(place, {"on": "0"})
    assert not Listing.get().is_open
    told = Event.select(Event.type).where(Event.type.startswith("listing.")).order_by(Event.id)
    assert [row.type for row in told] == ["listing.created", "listing.opened", "listing.closed"]


@pytest.mark.on_both_engines
def test_an_event_shows_the_assignments_that_cover_it_and_no_others(world):
    acme = world.acme
    event, other = desk.event(acme), desk.event(acme)
    level, elsewhere = desk.level(event), desk.level(other)
    bundle = desk.bundle(level)
    covers = {"EVENT": {"event_ids": [event.id]}, "LEVEL": {"price_level_ids": [level.id]}, "BUNDLE": {"bundle_ids": [bundle.id]},
        "EVERY": {"is_everywhere": True}}  # fmt: skip
    for code, terms in covers.items():
        desk.assigned(desk.coupon(acme, code=f"{code}-1"), **terms)
    for code, terms in {"ELSE": {"event_ids": [other.id]}, "ELSEL": {"price_level_ids": [elsewhere.id]}}.items():
        desk.assigned(desk.coupon(acme, code=f"{code}-1"), **terms)
    page = world.as_("acme").get(f"/events/{event.id}?tab=coupons").text
    assert re.findall(r'<(?:a|span)[^>]*class="(?:row-link )?mono"[^>]*>([^<]*)<', page) == [
        "EVERY-1", "BUNDLE-1", "LEVEL-1", "EVENT-1",
    ]  # fmt: skip


def test_what_is_taken_is_what_is_held_now(world, visitor):
    """A reservation whose time is over holds nothing, whether the worker has come or not."""
    level = desk.level(desk.event(world.acme), capacity=5)
    reserving.reserve(world.acme.id, desk.listing(level).id, [Wanted(level.id, 3)])
    assert "3 of 5 tickets" in visitor.get(f"/events/{level.event_id}").text
    with clock.acting(-3600):
        reserving.reserve(world.acme.id, desk.listing(level).id, [Wanted(level.id, 2)])
    assert "3 of 5 tickets" in visitor.get(f"/events/{level.event_id}").text


def test_an_event_is_found_by_its_name(world, visitor):
    event = desk.event(world.acme, name="Midsummer Gala")
    assert f"/events/{event.id}" in visitor.get("/search?q=gala").text
    assert events.find(world.acme.id, event.id)
