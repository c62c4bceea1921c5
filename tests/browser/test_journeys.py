"""What people do, from the first click to the last, in a real browser against the real server."""

import re
import secrets

import pytest
import requests
from playwright.sync_api import expect

from portal.domain import sealing
from portal.domain.accounts.sign_ups import codes
from portal.domain.accounts.sign_ups.tables import HalfSignUp

pytestmark = pytest.mark.browser


def sign_up_and_in(server, page, company, mail, password="a long enough password"):
    page.goto("/")
    page.get_by_role("link", name="Sign up as a partner").click()
    page.get_by_label("Company").fill(company)
    page.get_by_label("Your name").fill("Nadia New")
    page.get_by_label("Mail address").fill(mail)
    page.get_by_label("Password").fill(password)
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(page.get_by_label("Time zone")).to_have_value(zone)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url(re.compile(r"/sign-up/code$"))
    with server.connected():
        sealing.use_secret(server.settings.secret_key)
        code = codes.code_of(HalfSignUp.get(HalfSignUp.mail == mail))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile(r"/$"))


def make_a_catalog(page, title):
    page.goto("/catalogs/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Catalog code").fill(title.lower().replace(" ", "-"))
    page.locator("[name=reward_percent]").fill("5")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/catalogs/[A-Z0-9]{5}(/offers/new)?$"))
    if page.url.endswith("/offers/new"):  # A newcomer goes on to the first offer.
        page.goto(page.url.removesuffix("/offers/new"))


def test_a_message_stays_as_long_as_reading_it_takes(open_page):
    page = open_page("acme", device="iPhone 13")
    page.clock.install()
    page.goto("/")
    for text in ("Saved.", "Now look into your mail. " * 8):
        page.evaluate("text => document.dispatchEvent(new CustomEvent('toast', {detail: {text}}))", text)
    page.clock.run_for(6000)
    expect(page.locator(".toast-text")).to_have_text([("Now look into your mail. " * 8).strip()])
    page.clock.run_for(20_000)
    expect(page.locator(".toast-text")).to_have_count(0)


def test_a_newcomer_reaches_a_published_catalog_and_sees_a_shops_deal_appear(server, open_page):
    page = open_page()
    mail = f"nadia-{secrets.token_hex(4)}@new.example"
    sign_up_and_in(server, page, "Newcomer", mail)
    make_a_catalog(page, "First catalog")
    catalog = page.url

    page.get_by_role("link", name="Add an offer").first.click()
    page.get_by_label("Name").fill("First offer")
    page.locator("[name$=cost]").first.fill("100")
    page.get_by_role("button", name="Add the offer").click()
    page.get_by_text("First offer").first.wait_for()

    page.goto(catalog)
    page.get_by_role("link", name="Add a landing").first.click()
    page.locator("[name=url]").fill("https://shop.example/first")
    page.get_by_role("button", name="Add the landing").click()
    page.get_by_text("https://shop.example/first").first.wait_for()
    expect(page.get_by_text("Published", exact=True).first).to_be_visible()

    page.goto("/developers/tokens/new")
    page.get_by_label("Name").fill("Shop")
    page.locator("main form button[type=submit]").last.click()
    token = page.locator(".copyable code").first.inner_text()
    assert token.startswith("pp_live_")

    page.goto("/deals")
    report = {
        "status": "Paid",
        "offer": "First offer",
        "cost": 100,
        "currency": "USD",
        "deal_id": "order-77",
        "catalog_code": "first-catalog",
    }
    answer = requests.post(f"{server.url}/api/deal/", headers={"Authorization": token}, json=report, timeout=60)
    assert answer.status_code == 200, answer.text
    page.get_by_text("order-77").first.wait_for()


