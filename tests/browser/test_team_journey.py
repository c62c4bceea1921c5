"""An owner invites somebody, who follows the mailed link and works there until the owner says otherwise."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.account.mails import newest_link

pytestmark = pytest.mark.browser


def test_from_the_invitation_to_the_removal(server, open_page, axe):
    mail, owner = f"ivy-{secrets.token_hex(4)}@new.example", open_page("acme", axe=True)
    owner.goto("/")
    owner.get_by_role("link", name="Settings").click()
    owner.get_by_role("link", name="Team").click()
    owner.get_by_role("link", name="Invite somebody").click()
    owner.get_by_label("Mail address").fill(mail)
    owner.get_by_label(re.compile("^Viewer")).check()
    owner.get_by_role("button", name="Send the invitation").click()
    owner.get_by_role("row", name=mail).get_by_text("works until").wait_for()
    assert axe(owner) == []

    with server.connected():
        link = newest_link(mail)
    ivy = open_page(device="iPhone 13", axe=True)
    ivy.goto(link)
    ivy.get_by_text("to work for Acme as viewer").wait_for()
    assert axe(ivy) == []
    ivy.get_by_label("Your name").fill("Ivy Invited")
    ivy.get_by_label("Password").fill("a long enough password")
    ivy.get_by_role("button", name="Join").click()
    ivy.get_by_text("You work for Acme as viewer").wait_for()
    ivy.goto("/catalogs")
    expect(ivy.get_by_role("link", name="Add a catalog")).to_have_count(0)
    ivy.goto("/account/memberships")
    ivy.get_by_role("link", name="Leave").click()
    ivy.get_by_role("heading", name="Leave Acme?").wait_for()
    assert axe(ivy) == []

    owner.reload()
    owner.get_by_role("link", name="Change role of Ivy Invited").click()
    owner.get_by_label(re.compile("^Manager")).check()
    owner.get_by_role("button", name="Change the role").click()
    owner.get_by_text("Ivy Invited is manager from now on.").wait_for()
    assert ivy.goto("/catalogs/new").status == 200

    owner.get_by_role("link", name="Remove Ivy Invited").click()
    owner.get_by_role("button", name="Remove").click()
    owner.get_by_text("Ivy Invited no longer works for Acme.").wait_for()
    assert ivy.goto("/catalogs/new").status == 403
    ivy.goto(link)
    ivy.get_by_text("It was accepted already").wait_for()
    assert axe(ivy) == []


def test_an_invitation_is_withdrawn_in_a_dialog_and_a_currency_found_by_typing(open_page):
    owner = open_page("wind")  # She acts for another partner afterwards, and no other test asks for her.
    mail = f"wes-{secrets.token_hex(4)}@new.example"
    owner.goto("/account/team/invitations/new")
    owner.get_by_label("Mail address").fill(mail)
    owner.get_by_role("button", name="Send the invitation").click()
    owner.get_by_role("row", name=mail).get_by_role("link", name="Withdraw").click()
    owner.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    owner.get_by_text(f"The invitation for {mail} is withdrawn.").wait_for()

    owner.goto("/account/memberships/new")
    owner.get_by_label("Name").fill(f"Found {mail}")
    owner.get_by_label("Find another: Currency").press_sequentially("swiss")
    owner.get_by_label("Swiss franc (CHF)").check()
    owner.get_by_role("button", name="Found the partner").click()
    owner.get_by_text(f"Found {mail} is there, and you work for it now.").wait_for()
    owner.goto("/account/partner")
    owner.get_by_text("CHF").wait_for()
