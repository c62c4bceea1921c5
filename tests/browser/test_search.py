"""The search box by the keyboard alone, on the screen and on the phone, with scripts and without."""

import re
import secrets

import pytest

from tests.affiliate import things

pytestmark = pytest.mark.browser


@pytest.fixture
def offer(server):
    with server.connected():
        catalog = things.catalog(server.world.acme.partner, title="Searched", code=f"searched-{secrets.token_hex(3)}")
        offer = things.offer(catalog, f"Kayak {secrets.token_hex(3)}")
        things.deal(catalog, f"kayak-{secrets.token_hex(3)}", offer=offer.name)
        return offer


def test_keys_lead_to_the_box_and_through_what_it_finds(open_page, axe, offer):
    page = open_page("acme", axe=True)
    page.goto("/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search your things")
    assert box.evaluate("box => box === document.activeElement")
    page.keyboard.type(offer.name[:9])
    page.get_by_role("option").first.wait_for()
    assert axe(page) == []
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text().startswith(offer.name)
    assert box.get_attribute("aria-activedescendant") == "suggestion-1" and box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0 and box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/offers/{offer.uuid}/edit"))
    page.get_by_label("Name").press("/")
    assert page.get_by_label("Name").evaluate("field => field === document.activeElement"), "who types is left alone"
    page.keyboard.press("Control+k")
    page.keyboard.type(offer.uuid)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/offers/{offer.uuid}/edit"))


def test_the_slash_key_can_be_turned_off(open_page):
    page = open_page("acme")
    page.goto("/search")
    page.get_by_label("Use the / key").uncheck()
    page.goto("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")


def test_the_phone_finds_with_scripts_and_without(open_page, axe, offer):
    page = open_page("acme", axe=True, device="iPhone 13")
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Id, code, name or mail address").fill(offer.name)
    page.locator("#found").get_by_role("link", name=offer.name).wait_for()
    assert axe(page) == []
    plain = open_page("acme", device="iPhone 13", java_script_enabled=False)
    plain.goto("/search")
    plain.get_by_label("Id, code, name or mail address").fill(offer.name)
    plain.get_by_role("button", name="Search").click()
    plain.locator("#found").get_by_role("link", name=offer.name).click()
    plain.wait_for_url(re.compile("/edit"))


def test_figures_come_without_moving_the_page_and_without_scripts_by_a_link(open_page, axe, offer):
    page = open_page("acme", axe=True)
    page.goto("/")
    page.get_by_role("heading", name="Deals by status").wait_for()
    moved = """new Promise(told => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })
        .observe({type: "layout-shift", buffered: true}); setTimeout(() => told(sum), 200) })"""
    assert page.evaluate(moved) < 0.05
    page.locator("#measure-clicks").click()
    page.get_by_role("heading", name="Clicks per day").wait_for()
    assert "measure=clicks" in page.url and page.evaluate("document.activeElement.id") == "measure-clicks"
    assert axe(page) == []
    plain = open_page("acme", java_script_enabled=False)
    plain.goto("/?days=7")
    plain.get_by_role("link", name="Show the figures: Last 7 days").click()
    plain.get_by_role("heading", name="Last 7 days").wait_for()
    plain.locator("#measure-rewards").click()
    plain.get_by_role("heading", name="Rewards per day").wait_for()
