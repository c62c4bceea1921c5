"""A guest on a phone finds an offer, signs in by a mailed code, likes it, uses it, and sees the use counted down."""

import re

import pytest
from playwright.sync_api import expect

from portal.domain.mail.tables import Mail
from portal.domain.member_offers.uses.tables import OfferMember
from portal.domain.members.sign_ins import codes
from tests.support import club_offers


@pytest.fixture
def tea(server, app_pool):
    app_pool(server.settings)
    with server.connected():
        return club_offers.offer(server.world.acme, "Journey tea", active_seconds=600, description="Green")


@pytest.fixture
def mail(server):
    with server.connected():
        address = "journey-tea@example.com"
        club_offers.member(server.world.acme, first_name="Jona", mail=address)
        return address


def code_for(server, mail: str) -> str:
    with server.connected():
        while codes.answer_asked():
            pass
        text = Mail.select().where(Mail.to == mail).order_by(Mail.id.desc()).get().text
    return re.search(r"^\d{4} \d{4}$", text, re.MULTILINE)[0]


@pytest.mark.browser
def test_a_guest_signs_in_and_uses_an_offer(server, open_page, axe, tea, mail):
    phone = open_page(device="iPhone 13", axe=True)
    phone.goto("/club/acme/")
    phone.get_by_role("link", name="All offers").click()
    phone.get_by_role("searchbox", name="Search").fill("journey")
    phone.get_by_role("button", name="Show").click()
    expect(phone).to_have_url(re.compile("search=journey"))
    expect(phone.locator(".club-offer")).to_have_count(1)
    assert axe(phone) == []
    phone.get_by_role("link", name="Journey tea").click()
    phone.get_by_role("link", name="Sign in to use or like it").click()
    phone.get_by_label("Mail address").fill(mail)
    phone.get_by_role("button", name="Mail me a code").click()
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()
    phone.get_by_label("Code").fill(code_for(server, mail))
    phone.get_by_role("button", name="Sign in").click()

    expect(phone.get_by_role("heading", name="Journey tea")).to_be_visible()
    phone.get_by_role("button", name="Like it", exact=True).click()
    expect(phone.get_by_role("button", name="Liked – take it back")).to_be_visible()
    phone.get_by_role("link", name="Use it").click()
    phone.get_by_role("button", name="Use it now").click()
    clock = phone.locator("[data-use-clock]")
    expect(clock).to_have_text(re.compile(r"^0\d:\d\d$"))
    assert axe(phone) == []

    phone.reload()
    expect(clock).to_have_text(re.compile(r"^0\d:\d\d$"))
    with server.connected():
        OfferMember.update(active_until=None).where(OfferMember.terms == tea).execute()
    # The page comes to sight again, and asks anew.
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.get_by_text("This use has ended.").first).to_be_visible()
    expect(clock).to_be_hidden()
    phone.get_by_role("link", name="Back to the offer").click()
    expect(phone.get_by_role("link", name="Use it")).to_be_visible()