@pytest.mark.parametrize("device", [None, "iPhone 13"])
def test_from_signing_up_to_the_first_test_deal_are_eight_clicks_at_most(server, open_page, device):
    page = open_page(device=device)
    sign_up_and_in(server, page, "Newcomer", f"nadia-{secrets.token_hex(4)}@new.example")
    clicks = ["Sign up as a partner", "Sign up", "Go on"]

    def click(locator):
        clicks.append(locator)
        locator.click()

    click(page.get_by_role("main").get_by_role("button", name="Affiliate"))
    click(page.get_by_role("main").get_by_role("link", name="Add a catalog"))
    page.get_by_label("Title").fill("First catalog")
    page.locator("[name=reward_percent]").fill("5")
    click(page.locator("main form button[type=submit]").last)
    page.get_by_label("Name").fill("First offer")
    page.locator("[name$=cost]").first.fill("100")
    click(page.get_by_role("button", name="Add the offer"))
    click(page.locator("#next-step").get_by_role("button", name="Make a test deal"))
    page.get_by_role("heading", name="This is a test deal").wait_for()
    page.locator(".trial").get_by_text(re.compile(r"5\.00\sUSD")).first.wait_for()
    assert len(clicks) <= 8


def test_a_token_is_shown_once(open_page):
    page = open_page("acme")
    page.goto("/developers/tokens/new")
    page.get_by_label("Name").fill("Once")
    page.locator("main form button[type=submit]").last.click()
    token = page.locator(".copyable code").first.inner_text()
    page.goto("/developers/tokens")
    assert token not in page.content()


def test_an_offer_is_deactivated_by_a_click_that_carries_the_forms_token(server, open_page):
    page = open_page("acme")
    make_a_catalog(page, f"Clicks {secrets.token_hex(3)}")
    page.get_by_role("link", name="Add an offer").first.click()
    page.get_by_label("Name").fill("Clicked")
    page.locator("[name$=cost]").first.fill("10")
    page.get_by_role("button", name="Add the offer").click()
    with page.expect_response(lambda response: "/activation" in response.url) as waited:
        page.get_by_role("button", name="Deactivate").first.click()
    assert waited.value.request.headers.get("hx-request") == "true"
    page.get_by_text("Inactive").first.wait_for()


def test_everything_works_without_scripts(open_page):
    page = open_page("acme", java_script_enabled=False)
    make_a_catalog(page, f"Plain {secrets.token_hex(3)}")
    page.get_by_role("link", name="Add an offer").first.click()
    page.get_by_label("Name").fill("Plain offer")
    page.locator("[name$=cost]").first.fill("12.50")
    page.get_by_role("button", name="Add the offer").click()
    page.get_by_text("Plain offer").first.wait_for()
    page.locator("main summary", has_text="More").click()
    page.get_by_role("link", name="Unpublish").click()
    page.get_by_role("button", name="Unpublish").click()
    page.get_by_text("Unpublished", exact=True).first.wait_for()


def test_what_was_typed_survives_a_refusal(open_page):
    page = open_page("acme")
    page.goto("/catalogs/new")
    page.get_by_label("Title").fill("Kept title")
    page.get_by_label("Catalog code").fill("kept")
    page.locator("[name=reward_percent]").fill("400")
    page.locator("main form button[type=submit]").last.click()
    page.locator("[aria-invalid=true]").first.wait_for()
    expect(page.get_by_label("Title")).to_have_value("Kept title")
    expect(page.locator("[name=reward_percent]")).to_have_value("400")


def test_signing_out_ends_a_copied_cookie(server, open_page):
    page = open_page("acme")
    page.goto("/catalogs")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    page.locator("summary", has_text="@acme.example").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/sign-in"))
    again = requests.get(f"{server.url}/catalogs", cookies=cookies, allow_redirects=False, timeout=60)
    assert again.status_code == 302


def test_the_menu_opens_on_a_phone_without_scripts(open_page):
    page = open_page("acme", device="iPhone 13", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Deals").first.click()
    page.wait_for_url(re.compile("/deals$"))
