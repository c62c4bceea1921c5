"""Typing into the field of a choice chooses it; what was typed for another comes back with a change of mind."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import make_a_catalog
from tests.support import feeding

pytestmark = pytest.mark.browser


def test_what_is_typed_beside_a_choice_chooses_it(open_page):
    page = open_page("acme")
    make_a_catalog(page, f"Typed {secrets.token_hex(3)}")
    page.goto(page.url + "/offers/new")
    catalogs, own, fixed = (page.locator(f"[name=reward][value={kind}]") for kind in ("catalog", "percent", "fixed"))
    percent, summed = page.locator("[name=reward_percent]"), page.locator("[name=fix_remuneration]")
    expect(catalogs).to_be_checked()
    percent.fill("20")
    expect(own).to_be_checked()
    summed.fill("3")
    expect(fixed).to_be_checked()
    expect(percent).to_have_value("")
    own.check()
    expect(percent).to_have_value("20")
    expect(summed).to_have_value("")
    catalogs.check()
    page.get_by_label("Name").fill("Typed beside")
    page.locator("[name$=cost]").first.fill("10")
    percent.fill("21")
    page.get_by_role("button", name="Add the offer").click()
    page.get_by_text("Typed beside").first.wait_for()
    expect(page.locator("main")).to_contain_text("21")


def test_a_listing_asks_for_a_code_or_a_batch_only_where_its_kind_of_code_has_one(server, open_page):
    with server.connected():
        offer = feeding.offer(server.world.acme)
    page = open_page("acme", java_script_enabled=False)
    page.goto(f"/offers/{offer.uuid}/feed")
    code, batch = page.locator("[name=code]"), page.locator("[name=batch]")
    expect(page.locator("[name=leads_to]")).to_be_visible()
    for kind, has_code, has_batch in (
        ("availableAtCheckout", False, False),
        ("dynamic", False, True),
        ("copyPaste", True, False),
    ):
        page.locator(f"[name=code_type][value={kind}]").check()
        expect(code).to_be_visible(visible=has_code)
        expect(batch).to_be_visible(visible=has_batch)
    code.fill("FIFTH")
    page.locator("[name=code_type][value=uniqodo]").check()
    expect(code).to_be_visible()  # What was typed is not hidden away.
