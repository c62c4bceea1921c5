"""A merchant looks at what is open, previews and pays it; the promoter reads the statement, prints it and takes its file."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.promotions.tables import Promotion
from tests.affiliate import money
from tests.support import things

pytestmark = pytest.mark.browser


@pytest.fixture
def due(server):
    """Northwind sold a thing of acme's, and its reward is due; the deal's own id with acme."""
    with server.connected():
        acme, northwind = server.world.acme, server.world.northwind
        catalog = Deal.get(Deal.uuid == things.of(acme).names[("deals", "uuid")]).catalog
        promotion, _ = Promotion.get_or_create(
            catalog=catalog, promoter=northwind.id, defaults={"uid": "JRNY22222", "state": "approved"}
        )
        payout_details.keep(northwind.id, money.DETAILS)
        deal_id = f"journey-{Deal.select().count()}"
        said = deals.Report(
            "Paid", "Thing", Decimal(100), "USD", deal_id, "things", another_data=f"myshare={promotion.uid}"
        )
        deals.report(acme.id, said)
        Deal.update(due_at=clock.now()).where(Deal.partner == acme.id, Deal.deal_id == deal_id).execute()
        deal_moves.settle_due()
    return deal_id


@pytest.mark.parametrize("device", [None, "iPhone 13"])
def test_from_the_start_page_a_payout_is_recorded_and_its_file_taken_in_three_presses(open_page, due, device):
    page = open_page("acme", device=device)
    page.goto("/?side=merchant")
    page.get_by_role("main").get_by_role("link", name=re.compile("rewards that can be paid")).click()
    page.get_by_role("button", name=re.compile("^Record")).click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="File for the bank").click()
    assert waited.value.suggested_filename.startswith("payouts-")


def test_what_is_due_is_previewed_paid_and_read_by_the_promoter(open_page, due):
    page = open_page("acme")
    page.goto("/")
    page.get_by_role("link", name="Affiliate").click()
    page.get_by_role("link", name="Payouts", exact=True).click()
    page.get_by_label("Northwind, USD").check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("DE89 3704 0044 0532 0130 00").wait_for()
    page.get_by_role("button", name="Record 1 payout").click()
    page.wait_for_url(re.compile(r"/payouts/runs/[0-9a-f-]{36}$"))
    with page.expect_download() as waited:
        page.get_by_role("link", name="File for the bank").click()
    assert "DE89370400440532013000" in waited.value.path().read_text()
    page.locator("#run-facts dd", has_text=re.compile("^Taken")).wait_for()  # The page says so by itself.
    expect(page.locator("#bank-file")).to_be_focused()
    expect(page.locator("#run-actions .primary")).to_have_text("Mark as sent")
    page.get_by_role("link", name="Mark as sent").click()
    page.get_by_label("Reference").fill("SEPA 7")
    page.get_by_role("button", name="Mark as sent").click()
    page.get_by_text("marked as sent, and").wait_for()
    page.locator("tbody .row-link").first.click()
    page.get_by_role("link", name=due).click()
    page.get_by_role("heading", name=due).wait_for()
    page.get_by_role("link", name="payout no.").first.click()  # The deal's passport leads back to its payout.
    page.wait_for_url(re.compile(r"/payouts/[0-9a-f-]{36}$"))
    number = page.locator("h1").inner_text()

    other = open_page("northwind")
    other.goto("/rewards")
    other.get_by_role("navigation", name="Earnings", exact=True).get_by_role("link", name="Payouts").click()
    other.get_by_role("link", name=number, exact=True).first.click()
    other.get_by_text("Northwind GmbH").first.wait_for()
    assert due not in other.content()
    other.evaluate("() => { window.print = () => document.body.dataset.printed = 'yes' }")
    other.get_by_role("button", name="Print").click()
    other.wait_for_function("() => document.body.dataset.printed === 'yes'")
    with other.expect_download() as waited:
        other.get_by_role("link", name="Lines as CSV").click()
    assert "5.00,USD,Reward" in waited.value.path().read_text()


def test_on_paper_a_statement_is_black_on_white_without_the_menu(open_page, server):
    with server.connected():
        payout = things.of(server.world.acme).names[("payouts", "uuid")]
    page = open_page("acme", color_scheme="dark")
    page.goto(f"/payouts/{payout}")
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".sidebar", ".page-actions", ".breadcrumbs", ".banner"):
        expect(page.locator(hidden).first, hidden).to_be_hidden()
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    page.set_viewport_size({"width": 680, "height": 960})  # What is left of a sheet of paper stays a table.
    expect(page.locator(".statement .table tbody tr").first).to_have_css("display", "table-row")


def test_everything_works_without_scripts(open_page, due):
    page = open_page("acme", java_script_enabled=False)
    page.goto("/payouts")
    page.get_by_label("Northwind, USD").check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Record 1 payout").click()
    page.wait_for_url(re.compile(r"/payouts/runs/[0-9a-f-]{36}$"))
    page.locator("tbody .row-link").first.click()
    page.wait_for_url(re.compile(r"/payouts/[0-9a-f-]{36}$"))
    page.locator("main summary", has_text="More").click()
    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Reason").fill("The bank returned it")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Reason: The bank returned it").wait_for()
