"""A use on a phone: its screen stays awake while it is shown, and no longer; large letters on a narrow screen cut nothing."""

import pytest
from playwright.sync_api import expect

from portal.domain.member_offers.uses.tables import OfferMember
from tests.browser.test_narrow import STICKS_OUT
from tests.support import club, club_offers, things

pytestmark = pytest.mark.browser
WAKE = """() => {
    window.locks = 0;
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
        window.locks += 1;
        return { addEventListener() {}, release: async () => { window.locks -= 1; } };
    } } });
}"""


@pytest.fixture
def tea(server, app_pool):
    app_pool(server.settings)
    with server.connected():
        tea = club_offers.offer(server.world.acme, "Tea of the phone", active_seconds=600, description="Green")
        who = things.holder_of(server.world.acme)
        club_offers.use(server.world.acme, who, tea)
        return tea


@pytest.fixture
def phone(server, open_page, tea):
    with server.connected():
        name, value = club.cookie_of(server.world.acme)
    page = open_page(device="iPhone 13")
    page.context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return page


def test_the_screen_stays_awake_while_a_use_is_shown(server, phone, tea):
    phone.add_init_script(f"({WAKE})()")
    phone.goto(f"/club/acme/offers/{tea.offer_id}/use")
    expect(phone.locator("[data-use-clock]")).to_be_visible()
    phone.wait_for_function("window.locks === 1")
    with server.connected():
        OfferMember.update(active_until=None).where(OfferMember.terms == tea).execute()
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("[data-use-clock]")).to_be_hidden()
    phone.wait_for_function("window.locks === 0")


def test_with_letters_twice_as_large_on_a_narrow_phone_nothing_sticks_out(phone, tea):
    phone.set_viewport_size({"width": 320, "height": 600})
    for place in ("", "offers", f"offers/{tea.offer_id}", f"offers/{tea.offer_id}/use", "details", "removal"):
        phone.goto(f"/club/acme/{place}")
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        expect(phone.locator("h1")).to_be_visible()
        assert not phone.evaluate(STICKS_OUT), place
