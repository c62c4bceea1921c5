"""A visitor on the phone goes the whole way through a demo shop: a code from a link, tickets, a wrong code, paying."""

import re

import pytest
from playwright.sync_api import expect

from portal.domain.coupons.coupons.tables import ACCESS
from portal.domain.coupons.ticketed_events import selling
from tests.support import desk


@pytest.mark.browser
def test_tickets_are_bought_with_codes_on_the_phone(server, open_page):
    with server.connected():
        acme = server.world.acme
        event = desk.event(acme, name="Journey")
        front, lounge = desk.level(event, 4500, name="Front"), desk.level(event, 9000, name="Lounge", is_locked=True)
        listing = selling.switch(acme.id, desk.listing(front, lounge).id, True)
        desk.assigned(desk.coupon(acme, code="JOURNEY-25", amount=25), event_ids=[event.id])
        desk.assigned(desk.coupon(acme, ACCESS, code="JOURNEY-IN"), price_level_ids=[lounge.id])
    page = open_page(device="iPhone 13")
    page.goto(f"/shop/{listing.key}?code=journey-25")
    expect(page.get_by_label("JOURNEY-25")).to_be_checked()
    page.get_by_label("Front").select_option("2")
    page.get_by_label("Code", exact=True).fill("journey-in")
    page.get_by_role("button", name="Use the code").click()
    page.get_by_label("Lounge 90").select_option("1")
    expect(page.get_by_label("Front")).to_have_value("2")
    page.get_by_role("button", name="Reserve for 15 minutes").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"1[45]:\d\d"))
    expect(page.locator(".bought .sum")).to_contain_text("135.00")
    page.get_by_label("Code", exact=True).fill("WRONG-1")
    page.get_by_role("button", name="Use the code").click()
    expect(page.get_by_role("alert")).to_contain_text("does not work here now")
    expect(page.get_by_label("Code", exact=True)).to_have_value("WRONG-1")
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_text("These tickets are yours")).to_be_visible()
    assert listing.key in page.url and "code" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
