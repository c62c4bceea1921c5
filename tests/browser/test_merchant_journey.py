"""A merchant's way on a phone: a catalog with offer and landing, into the marketplace, and its first promoter."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from portal.domain.affiliate.promotions import promotions

pytestmark = pytest.mark.browser


def make_a_catalog(page, title):
    """With what is folded away at first: promo codes, and a country found from the keyboard."""
    page.goto("/catalogs/new")
    page.get_by_label("Title").fill(title)
    page.locator("[name=reward_percent]").fill("7.5")
    page.get_by_label("Nobody until you decide").check()
    page.locator("summary", has_text="Promo codes").click()
    page.get_by_label("Promoters may have promo codes").check()
    page.get_by_label("Smallest discount").fill("5")
    page.get_by_label("Largest discount").fill("15")
    page.locator("summary", has_text="Where it sells").press("Enter")
    page.get_by_label("Everywhere").uncheck()
    page.get_by_label("Find: Countries").press_sequentially("austri")
    page.get_by_label("Austria").press("Space")
    write_rules(page)
    page.get_by_label("Publish it at once").uncheck()
    page.get_by_role("button", name="Add the catalog").click()
    page.wait_for_url(re.compile(r"/catalogs/[A-Z0-9]{5}(/offers/new)?$"))
    page.goto(page.url.removesuffix("/offers/new"))


def write_rules(page):
    """Row by row: one is added with Enter, one with the button and taken away again."""
    page.locator("summary", has_text="Rules and material").click()
    page.get_by_label("Rules 1", exact=True).fill("No brand bidding")
    page.get_by_label("Rules 1", exact=True).press("Enter")
    page.get_by_label("Rules 2", exact=True).fill("Taken away")
    page.get_by_role("button", name="Add a line").first.click()
    page.get_by_label("Rules 3", exact=True).fill("No popups")
    page.get_by_role("button", name="Remove Rules 2").click()


def fill_it(page):
    # What the overview calls the next step depends on what the merchant's other catalogs have.
    page.locator("main").get_by_role("link", name="Offers", exact=True).click()
    page.get_by_role("link", name="Add an offer").first.click()
    page.get_by_label("Name").fill("Phone offer")
    page.locator("[name$=cost]").first.fill("40")
    page.get_by_role("button", name="Add the offer").click()
    page.get_by_text("The offer “Phone offer” is added.").wait_for()
    page.get_by_role("link", name="Add a landing").first.click()
    page.locator("[name=url]").fill("https://shop.example/phone")
    page.get_by_role("button", name="Add the landing").click()
    page.get_by_text("The landing is added.").wait_for()


def test_a_merchant_brings_a_catalog_into_the_marketplace_and_admits_its_first_promoter(server, open_page, axe):
    page, title = open_page("acme", device="iPhone 13", axe=True), f"On the way {secrets.token_hex(3)}"
    make_a_catalog(page, title)
    place = page.url
    fill_it(page)
    parts = page.get_by_role("navigation", name="Parts of the catalog")
    parts.get_by_role("link", name="Terms").click()
    expect(page.get_by_text("Austria")).to_be_visible()
    for rule in ("No brand bidding", "No popups"):
        expect(page.locator("#terms li").get_by_text(rule, exact=True)).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(place)
    page.get_by_text(re.compile("^since ")).wait_for()

    with server.connected():
        uid = promotions.join(server.world.rival.partner, place[-5:], "Our page of partners").uid
    page.goto(f"/promoters?q={uid}")
    page.get_by_text("Our page of partners").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Approve Rival").click()
    page.get_by_text("Rival is approved").wait_for()
    page.wait_for_function(
        "() => document.activeElement.closest('#promoters') !== null"
    )  # The menu's count takes none.

    page.goto(f"/promoters/{server.world.rival.partner.uuid}?tab=codes")
    page.get_by_role("textbox", name="Code").fill("PHONE15")
    page.locator("#code-discount").fill("50")
    page.get_by_role("button", name="Make a personal code").click()
    page.get_by_text("The catalog allows discounts of 5 to 15 percent.").first.wait_for()
    page.locator("#code-discount").fill("15")
    page.get_by_role("button", name="Make a personal code").click()
    page.get_by_text("The code PHONE15 works.").wait_for()
    expect(page.get_by_role("row", name=re.compile("PHONE15"))).to_be_visible()
    assert axe(page) == []


def test_what_is_wrong_in_a_folded_part_is_shown_open(open_page):
    page = open_page("acme", java_script_enabled=False)
    page.goto("/catalogs/new")
    page.get_by_label("Title").fill("Wrong inside")
    page.locator("summary", has_text="Times").click()
    page.get_by_label("A click counts for").fill("900")
    page.get_by_role("button", name="Add the catalog").click()
    expect(page.get_by_text("Give a whole number from 1 to 365.").last).to_be_visible()
    expect(page.get_by_label("Largest discount")).not_to_be_visible()
