"""A person sets a second factor up, signs in with it, and turns it off, in a real browser."""

import re
import secrets

import pyotp
import pytest
from playwright.sync_api import expect

from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.sign_ins.tables import SecondFactor
from portal.domain.accounts.tables import Membership, User

pytestmark = pytest.mark.browser
PASSWORD = "a password of this journey"


@pytest.fixture
def mail(server):
    """Somebody of acme's whom no other test knows."""
    with server.connected():
        mail = f"journey-{secrets.token_hex(4)}@acme.example"
        user = User.create(mail=mail, name="Jo Journey", password_hash=passwords.hashed(PASSWORD))
        Membership.create(user=user, partner=server.world.acme.partner, role="manager")
    return mail


def half_a_minute_passes(server, mail):
    with server.connected():
        SecondFactor.update(last_step=0).where(SecondFactor.user == User.get(User.mail == mail)).execute()


def give_password(page, mail):
    page.goto("/sign-in?next=/deals")
    page.get_by_label("Mail address").fill(mail)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_set_up_sign_in_and_turn_off(server, open_page, mail, scripts):
    page = open_page(java_script_enabled=scripts)
    give_password(page, mail)
    page.wait_for_url(re.compile("/deals$"))
    page.goto("/account/second-factor")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("img", name="QR code").wait_for()
    app = pyotp.TOTP(page.locator(".copyable code").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(app.now())
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("link", name="Download").wait_for()
    codes = page.locator(".copyable code").inner_text().split()
    assert len(codes) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert all(code in download.value.path().read_text() for code in codes)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("10 of 10").wait_for()

    again = open_page(java_script_enabled=scripts)
    give_password(again, mail)
    again.get_by_label("Code").fill("000000")
    again.get_by_role("button", name="Sign in").click()
    again.get_by_text("does not fit or was used already").wait_for()
    again.get_by_label("Code").fill(codes[0])
    again.get_by_role("button", name="Sign in").click()
    again.wait_for_url(re.compile("/deals$"))

    half_a_minute_passes(server, mail)
    again.goto("/account/second-factor")
    again.get_by_text("9 of 10").wait_for()
    again.get_by_role("link", name="Turn it off").click()
    again.get_by_label("Your password").fill(PASSWORD)
    again.get_by_label("Code of your app").fill(app.now())
    again.get_by_role("button", name="Turn it off").click()
    again.get_by_text("Your second factor is off.").first.wait_for()


def test_a_person_chooses_what_is_mailed(server, open_page):
    page = open_page("rival", "viewer")
    page.goto("/account/notifications")
    page.get_by_label("A merchant has sent you money, or takes a payout back").check()
    page.get_by_role("button", name="Save the choice for Rival").click()
    page.get_by_text("Your choice is kept.").first.wait_for()
    expect(page.get_by_label("A merchant has sent you money, or takes a payout back")).to_be_checked()
    expect(page.get_by_label("Deals that you brought are canceled")).not_to_be_checked()
