"""A chart tells the values of a place: under the pointer, under a finger that is drawn along it, and by the arrow keys."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.affiliate import things
from tests.support.waiting import until

pytestmark = pytest.mark.browser
# By how many pixels something on the page stands elsewhere, but what a chart shows of the place that is pointed at.
MOVED = """() => {
    const parts = [...document.querySelectorAll("main *")].filter(
        one => one.getClientRects().length && !one.closest(".chart-tip, [data-here]")
    );
    const places = parts.flatMap(one => {
        const {x, y, width, height} = one.getBoundingClientRect();
        return [x + scrollX, y + scrollY, width, height];
    });
    window.before ??= places;
    return Math.max(Math.abs(places.length - before.length), ...places.map((place, number) => Math.abs(place - before[number])));
}"""
# Of each grid of figures whether its first thing is as wide without the others, as it is seen while a page is still coming.
IS_WIDE_AS_EVER = """() => [...document.querySelectorAll(".figures :is(.stats, .ranks)")].map(grid => {
    const [first, ...others] = grid.children, before = first.offsetWidth;
    others.forEach(one => one.remove());
    return first.offsetWidth === before;
})"""


@pytest.fixture
def chart(open_page, server):
    with server.connected():
        catalog = things.catalog(server.world.acme.partner, code=f"drawn-{secrets.token_hex(3)}")
        things.offer(catalog), things.deal(catalog, f"drawn-{secrets.token_hex(3)}")

    def chart(**options):
        page = open_page("acme", **options)
        page.goto("/figures?measure=deals&days=30")
        return page, page.locator("[data-chart^='Deals per day']")

    return chart


def row(page, number: int) -> list[str]:
    """The table's words of a day: the label, and the value with its name."""
    cells = page.locator(".chart-data").first.locator("tbody tr").nth(number)
    return cells.evaluate("row => [...row.cells].map(cell => cell.textContent.trim())")


def test_a_pointer_and_the_keys_are_told_what_the_table_says(chart, axe):
    page, deals = chart(axe=True)
    tip = deals.locator(".chart-tip")
    wide = deals.locator(".chart-wide")
    assert page.evaluate(MOVED) == 0
    wide.hover(position={"x": wide.bounding_box()["width"] - 12, "y": 60})
    expect(tip.locator("strong")).to_have_text(row(page, 29)[0])
    expect(tip.locator("span")).to_have_text(f"Deals: {row(page, 29)[1]}")
    expect(deals.locator(".chart-wide [data-here]")).to_have_count(2)
    assert page.evaluate(MOVED) < 1
    assert axe(page) == []
    page.mouse.move(5, 5)
    expect(tip).to_be_empty()
    deals.focus()
    for key, number in (("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("ArrowLeft", 0), ("End", 29)):
        page.keyboard.press(key)
        expect(tip.locator("strong")).to_have_text(row(page, number)[0])
        assert page.evaluate(MOVED) < 1
    page.keyboard.press("Escape")
    expect(tip).to_be_empty()
    deals.page.locator("[data-chart^='Deals by status']").hover()
    assert page.evaluate(MOVED) < 1


def test_a_page_that_is_still_coming_has_the_columns_of_all_its_figures(chart):
    page, _ = chart()
    assert page.evaluate(IS_WIDE_AS_EVER) == [True, True, True]


def test_a_finger_is_told_along_its_way_and_when_it_is_lifted(chart):
    page, deals = chart(has_touch=True, viewport={"width": 390, "height": 664})
    svg, tip = deals.locator(".chart-narrow"), deals.locator(".chart-tip")
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    touch = page.context.new_cdp_session(page)

    def finger(kind: str, share: float = 0.5):
        point = {"x": box["x"] + box["width"] * share, "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else [point]})

    def has_touched():  # A raw touch reaches what has been painted, not what is about to be.
        finger("touchStart", 0.2)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return tip.locator("strong").count() or finger("touchEnd")

    until(has_touched, "the touch")
    began = tip.locator("strong").inner_text()
    for share in (0.4, 0.7, 0.99):
        finger("touchMove", share)
    finger("touchEnd")
    expect(tip.locator("strong")).to_have_text(row(page, 29)[0])
    assert began != row(page, 29)[0]
    page.touchscreen.tap(20, 20)
    expect(tip).to_be_empty()
