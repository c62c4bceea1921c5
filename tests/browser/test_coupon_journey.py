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
    page.get_by_label("When").fill("2040-01-01T12:00")
    page.get_by_label("Event").select_option("")
    expect(page.get_by_text("The coupon is not assigned to this event.")).to_have_count(0)
    expect(page.get_by_label("When")).to_have_value("2040-01-01T12:00")
    page.get_by_label("When").fill("")
    page.get_by_label("Event").select_option(label=page.locator("#event option", has_text=code).inner_text())
    expect(page.get_by_text("The coupon is not assigned to this event.")).to_be_visible()
    page.get_by_role("button", name=f"Assign it to Gala {code} for one use").click()
    expect(page.get_by_text("Can be used so far", exact=True)).to_be_visible()
    expect(page.get_by_text("Done: Assign it to")).to_be_visible()
    expect(page.get_by_role("cell", name="9.00 EUR")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("When").fill("2041-01-01T12:00")
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Let it end on 2041-01-01").click()
    expect(page.get_by_text("Can be used so far", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("2041-01-01"))


def test_coupons_are_assigned_while_the_page_shows_what_it_will_cover_and_it_is_undone(server, open_page, axe):
    code = f"JOURNEY-{secrets.token_hex(3).upper()}"
    with server.connected():
        acme = server.world.acme
        event = desk.event(acme, name=f"Gala {code}")
        desk.level(event, name=f"Stalls {code}")
        coupon = desk.coupon(acme, code=code)
    page = open_page("acme", axe=True)
    page.goto(f"/coupons/assign?coupon={coupon.id}")
    covers = page.locator("#covers")
    expect(covers.get_by_text("Say from when to when.")).to_be_visible()
    page.get_by_label("Find an event").fill(code)
    page.get_by_role("group", name=f"Gala {code}").get_by_label(f"Gala {code}").check()
    expect(covers.get_by_text("9.00")).to_be_visible()
    page.locator("#start").fill("2031-03-28")
    page.locator("#end").fill("2031-04-02")
    page.locator("#blackout > summary").click()
    page.get_by_role("button", name="Another blackout").click()
    second = page.get_by_role("group", name="Blackout 2")
    second.get_by_label("Saturday").check()
    second.get_by_label("Between").fill("12:00")
    second.get_by_label("and", exact=True).fill("14:00")
    expect(covers.get_by_text("Sat 29 Mar 2031: 12:00–14:00")).to_be_visible()
    expect(covers.get_by_text("Before it can be sent")).to_have_count(0)
    assert axe(page) == []
    page.get_by_role("button", name="Assign them").click()
    expect(page.get_by_role("heading", name=f"Assignment of {code}")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Undo the assignment").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("Taken away", exact=True)).to_be_visible()
