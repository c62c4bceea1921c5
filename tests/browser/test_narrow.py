"""Pages on a narrow screen, and with letters twice as large: nothing sticks out, nothing jumps."""

import pytest
from playwright.sync_api import expect

from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from tests.support import loyalty

pytestmark = pytest.mark.browser
# Of the body: pages outside the shell do not scroll sideways, they cut.
STICKS_OUT = "() => document.body.scrollWidth > document.documentElement.clientWidth"


def test_a_long_history_fits_the_page_of_its_card(server, open_page):
    """What a full card became stood in one line, and the page was half as wide again as the phone."""
    with server.connected():
        card = loyalty.card(server.world.acme, name="Café", stamps_total=5)
        booking.book(card.partner_id, card.serial, Asked("add-stamp", 6, source="counter"))
    page = open_page(device="iPhone 13", locale="ru-RU")
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"/club/acme/c/{card.key}")
    expect(page.locator(".card-latest strong")).to_contain_text("награда")
    assert not page.evaluate(STICKS_OUT)


def test_the_reference_fits_a_phone_with_all_that_unfolds(open_page):
    """Permits and commands stood in one line each, and the page was wider than the phone."""
    page = open_page(device="iPhone 13")
    page.goto("/api/docs")
    folded = page.locator("details.card")
    expect(folded.first).to_be_visible()
    folded.evaluate_all("all => all.forEach(one => { one.open = true })")
    expect(page.locator("details.card[open] .code-block").last).to_be_visible()
    assert not page.evaluate(STICKS_OUT)


def test_the_menu_of_a_thing_with_a_long_name_opens_on_the_screen(server, open_page):
    with server.connected():
        template = loyalty.template(server.world.acme, name="A long name of a card that has no room beside its menu")
    page = open_page("acme", device="iPhone 13")
    page.goto(f"/templates/{template.uuid}")
    page.locator(".page-actions summary").click()
    panel = page.locator(".page-actions .menu-panel")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_with_letters_twice_as_large_the_name_of_a_list_stays_a_word(open_page):
    page = open_page("acme", device="iPhone 13")
    page.goto("/pushes")
    once = page.locator("h1").bounding_box()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    twice, act = page.locator("h1").bounding_box(), page.locator(".page-actions").bounding_box()
    assert once["height"] < twice["height"] <= 2.5 * once["height"]
    assert act["x"] >= 0 and act["x"] + act["width"] <= 390


# The line of the demo, as in tests/browser/test_shell.py; then whatever is cut or sticks out of its place.
CUT = """() => {
    const line = document.createElement("p");
    line.className = "banner demo";
    line.innerHTML = "<svg class='icon'></svg> <strong>Demo:</strong> data may be reset.";
    document.body.prepend(line);
    document.querySelector(".bar a[href='/inbox']").insertAdjacentHTML("beforeend", "<span class='nav-count'>99+</span>");
    document.querySelectorAll(".bar .visually-hidden").forEach(one => one.remove());
    return [line, ...document.querySelectorAll(".bar > *")]
        .filter(one => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth).map(one => one.textContent);
}"""


def test_with_letters_twice_as_large_neither_the_line_of_the_demo_nor_the_bar_is_cut(open_page):
    page = open_page("acme", device="iPhone 13")
    page.goto("/pushes")
    expect(page.locator(".bar")).to_be_visible()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(CUT) == []


def test_what_is_chosen_by_its_picture_stays_where_it_is(open_page):
    page = open_page("acme", device="iPhone 13")
    page.goto("/templates/new?type=stamp")
    choice = page.locator(".icon-choice").nth(1)
    choice.scroll_into_view_if_needed()
    before = choice.bounding_box()
    choice.tap()
    expect(choice.locator("input")).to_be_checked()
    assert (choice.bounding_box()["width"], choice.bounding_box()["height"]) == (before["width"], before["height"])
