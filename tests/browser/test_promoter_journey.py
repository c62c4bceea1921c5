"""A promoter finds a catalog, joins it, and sees its first click and its first code, in a real browser."""

import re
import secrets
from decimal import Decimal

import pytest
import requests
from playwright.sync_api import expect

from tests.affiliate import things
from tests.support.waiting import until

pytestmark = pytest.mark.browser


@pytest.fixture
def title(server):
    """A catalog of acme's in the marketplace, that gives codes."""
    name = f"Harbour {secrets.token_hex(3)}"
    with server.connected():
        catalog = things.catalog(
            server.world.acme.partner,
            name,
            name,
            is_promocode_allowed=True,
            min_promo_code_percent=Decimal(5),
            max_promo_code_percent=Decimal(15),
        )
        things.offer(catalog, "Sailing"), things.landing(catalog)
    return name


def test_from_the_marketplace_to_the_first_click_and_code(server, open_page, title):
    page = open_page("northwind", "manager", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_role("link", name="Earn", exact=True).click()
    page.get_by_label("Title, merchant or short code").fill(title.upper())
    page.wait_for_url(re.compile("q="))  # It applies by itself; until then the list has others, too.
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title).wait_for()
    page.get_by_role("button", name="Join").first.click()
    page.wait_for_url(re.compile(r"/promotions/[A-Z0-9]{9}$"))

    page.get_by_label("Subid").fill("quay")
    page.get_by_role("button", name="Make the link").click()
    box = page.locator("#link .copyable")
    box.get_by_text("subid=quay").wait_for()
    box.get_by_role("button", name="Copy").click()
    box.get_by_text("Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == box.locator("code").inner_text()

    followed = requests.get(f"{server.url}/go/{link.partition('/go/')[2]}", allow_redirects=False, timeout=60)
    assert followed.status_code == 302 and "subid=quay" in followed.headers["Location"]
    page.get_by_role("link", name="Clicks and deals").click()
    page.wait_for_url(re.compile("tab=results"))
    click = page.get_by_role("table", name=f"Latest clicks on your links to {title}").get_by_text("subid=quay")
    until(lambda: page.reload() and click.is_visible(), "the click")  # Clicks are written together, a little later.

    page.get_by_role("link", name="Links and codes").click()
    slug = f"quay-{secrets.token_hex(3)}"
    page.locator("summary", has_text="Give this link a name").click()
    page.get_by_label("Name of the link").fill("no name")
    page.get_by_role("button", name="Give it the name").click()
    page.get_by_role("link", name="Name of the link").wait_for()
    page.get_by_label("Name of the link").fill(slug)
    page.get_by_role("button", name="Give it the name").click()
    page.locator("#own-links code").get_by_text(f"/go/{slug}").wait_for()
    expect(page.get_by_text("Nothing was saved yet")).to_have_count(0)

    code = f"QUAY-{secrets.token_hex(3)}"
    page.locator("#codes [name=code]").fill(code)
    page.get_by_label("Discount").fill("30")
    page.get_by_role("button", name="Make the code").click()
    page.get_by_text("The catalog allows discounts of 5 to 15 percent.").first.wait_for()
    page.get_by_label("Discount").fill("10")
    page.get_by_role("button", name="Make the code").click()
    page.get_by_role("button", name=f"End {code}").wait_for()


def test_joining_and_a_link_with_a_subid_need_no_scripts(open_page, title):
    page = open_page("northwind", "owner", java_script_enabled=False)
    page.goto(f"/marketplace?q={title.replace(' ', '+')}")
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title).wait_for()
    page.get_by_role("button", name="Join").first.click()
    page.get_by_label("Subid").fill("plain")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("?subid=plain").first.wait_for()
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(re.compile(r"/promotions/[A-Z0-9]{9}$"))
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Leave this catalog").click()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Join again").wait_for()
