"""A coupon in a real browser: made with what its type has, changed where it stands, and many at once."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.support import desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("device", ["desktop", "iPhone 13"])
def test_a_coupon_is_made_changed_in_place_and_switched_off_with_another(server, open_page, axe, device):
    mark = secrets.token_hex(3).upper()
    with server.connected():
        desk.coupon(server.world.acme, code=f"OTHER-{mark}", name=mark)
    page = open_page("acme", axe=True, **({} if device == "desktop" else {"device": device}))
    page.goto("/coupons/new")
    threshold, takes_off = page.get_by_label("From an order of"), page.get_by_label("Takes off")
    expect(threshold).to_be_hidden()
    page.get_by_label("Type").select_option(label="Access – opens price levels that are hidden")
    expect(takes_off).to_be_hidden()
    page.get_by_label("Type").select_option(
        label="Auto – takes something off an order by itself, once it is large enough"
    )
    threshold.fill("50")
    takes_off.fill("12.5")
    page.get_by_label("Code").fill(f"mine-{mark}")
    page.get_by_label("Name").fill(mark)
    assert axe(page) == []
    page.get_by_role("button", name="Make the coupon").click()
    expect(page.get_by_text("Nobody can use it yet")).to_be_visible()
    page.get_by_role("link", name="Details").click()
    page.locator("summary", has_text="Change: Gives").click()
    page.get_by_label("Takes off").fill("20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("20% off an order").first).to_be_visible()
    page.goto(f"/coupons?q={mark}")
    rows = page.locator("#coupons tbody tr")
    expect(rows).to_have_count(2)
    for code in (f"OTHER-{mark}", f"mine-{mark}"):
        page.get_by_label(f"Choose {code}").check()
    assert axe(page) == []
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("2 coupons are switched off.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"q={mark}"))
    expect(rows.get_by_text("Switched off")).to_have_count(2)
