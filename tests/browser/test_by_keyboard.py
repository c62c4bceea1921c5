"""What people do with the keyboard alone, and what they do where no script runs: every act stands for both."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from portal.domain.cards.cards.tables import Card
from portal.domain.identifiers import new_uuid
from tests.affiliate import things
from tests.support import desk, loyalty
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.browser
# What has the focus, and whether that is seen: by its own line or by that of what it stands in.
FOCUS = """() => {
    const here = document.activeElement, lines = [here, here.closest(".filter-field"), here.closest("label")].filter(Boolean);
    const isSeen = lines.some(one => ["", "::after"].some(part => getComputedStyle(one, part || null).outlineStyle !== "none"));
    return [(here.getAttribute("aria-label") || here.innerText || here.name || "").trim(), isSeen, here === document.body];
}"""
MOST = 90  # presses of Tab, more than any page has places above its first row


def reach(page, name: str) -> None:
    """Go on by Tab until what has the focus is called so; wherever it is on the way, it is seen."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        called, is_seen, is_nowhere = page.evaluate(FOCUS)
        assert is_seen or is_nowhere, called
        if re.match(name, called):
            return
    raise AssertionError(f"{name} is not reached")


@pytest.fixture
def catalog(server):
    """A catalog of acme's with two deals that nobody paid yet."""
    code = f"keys-{secrets.token_hex(3)}"
    with server.connected():
        made = things.catalog(server.world.acme.partner, code, code)
        things.offer(made)
        for number in range(2):
            things.deal(made, f"{code}-{number}", "Created")
    return made


@pytest.fixture
def card(server) -> Card:
    with server.connected():
        return loyalty.card(server.world.acme, name="Coffee")


def test_somebody_signs_in_chooses_deals_and_cancels_them(server, open_page, catalog):
    page = open_page()
    page.goto("/sign-in")
    expect(page.locator("[name=mail]")).to_be_focused()  # It is once the page was drawn, and not when it is there.
    page.keyboard.type(server.world.acme.users["owner"].mail)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Portal").wait_for()
    page.goto(f"/deals?catalog={catalog.short_code}")
    expect(page.locator("tbody tr")).to_have_count(2)
    for number in (1, 0):
        reach(page, f"Choose {catalog.catalog_code}-{number}")
        page.keyboard.press("Space")
        expect(page.get_by_role("checkbox", name=f"Choose {catalog.catalog_code}-{number}")).to_be_checked()
    act = page.locator(".bulk").get_by_role("button", name="Cancel the chosen")
    expect(act).to_be_visible()
    for _ in range(MOST):
        page.keyboard.press("Shift+Tab")
        if act.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Cancel 2 deals?").wait_for()
    reach(page, "Cancel 2 deals")
    page.keyboard.press("Enter")
    page.get_by_text("2 deals are canceled").first.wait_for()


def test_a_question_has_the_focus_on_what_keeps_the_thing_and_gives_it_back(server, open_page, catalog):
    with server.connected():
        things.landing(catalog, "https://shop.example/keys")
    page = open_page("acme")
    page.goto(f"/catalogs/{catalog.short_code}/landings")
    reach(page, "Remove$")
    page.keyboard.press("Enter")
    question = page.get_by_role("dialog")
    expect(question.get_by_role("heading")).to_have_text("Remove the landing https://shop.example/keys?")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    assert page.evaluate(FOCUS)[0] == "Remove"


def test_a_cashier_gives_a_stamp_and_takes_it_back(open_page, card):
    page = open_page("acme", "cashier")
    page.goto("/counter?where=none")
    page.goto("/counter")
    expect(page.get_by_label("Number of the card")).to_be_focused()
    page.keyboard.type(card.serial)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/counter/cards/{card.serial}$"))
    reach(page, "Add stamps")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Stamps")).to_be_focused()
    page.keyboard.type("2")
    expect(page.locator("#foreseen input[name=seen]")).to_be_attached()
    reach(page, "Add stamps")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done="))
    reach(page, "Undo")
    page.keyboard.press("Enter")
    page.get_by_text("Undone").first.wait_for()


def test_without_scripts_deals_are_canceled_together(open_page, catalog):
    page = open_page("acme", java_script_enabled=False)
    page.goto(f"/deals?catalog={catalog.short_code}")
    page.get_by_label(f"Choose {catalog.catalog_code}-0").check()
    page.locator(".bulk").get_by_role("button", name="Cancel the chosen").click()
    page.get_by_role("button", name="Cancel 1 deal").click()
    page.get_by_text("1 deal is canceled").first.wait_for()


def test_without_scripts_a_coupon_is_assigned_and_checked(server, open_page):
    with server.connected():
        event = desk.event(server.world.acme)
        desk.listing(desk.level(event))
        coupon = desk.coupon(server.world.acme, code=f"PLAIN-{new_uuid()[:6]}".upper())
    page = open_page("acme", java_script_enabled=False)
    page.goto(f"/coupons/assign?coupon={coupon.id}")
    page.locator("[name=start]").fill("2020-01-01")
    page.locator("[name=end]").fill("2050-01-01")
    page.get_by_label("Every event, past and to come").check()
    page.get_by_role("button", name="Assign them").click()
    page.get_by_text("The coupon is assigned.").first.wait_for()
    page.goto(f"/coupon-check?code={coupon.code}&event={event.id}")
    page.get_by_text("Can be used").first.wait_for()


def test_without_scripts_a_card_takes_an_operation_once_it_was_shown_what_it_does(open_page, card):
    page = open_page("acme", java_script_enabled=False)
    page.goto(f"/cards/{card.serial}")
    page.get_by_role("link", name="Book an operation").click()
    page.get_by_role("spinbutton", name="Stamps").fill("3")
    page.get_by_role("button", name="Look what it does").click()
    page.get_by_role("button", name="Add stamps").click()
    page.wait_for_url(re.compile(f"/cards/{card.serial}"))
    page.get_by_text("0 stamps → 3 stamps").first.wait_for()
