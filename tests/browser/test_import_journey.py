"""Somebody imports a file with good and bad lines, in a real browser."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.affiliate import things as affiliate
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser


def test_a_file_goes_from_the_upload_over_the_preview_and_the_progress_to_its_result(launch_server, browser, app_pool):
    from tests.support.browsing import DESKTOP, axe, bring_axe
    from tests.support.visitor import cookie_of

    server = launch_server("sqlite", worker=True)
    code = f"imp{secrets.token_hex(3)}"
    with server.connected():
        affiliate.offer(affiliate.catalog(server.world.acme.partner, "Imported", code))
    lines = [f"J-{number},Paid,Spanish A1,100,USD,{code}" for number in range(300)]
    lines[7] = f"J-7,Paid,Latin,100,USD,{code}"
    body = "\n".join(["deal_id,status,offer,cost,currency,catalog_code", *lines]).encode()
    context = browser.new_context(base_url=server.url, **DESKTOP)
    context.set_default_timeout(1000 * PATIENCE_SECONDS)
    bring_axe(context)
    name, value = cookie_of(app_pool(server.settings), server.key_of("acme", "manager"))
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = context.new_page()

    page.goto("/deals")
    page.locator(".page-actions summary", has_text="More").click()
    page.get_by_role("link", name="Import from a file").click()
    page.get_by_label("CSV file").set_input_files({"name": "orders.csv", "mimeType": "text/csv", "buffer": body})
    page.get_by_role("button", name="Upload and check").click()

    page.get_by_role("button", name="Import 299 deals").wait_for()
    expect(page.get_by_role("row", name="J-7").get_by_text("no offer named “Latin”")).to_be_visible()
    assert axe(page) == []
    server.stop("worker")  # Until it was seen at work: it may be done before a slow browser looks.
    page.get_by_role("button", name="Import 299 deals").click()
    page.get_by_text("It goes on when you leave this page").wait_for()
    assert axe(page) == []
    server.start("worker")

    page.get_by_text("Done", exact=True).wait_for()
    expect(page.locator(".thing-facts > div", has_text="Imported").first.get_by_text("299").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Imported 299").click()
    page.get_by_role("link", name="J-0", exact=True).click()
    expect(page.get_by_role("heading", name="J-0")).to_be_visible()
    context.close()
    server.kill_all()
