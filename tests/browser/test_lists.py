"""Lists and things as people use them: what is in sight at once, by a finger, by the keyboard, and without scripts."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.affiliate import things

pytestmark = pytest.mark.browser
DEMO_BANNER = 28


@pytest.fixture
def full(server):
    """A catalog of acme's with fifteen deals."""
    code = f"full-{secrets.token_hex(3)}"
    with server.connected():
        catalog = things.catalog(server.world.acme.partner, code, code)
        things.offer(catalog)
        for number in range(15):
            things.deal(catalog, f"{code}-{number:02}", "Paid" if number else "Created")
    return catalog


def test_fourteen_deals_are_in_sight_at_once(full, open_page):
    page = open_page("acme", viewport={"width": 1440, "height": 900})
    page.goto(f"/deals?catalog={full.short_code}")
    page.get_by_text(re.compile("^15 deals")).wait_for()
    box = page.locator("tbody tr").nth(13).bounding_box()
    assert box["y"] + box["height"] + DEMO_BANNER <= 900
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_first_deal_is_on_the_first_screen_and_the_filters_are_a_button(full, open_page, axe):
    page = open_page("acme", device="iPhone 13", axe=True)
    page.goto(f"/deals?catalog={full.short_code}")
    first = page.locator("tbody tr").first.bounding_box()
    assert first["y"] + first["height"] + DEMO_BANNER <= 664
    expect(page.locator(".filter-line [name=q]")).to_be_visible()
    expect(page.get_by_text("Paid by customer", exact=True).first).to_be_hidden()
    assert axe(page) == []
    page.get_by_role("button", name="Filters 1 in use").tap()
    assert axe(page) == []
    page.get_by_role("button", name="Show the list").tap()
    page.get_by_label("Dates").select_option("last-month")  # In sight: a deal of last month is two actions away.
    page.wait_for_url(re.compile("dates=last-month"))
    page.get_by_text("No deal fits").wait_for(state="attached")
    page.get_by_role("button", name="Filters 2 in use").wait_for()
    expect(page.locator("h1")).to_have_text("Deals 0")


def test_what_can_be_done_with_the_chosen_is_in_sight_wherever_they_are_chosen_and_moves_nothing(full, open_page):
    page = open_page("acme", viewport={"width": 1440, "height": 400})
    page.goto(f"/deals?catalog={full.short_code}")
    last = page.locator("tbody tr").last
    last.scroll_into_view_if_needed()
    before = last.bounding_box()
    last.get_by_role("checkbox").check()
    act = page.locator(".bulk").get_by_role("button", name="Cancel the chosen")
    act.wait_for()
    box = act.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 400
    assert last.bounding_box() == before


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_a_deal_says_by_whom_and_when_and_the_end_of_an_id_that_tells_it_apart(full, open_page, width):
    page = open_page("acme", device="iPhone 13")
    page.set_viewport_size({"width": width, "height": 664})
    page.goto(f"/deals?catalog={full.short_code}")
    row = page.locator("tbody tr").nth(3)
    for part in (".promoter", ".reported", ".sale", ".state", ".offer"):
        expect(row.locator(part)).to_be_visible()
    uncut = "cell => cell.scrollWidth <= cell.clientWidth"
    assert row.locator("th a").evaluate(uncut) and row.locator(".reported").evaluate(uncut)
    sale, reported = row.locator(".sale").bounding_box(), row.locator(".reported").bounding_box()
    assert round(sale["x"] + sale["width"]) == round(reported["x"] + reported["width"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_filter_that_is_typed_applies_by_itself_and_keeps_what_is_typed_meanwhile(full, open_page):
    page = open_page("acme")
    page.goto(f"/deals?catalog={full.short_code}")
    search = page.locator(".filter-line [name=q]")
    search.press_sequentially(f"{full.catalog_code}-07")
    page.wait_for_url(re.compile("q=full"))
    page.get_by_text(re.compile("^1 deal ")).wait_for()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(search).to_have_value(f"{full.catalog_code}-07")
    expect(search).to_be_focused()


def test_the_acts_of_a_deal_are_reached_by_the_keyboard_and_its_sale_changes_in_its_place(full, open_page, axe):
    page = open_page("acme", axe=True)
    page.goto(f"/deals?catalog={full.short_code}&status=Created")
    page.get_by_role("link", name=f"{full.catalog_code}-00").click()
    page.get_by_role("heading", name=f"{full.catalog_code}-00").wait_for()
    page.locator("summary", has_text="More").press("Enter")
    expect(page.get_by_role("link", name="Cancel the deal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Cancel the deal")).not_to_be_visible()
    page.locator("summary", has_text="Change the sale").press("Enter")
    sale = page.get_by_label("Sale")
    expect(sale).to_be_focused()
    assert axe(page) == []
    sale.press("Escape")
    expect(sale).not_to_be_visible()


def test_without_scripts_the_days_are_chosen_and_the_sale_is_changed_in_its_place(full, open_page):
    page = open_page("acme", java_script_enabled=False)
    page.goto(f"/deals?catalog={full.short_code}")
    expect(page.get_by_label("From")).not_to_be_visible()
    page.get_by_label("Dates").select_option("own")
    page.get_by_label("From").fill("2020-01-01")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile("2020-01-01"))
    page.get_by_role("link", name=f"{full.catalog_code}-00").click()
    page.locator("summary", has_text="Change the sale").click()
    page.get_by_label("Sale").fill("42.50")
    page.get_by_role("button", name="Change the sale").click()
    page.locator(".thing-facts", has_text="42.50\u00a0USD").wait_for()


def test_whoever_sends_a_form_by_the_keyboard_goes_on_where_they_were(full, open_page):
    page = open_page("acme")
    page.goto(f"/deals?catalog={full.short_code}&status=Created")
    page.get_by_role("link", name=f"{full.catalog_code}-00").click()
    page.locator("summary", has_text="Change the sale").press("Enter")
    page.get_by_label("Sale").fill("43.50")
    page.get_by_label("Sale").press("Enter")
    page.locator(".thing-facts", has_text="43.50\u00a0USD").wait_for()
    page.wait_for_function("() => document.activeElement.textContent.includes('Change the sale')")
