"""Rows that are dragged, moved with the arrow keys or by their buttons stand in one order, which members see."""

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.domain.member_offers.collections import collections
from tests.support import club_offers


@pytest.fixture
def offers(server, app_pool):
    app_pool(server.settings)
    with server.connected():
        return [club_offers.offer(server.world.acme, f"Ordered {name}").offer_id for name in ("one", "two", "three")]


@pytest.fixture
def collection(server, offers):
    with server.connected():
        made = collections.make(server.world.acme.id, {"title": "Put in order"})
        collections.add(made, *offers)
        return made


def drag(page: Page, row: Locator, onto: Locator) -> None:
    handle = row.locator("[data-handle]")
    handle.scroll_into_view_if_needed()
    here, there = handle.bounding_box(), onto.bounding_box()
    page.mouse.move(here["x"] + 8, here["y"] + 8)
    page.mouse.down()
    page.mouse.move(here["x"] + 8, there["y"] + there["height"] - 4, steps=6)
    page.mouse.up()


@pytest.mark.browser
def test_dragging_the_arrow_keys_and_the_buttons_lead_to_the_same_order(server, open_page, axe, collection, offers):
    one, two, three = map(str, offers)
    page = open_page("acme", "manager", axe=True)
    page.goto(f"/collections/{collection.id}")
    rows, seen = page.locator("#inside .ordered-row"), page.locator("#offer-order input[name=seen]")
    expect(rows).to_have_count(3)

    drag(page, rows.nth(0), rows.nth(2))
    expect(page.locator("#live")).to_have_text("Ordered one: place 3 of 3")
    expect(seen).to_have_value(f"{two},{three},{one}")
    expect(rows.nth(2)).to_contain_text("Ordered one")

    page.locator(f"#handle-{one}").press("ArrowUp")
    expect(page.locator("#live")).to_have_text("Ordered one: place 2 of 3")
    expect(seen).to_have_value(f"{two},{one},{three}")
    expect(page.locator(f"#handle-{one}")).to_be_focused()

    rows.nth(1).get_by_role("button", name="Up").click()
    expect(seen).to_have_value(f"{one},{two},{three}")
    assert axe(page) == []
    with server.connected():
        assert collections.offers_of(collection) == offers
