"""Nothing of a member's pages of offers is left to who takes the phone after them: not by going back, and not by the worker."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_club import WORKS, kept
from tests.support import club_offers, things

pytestmark = pytest.mark.browser
# The page comes out of the browser's memory, which a browser that is steered does not keep.
OUT_OF_MEMORY = 'dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))'
# A page has the worker keep its address; when that is done.
KEEP = """async (path) => {
    let done;
    const event = Object.assign(new Event("message"), { data: { keep: path, files: [] }, waitUntil: (all) => { done = all; } });
    dispatchEvent(event);
    await done;
}"""


@pytest.fixture
def tea(server, app_pool):
    app_pool(server.settings)
    with server.connected():
        tea = club_offers.offer(server.world.acme, "Tea of who left", active_seconds=3600)
        club_offers.use(server.world.acme, things.holder_of(server.world.acme), tea)
        return tea


@pytest.fixture
def phone(open_page, tea):
    return open_page("member", device="iPhone 13")


def _uses_it(phone, tea) -> str:
    """The member reads the offer, and shows its use; the offer's address."""
    place = f"/club/acme/offers/{tea.offer_id}"
    opened = phone.goto(place)
    expect(phone.get_by_role("link", name="Show the use")).to_be_visible()
    shown = phone.goto(f"{place}/use")
    # The browser keeps neither for itself.
    assert [one.headers["cache-control"] for one in (opened, shown)] == ["no-store", "no-store"]
    expect(phone.locator("[data-use-clock]")).to_be_visible()
    return place


def test_who_goes_back_after_the_sign_out_sees_no_offer_as_the_member_saw_it(phone, tea):
    _uses_it(phone, tea)
    phone.goto("/club/acme/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("link", name="Sign in")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_role("link", name="Sign in")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_label("Mail address")).to_be_visible()
    expect(phone.locator("[data-use]")).to_have_count(0)
    phone.go_back()
    expect(phone.get_by_role("link", name="Sign in to use or like it")).to_be_visible()
    expect(phone.get_by_text("Show the use")).to_have_count(0)


def test_an_offers_page_out_of_the_browsers_memory_is_read_anew(phone, tea):
    place = _uses_it(phone, tea)
    phone.context.clear_cookies()
    phone.evaluate(OUT_OF_MEMORY)
    expect(phone.get_by_label("Mail address")).to_be_visible()
    phone.goto(place)
    expect(phone.get_by_role("link", name="Sign in to use or like it")).to_be_visible()


def test_the_worker_keeps_no_answer_that_led_elsewhere(server, phone, tea):
    with server.connected():
        card = f"/club/acme/cards/{things.of(server.world.acme).names['card_id']}"
    place = f"/club/acme/offers/{tea.offer_id}"
    phone.context.clear_cookies()
    phone.goto(place)
    phone.wait_for_function(WORKS)
    worker = phone.context.service_workers[0]
    for path in (card, place):
        worker.evaluate(KEEP, path)
    assert card not in kept(phone), "A guest is led to the sign-in."
    assert place in kept(phone)
