"""What a thing is linked to is opened on its page, without a way to another one, and walked from there."""

import secrets

import pytest
from playwright.sync_api import expect

from portal.domain.affiliate.promotions import promotions
from tests.affiliate import things

pytestmark = pytest.mark.browser


@pytest.fixture
def deal(server):
    """A deal of acme's that northwind brought, with a reward."""
    name = f"Links {secrets.token_hex(3)}"
    with server.connected():
        catalog = things.catalog(server.world.acme.partner, name, name.replace(" ", "-").lower())
        things.offer(catalog)
        things.landing(catalog)
        uid = promotions.join(server.world.northwind.partner, catalog.short_code).uid
        return things.deal(catalog, f"{catalog.short_code}-1", "Paid", another_data=f"myshare={uid}")


@pytest.mark.parametrize("device", [None, "iPhone 13"])
def test_a_deal_tells_where_it_comes_from_and_where_it_leads_and_leads_on(deal, open_page, axe, device):
    page = open_page("acme", axe=True, **({"device": device} if device else {}))
    page.goto(f"/deals/{deal.uuid}")
    page.get_by_text("Where it comes from, where it leads").click()
    part = page.locator("#graph")
    expect(part.get_by_role("heading", name="Where it leads", exact=True)).to_be_visible()
    expect(part.get_by_role("link", name="Northwind")).to_be_visible()
    assert not axe(page)
    part.locator("section").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("USD")
    expect(page.get_by_text("Held", exact=True)).to_be_visible()
    assert not axe(page)
