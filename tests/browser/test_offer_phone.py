"""A use on a phone: its screen stays awake while it is shown, and no longer; large letters on a narrow screen cut nothing. How long it
lasts is the server's word, told when it matters, whatever the phone's clock says."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

from portal import clock
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.uses.tables import OfferMember
from portal.domain.pictures import album
from tests.browser.test_narrow import STICKS_OUT
from tests.support import club_offers, things, waiting

pytestmark = pytest.mark.browser
WAKE = """() => {
    window.locks = 0;
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
        window.locks += 1;
        return { addEventListener() {}, release: async () => { window.locks -= 1; } };
    } } });
}"""
# What is said to who does not see the clock, and what the clock shows then.
LISTEN = """() => {
    window.heard = [];
    const face = document.querySelector("[data-use-clock]");
    new MutationObserver((changes) => {
        for (const one of changes) for (const node of one.addedNodes) heard.push([face.textContent, node.data]);
    }).observe(document.querySelector("[data-use-said]"), { childList: true });
}"""
SEEN = """(isSeen) => {
    Object.defineProperty(document, "visibilityState", { get: () => (isSeen ? "visible" : "hidden"), configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
# Of an hour, by a machine that is busy.
WHOLE, HALF = re.compile(r"^(60:00|5\d:\d\d)$"), re.compile(r"^(30:00|2\d:\d\d)$")


@pytest.fixture
def tea(server, app_pool):
    app_pool(server.settings)
    with server.connected():
        tea = club_offers.offer(server.world.acme, "Tea of the phone", active_seconds=600, description="Green")
        who = things.holder_of(server.world.acme)
        club_offers.use(server.world.acme, who, tea)
        return tea


@pytest.fixture
def phone(open_page, tea):
    return open_page("member", device="iPhone 13")


def test_the_screen_stays_awake_while_a_use_is_shown(server, phone, tea):
    phone.add_init_script(f"({WAKE})()")
    phone.goto(f"/club/acme/offers/{tea.offer_id}/use")
    expect(phone.locator("[data-use-clock]")).to_be_visible()
    phone.wait_for_function("() => window.locks === 1")
    with server.connected():
        OfferMember.update(active_until=None).where(OfferMember.terms == tea).execute()
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("[data-use-clock]")).to_be_hidden()
    phone.wait_for_function("() => window.locks === 0")


def test_with_letters_twice_as_large_on_a_narrow_phone_nothing_sticks_out(phone, tea):
    phone.set_viewport_size({"width": 320, "height": 600})
    for place in ("", "offers", f"offers/{tea.offer_id}", f"offers/{tea.offer_id}/use", "details", "removal"):
        phone.goto(f"/club/acme/{place}")
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        expect(phone.locator("h1")).to_be_visible()
        assert not phone.evaluate(STICKS_OUT), place


@pytest.fixture
def shown(server, phone, tea):
    """The clock of a use that lasts an hour from now, on a phone whose own clock is years behind."""
    with server.connected():
        _lasts(tea, timedelta(hours=1))
    phone.clock.install(time="2001-02-03T04:05:06")
    phone.goto(f"/club/acme/offers/{tea.offer_id}/use")
    face = phone.locator("[data-use-clock]")
    expect(face).to_have_text(WHOLE)
    return face


def _lasts(tea, length: timedelta) -> None:
    OfferMember.update(active_until=clock.now() + length).where(OfferMember.terms == tea).execute()


def test_the_rest_is_said_at_thirty_seconds_at_ten_and_at_the_end_only(phone, shown):
    phone.evaluate(LISTEN)
    expect(shown).to_have_attribute("aria-hidden", "true")
    expect(phone.locator("[data-use-said]")).to_have_attribute("role", "status")
    phone.clock.run_for(3_600_000)
    expect(phone.locator("[data-use-over]")).to_be_visible()
    phone.clock.run_for(60_000)
    phone.wait_for_function("() => heard.length >= 3")
    assert phone.evaluate("heard") == [
        ["00:30", "30 seconds left"],
        ["00:10", "10 seconds left"],
        ["00:00", "This use has ended."],
    ]


def test_a_phone_that_comes_back_shows_what_is_left_by_the_servers_word(server, phone, tea, shown):
    phone.evaluate(SEEN, False)
    with server.connected():
        _lasts(tea, timedelta(minutes=30))
    phone.evaluate(SEEN, True)
    expect(shown).to_have_text(HALF)


def test_a_phone_that_was_locked_and_has_no_connection_takes_off_how_long_it_was_away(phone, shown):
    phone.context.set_offline(True)
    phone.evaluate(SEEN, False)
    # Only the clock of the day goes on while a phone is locked.
    phone.clock.set_system_time("2001-02-03T04:35:06")
    phone.evaluate(SEEN, True)
    expect(shown).to_have_text(HALF)
    phone.evaluate(SEEN, False)
    phone.clock.set_system_time("2001-02-03T05:35:06")
    phone.evaluate(SEEN, True)
    expect(phone.locator("[data-use-over]")).to_be_visible()
    expect(shown).to_be_hidden()


def test_a_phone_whose_clock_is_put_forward_or_back_shows_the_same_rest(phone, shown):
    for moment in ("2099-01-01T00:00:00", "1999-01-01T00:00:00"):
        phone.clock.set_system_time(moment)
        phone.clock.run_for(2000)
        expect(shown).to_have_text(WHOLE)
        phone.evaluate(SEEN, False)
        phone.evaluate(SEEN, True)
        phone.clock.run_for(2000)
        expect(shown).to_have_text(WHOLE)
        phone.reload()
        expect(shown).to_have_text(WHOLE)


@pytest.fixture
def shelf(server, tea):
    """A collection with a picture of what stands in it."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "#2f7a4f").save(drawn, "PNG")
    url = "https://acme.example/leaves.png"
    with server.connected():
        album.keep_upload(server.world.acme.id, drawn.getvalue(), "image/png", 640, 480, lambda _: url)
        album.describe(server.world.acme.id, "picture", {url: "Green leaves"})
        file = {"url": url, "width": 640, "height": 480, "kind": "collection_image", "size_type": "original"}
        shelf = collections.make(server.world.acme.id, {"title": "Shelf of leaves", "files": [file]})
        collections.arrange(shelf, [tea.offer_id])
    yield shelf
    with server.connected():
        collections.remove(shelf)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_collections_picture_stands_above_it_and_moves_nothing_when_it_comes(open_page, axe, shelf, scheme):
    page, held = open_page(device="iPhone 13", axe=True, color_scheme=scheme, service_workers="block"), []
    is_held = True
    page.route("**/pictures/**", lambda route: held.append(route) if is_held else route.continue_())
    page.goto("/club/acme/")
    picture, title = page.get_by_role("img", name="Green leaves"), page.get_by_role("heading", name="Shelf of leaves")
    expect(picture).to_have_attribute("loading", "lazy")
    title.scroll_into_view_if_needed()
    source = picture.get_attribute("src")
    waiting.until(lambda: page.evaluate("1") and any(one.request.url.endswith(source) for one in held))
    room, before = picture.bounding_box(), title.bounding_box()
    assert room["height"] > 100 and room["y"] + room["height"] <= before["y"]
    is_held = False
    for one in held:
        one.continue_()
    page.wait_for_function("() => document.querySelector('.club-shelf-picture[alt=\"Green leaves\"]').naturalWidth > 0")
    assert picture.bounding_box() == room and title.bounding_box() == before
    assert axe(page) == []
