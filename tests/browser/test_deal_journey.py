"""A merchant works through its deals: narrows them, keeps the view, cancels some and takes the file along."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from portal.domain.affiliate.promotions import promotions
from portal.domain.offers.tables import Catalog
from tests.affiliate import things

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(server):
    """A catalog of acme's with a promoter and four deals, two of them the promoter's."""
    name = f"Journey {secrets.token_hex(3)}"
    with server.connected():
        catalog = things.catalog(server.world.acme.partner, name, name.replace(" ", "-").lower())
        things.offer(catalog)
        things.landing(catalog)
        uid = promotions.join(server.world.northwind.partner, catalog.short_code).uid
        for number in range(4):
            data = f"myshare={uid}" if number < 2 else None
            things.deal(catalog, f"{catalog.short_code}-{number}", "Paid", another_data=data)
        return Catalog.get_by_id(catalog.id)


def test_a_merchant_filters_keeps_the_view_cancels_some_and_takes_the_file(shop, open_page, axe):
    page = open_page("acme", axe=True)
    page.goto("/deals")
    page.get_by_text("More filters").click()
    page.get_by_label("Catalog", exact=True).select_option(shop.short_code)
    page.wait_for_url(re.compile("catalog="))
    promoter = page.get_by_label("Promoter", exact=True)
    promoter.fill("north")
    page.locator("#promoter-choices option[value^='Northwind · ']").first.wait_for(state="attached")
    promoter.fill("")
    page.keyboard.press("Escape")
    page.get_by_text("Paid by customer", exact=True).first.click()
    page.wait_for_url(re.compile("status=Paid"))
    page.get_by_text(re.compile("^4 deals · Sales 400.00")).wait_for()
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("h1")).to_have_text("Deals 4")
    assert not axe(page)

    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill(f"Paid in {shop.short_code}")
    page.get_by_role("button", name="Save the view").click()
    page.goto("/deals")
    page.get_by_role("link", name=f"Paid in {shop.short_code}", exact=True).click()
    page.wait_for_url(re.compile("status=Paid"))

    expect(page.get_by_role("button", name="Cancel the chosen")).not_to_be_visible()
    page.locator("thead").get_by_label("Choose all on this page").check()
    page.get_by_label(f"Choose {shop.short_code}-3").uncheck()
    page.get_by_text("3 chosen", exact=True).wait_for()
    assert not axe(page)
    page.get_by_role("button", name="Cancel the chosen").click()
    page.get_by_role("heading", name="Cancel 3 deals?").wait_for()
    expect(page.get_by_text("Rewards of 20.00\u00a0USD for Northwind")).to_be_visible()
    page.get_by_label("Comment").fill("A test of the till")
    page.get_by_role("button", name="Cancel 3 deals").click()
    page.get_by_text("3 deals are canceled.").first.wait_for()
    expect(page.locator("tbody tr")).to_have_count(1)

    with page.expect_download() as waited:
        page.get_by_role("link", name="Export as CSV").click()
    text = waited.value.path().read_text("utf-8-sig")
    assert text.startswith("deal_id,status,") and [line.split(",")[0] for line in text.splitlines()[1:]] == [
        f"{shop.short_code}-3"
    ]


def test_all_that_are_filtered_are_canceled_without_scripts(shop, open_page):
    page = open_page("acme", java_script_enabled=False)
    page.goto(f"/deals?catalog={shop.short_code}&status=Paid")
    page.get_by_label(f"Choose {shop.short_code}-1").check()
    page.get_by_role("button", name=re.compile("Cancel all +that are filtered")).click()
    page.get_by_role("button", name="Cancel as returned").click()
    page.get_by_text("4 deals are canceled.").first.wait_for()
    page.goto(f"/deals?catalog={shop.short_code}&status=Canceled")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.get_by_text("Returned", exact=True)).to_have_count(4)


def test_a_deal_is_entered_by_hand_on_a_phone_and_what_is_typed_outlives_a_late_answer(shop, open_page):
    page = open_page("acme", device="iPhone 13")
    held = []
    page.route("**/deals/new/offers*", lambda route: held.append(route))
    page.goto("/deals/new")
    page.locator("#offer-fields").evaluate("part => part.dataset.before = ''")
    with page.expect_request(re.compile("/deals/new/offers")):
        page.get_by_label("Catalog").select_option(shop.short_code)
    page.get_by_label("Sale").fill("42.50")
    held[0].continue_()
    expect(page.locator("#offer-fields[data-before]")).to_have_count(0)
    expect(page.get_by_label("Sale")).to_have_value("42.50")
    page.get_by_role("button", name="Record the deal").click()
    page.wait_for_url(re.compile("/deals/[0-9a-f-]{36}$"))
    expect(page.locator("dd", has_text="42.50\u00a0USD")).to_be_visible()
