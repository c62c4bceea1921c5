"""The frame of every page: the menu, and the bar of a phone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# One group more, the open one with four places: what the menu has once all families stand. Then how high it is, and its room.
GROWN = """() => {
    const list = document.querySelector(".nav-list"), open = list.querySelector(".nav-beneath");
    list.append(list.lastElementChild.cloneNode(true));
    while (open.children.length < 4) open.append(open.lastElementChild.cloneNode(true));
    const line = document.createElement("p");
    line.className = "banner demo";
    document.body.prepend(line);
    const menu = document.querySelector(".sidebar-scroll"), foot = document.querySelector(".sidebar-foot:last-child");
    return [list.children.length, menu.scrollHeight - menu.clientHeight, foot.getBoundingClientRect().bottom - innerHeight];
}"""
UNDER_THE_BAR = """() => {
    scrollTo(0, document.body.scrollHeight);
    const bar = document.querySelector(".bar").getBoundingClientRect();
    const last = [...document.querySelectorAll("main *")].filter(one => one.offsetHeight)
        .reduce((lowest, one) => Math.max(lowest, one.getBoundingClientRect().bottom), 0);
    return [Math.round(bar.bottom), last <= bar.top,
        [...document.querySelectorAll(".bar > *")].every(one => one.offsetHeight >= 44 && one.offsetWidth >= 44)];
}"""

# What is less than 44 pixels high of what a finger presses; a box or a small mark is more than it looks.
TOO_LOW = """() => [...document.querySelectorAll("main :is(.button, .input, .tabs a, .chip a, .choose input)")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && one.offsetHeight)
    .filter(one => {
        const more = getComputedStyle(one, "::after");
        const around = more.position == "absolute" ? -parseFloat(more.top) - parseFloat(more.bottom) : 0;
        return one.offsetHeight + around < 44;
    }).map(one => one.outerHTML)"""


def test_the_menu_of_all_families_fits_a_small_screen(open_page):
    page = open_page("acme", viewport={"width": 1366, "height": 768})
    page.goto("/deals")
    lines, hidden, below = page.evaluate(GROWN)
    assert lines >= 7 and hidden <= 0 and below <= 0.5


def test_one_group_is_open_and_leads_to_its_first_page(open_page):
    page = open_page("acme", viewport={"width": 1366, "height": 768})
    page.goto("/deals")
    menu = page.get_by_role("navigation", name="Portal")
    expect(menu.get_by_role("link", name="Payouts")).to_be_visible()
    expect(menu.get_by_text("My links")).to_have_count(0)
    menu.get_by_role("link", name="Earn", exact=True).click()
    page.wait_for_url(re.compile("/marketplace$"))
    expect(menu.get_by_role("link", name="My links")).to_be_visible()
    expect(menu.get_by_text("Payouts")).to_have_count(0)


@pytest.mark.parametrize("path", ["/deals?dates=90-days", "/deals/new", "/payouts", "/account/team"])
def test_what_a_finger_presses_is_44_pixels_high(open_page, path):
    page = open_page("acme", device="iPhone 13")
    page.goto(path)
    assert page.evaluate(TOO_LOW) == []


@pytest.mark.parametrize("path", ["/", "/deals", "/payouts", "/promoters"])
def test_text_of_twice_the_size_leaves_nothing_beside_the_page(open_page, path):
    page = open_page("acme", viewport={"width": 1440, "height": 900})
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_has_its_ways_at_the_bottom_and_nothing_under_them(open_page):
    page = open_page("acme", device="iPhone 13")
    page.goto("/account/team")
    bottom, is_free, fits_fingers = page.evaluate(UNDER_THE_BAR)
    assert bottom == page.viewport_size["height"] and is_free and fits_fingers
    page.evaluate("document.dispatchEvent(new CustomEvent('toast', {detail: {text: 'Saved.'}}))")
    toast, bar = page.locator(".toast").bounding_box(), page.locator(".bar").bounding_box()
    assert toast["y"] + toast["height"] <= bar["y"]
    page.get_by_role("button", name="More").click()
    page.get_by_role("complementary", name="Menu").get_by_role("link", name="Payouts").click()
    page.wait_for_url("**/payouts")


def test_a_fact_of_the_company_is_changed_where_it_stands(open_page):
    page = open_page("rival")
    page.goto("/account/partner")
    page.locator("summary", has_text="Change: Time zone").click()
    page.get_by_label("Find another: Time zone").fill("berl")
    page.get_by_label("Europe/Berlin").check()
    page.get_by_role("button", name="Save the settings").click()
    page.locator(".edit-shown", has_text="Europe/Berlin").wait_for()
