"""A page that answers a form is left by a link, by Back and by Forward, and come back to: what was typed stands there."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.support import things

pytestmark = pytest.mark.browser

scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def leave_and_come_back(page, elsewhere="/terms"):
    """To another page, Back, Back again, Forward, and the page anew. Chromium shows no page where it would ask to send again."""
    page.goto(elsewhere)
    page.go_back()
    page.go_back()
    page.go_forward()
    page.reload()


@pytest.fixture
def code(server):
    """A catalog of acme's, with an offer and a deal."""
    with server.connected():
        return things.of(server.world.acme).names["short_code"]


@scripts
def test_a_refused_form_keeps_what_was_typed(open_page, code, scripts):
    page = open_page("acme", java_script_enabled=scripts)
    for path, name, typed, button in (
        ("/catalogs/new", "reward_percent", "500", "Add the catalog"),
        (f"/catalogs/{code}/landings/new", "url", "no address", "Add the landing"),
        ("/account/team/invitations/new", "mail", "no address", "Send the invitation"),
        ("/deals/new", "cost", "-5", "Record the deal"),
    ):
        page.goto(path)
        page.locator(f"[name={name}]").first.fill(typed)
        page.get_by_role("button", name=button).click()
        page.locator("[aria-invalid=true]").first.wait_for()
        leave_and_come_back(page)
        expect(page.locator(f"[name={name}]").first, path).to_have_value(typed)
        expect(page.locator("[aria-invalid=true]").first, path).to_be_attached()


@scripts
def test_a_stranger_keeps_it_too(page, open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto("/sign-up")
    page.get_by_label("Mail address").fill("not an address")
    page.get_by_role("button", name="Sign up").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    leave_and_come_back(page, "/sign-in")
    expect(page.get_by_label("Mail address")).to_have_value("not an address")


@scripts
def test_a_form_of_another_window_waits_until_one_acts_for_its_partner_again(open_page, scripts):
    page, typed = open_page("acme", java_script_enabled=scripts), f"Typed {secrets.token_hex(3)}"
    page.goto("/catalogs/new")
    page.get_by_label("Title").fill(typed)
    other = page.context.new_page()
    other.goto("/account/sign-ins")
    other.locator("details:has([action='/test-mode']) > summary").click()
    other.get_by_role("button", name="Go to test mode").click()
    other.get_by_text("Leave test mode").first.wait_for(state="attached")
    page.get_by_role("button", name="Add the catalog").click()
    page.get_by_text("opened for another of your partners").wait_for()
    leave_and_come_back(page)
    page.get_by_role("button", name="Work for that partner").click()
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("heading", name=typed).wait_for()


def test_a_secret_that_is_shown_once_is_not_asked_for_again_by_back_or_by_a_reload(open_page):
    page = open_page("acme")
    for leave in (lambda: leave_and_come_back(page), page.reload):
        page.goto("/developers/tokens/new")
        page.get_by_label("Name").fill("Shown once")
        page.get_by_role("button", name="Make the token").click()
        page.get_by_role("heading", name="Copy your new token").wait_for()
        leave()
        page.get_by_role("heading", name="API tokens").wait_for()
