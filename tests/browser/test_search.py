"""The palette by the keyboard alone, on the screen and on the phone, and the page of the search without scripts."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.affiliate import things

pytestmark = pytest.mark.browser


@pytest.fixture
def offer(server):
    with server.connected():
        catalog = things.catalog(server.world.acme.partner, title="Searched", code=f"searched-{secrets.token_hex(3)}")
        offer = things.offer(catalog, f"Kayak {secrets.token_hex(3)}")
        things.deal(catalog, f"kayak-{secrets.token_hex(3)}", offer=offer.name)
        return offer


def ask(page, words: str) -> None:
    """Type into the palette, and wait for what it answers to all of that."""
    page.keyboard.type(words)
    page.locator(f"#suggestions[data-of='{words}']").wait_for()


def test_keys_open_the_palette_and_lead_through_what_it_finds(open_page, axe, offer):
    page = open_page("acme", axe=True)
    page.goto("/catalogs")
    link = page.get_by_role("link", name="Search").first
    link.focus()
    page.keyboard.press("/")
    box, found = page.get_by_role("combobox", name="Search for things"), page.locator("#suggestions")
    page.get_by_role("option", name="Enter a deal").wait_for()
    expect(box).to_be_focused()
    assert axe(page) == []
    ask(page, offer.name[:9])
    page.get_by_role("option", name=f"{offer.name} Offer").wait_for()
    expect(found.get_by_role("option", selected=True)).to_contain_text(offer.name)
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", "suggestion-1")
    chosen = found.get_by_role("option", selected=True)
    expect(chosen).to_have_attribute("id", box.get_attribute("aria-activedescendant"))
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('dialog[open]')")
    expect(link, "the focus is where it was").to_be_focused()
    page.keyboard.press("Control+k")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")  # What was chosen is forgotten.
    page.get_by_role("option", name=f"{offer.name} Offer").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/offers/{offer.uuid}$"))
    page.goto(f"/offers/{offer.uuid}/edit")
    page.get_by_label("Name").press("/")
    expect(page.get_by_label("Name"), "who types is left alone").to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type(offer.uuid)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/offers/{offer.uuid}$"))


def test_pages_open_acts_are_done_and_what_was_opened_lately_comes_first(open_page, offer):
    page = open_page("acme")
    page.goto(f"/catalogs/{offer.catalog.short_code}")
    page.goto("/")
    page.keyboard.press("Control+k")
    page.get_by_role("option", name=offer.catalog.title).wait_for()
    ask(page, "payouts")
    page.get_by_role("option", name="Payouts that were made").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/payouts$"))
    shown = page.evaluate("document.documentElement.dataset.shown")
    page.keyboard.press("Control+k")
    ask(page, "dark theme")
    page.get_by_role("option", name="Dark or light theme").click()
    expect(page.locator("html")).not_to_have_attribute("data-shown", shown)
    page.keyboard.press("Control+k")
    page.evaluate("localStorage.setItem('recent-1-0', '[]')")  # Of another partner that they worked for.
    ask(page, "log out")
    page.get_by_role("option", name="Sign out").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/sign-in$"))
    assert not page.evaluate("Object.keys(localStorage).some(name => name.startsWith('recent'))")


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
    page.get_by_role("combobox").fill(offer.name)
    page.get_by_role("option", name=f"{offer.name} Offer").wait_for()
    assert axe(page) == []
    assert page.locator("dialog[open]").bounding_box()["width"] == page.viewport_size["width"]
    plain = open_page("acme", device="iPhone 13", java_script_enabled=False)
    plain.goto("/")
    plain.get_by_role("link", name="Search").click()
    plain.get_by_label("A thing, a page, or what you want to do").fill(offer.name)
    plain.get_by_role("button", name="Search").click()
    plain.locator("#found").get_by_role("link", name=f"{offer.name} Offer").click()
    plain.wait_for_url(re.compile(f"/offers/{offer.uuid}$"))
    plain.goto("/search?q=log out")
    plain.locator("#found").get_by_role("button", name="Sign out").click()
    plain.wait_for_url(re.compile("/sign-in$"))


def test_figures_come_without_moving_the_page_and_without_scripts_by_a_link(open_page, axe, offer):
    page = open_page("acme", axe=True)
    page.goto("/")
    page.get_by_role("heading", name="Deals by status").wait_for()
    moved = """new Promise(told => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })
        .observe({type: "layout-shift", buffered: true}); setTimeout(() => told(sum), 200) })"""
    assert page.evaluate(moved) < 0.05
    page.locator("#measure-clicks").click()
    page.get_by_role("heading", name="Clicks per day").wait_for()
    page.wait_for_url(re.compile("measure=clicks"))
    expect(page.locator("#measure-clicks")).to_be_focused()
    assert axe(page) == []
    plain = open_page("acme", java_script_enabled=False)
    plain.goto("/?days=7")
    plain.get_by_role("link", name="Show the figures: Last 7 days").click()
    plain.get_by_role("heading", name="Last 7 days").wait_for()
    plain.locator("#measure-rewards").click()
    plain.get_by_role("heading", name="Rewards per day").wait_for()
