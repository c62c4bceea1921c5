"""The coupon desk in a real browser: a code is checked, what fails is mended by its button, and it is checked again."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.support import desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("device", ["desktop", "iPhone 13"])
def test_a_code_is_checked_mended_and_checked_again(server, open_page, axe, device):
    code = f"JOURNEY-{secrets.token_hex(3).upper()}"
    with server.connected():
        acme = server.world.acme
        event = desk.event(acme, name=f"Gala {code}")
        desk.listing(desk.level(event, name="Stalls"))
        desk.coupon(acme, code=code)
    page = open_page("acme", axe=True, **({} if device == "desktop" else {"device": device}))
    page.goto("/coupon-check")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_label("Event").select_option(label=page.locator("#event option", has_text=code).inner_text())
    expect(page.get_by_text("The coupon is not assigned to this event.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name=f"Assign it to Gala {code} for one use").click()
    expect(page.get_by_text("Can be used", exact=True)).to_be_visible()
    expect(page.get_by_text("Done: Assign it to")).to_be_visible()
    expect(page.get_by_role("cell", name="9.00 EUR")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("When").fill("2041-01-01T12:00")
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Let it end on 2041-01-01").click()
    expect(page.get_by_text("Can be used", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("2041-01-01"))
