"""A member, from the poster's code to the first reward, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from portal.domain.cards.asking import asking
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.mail.tables import Mail
from portal.domain.members.sign_ins import codes
from tests.support import loyalty


@pytest.fixture
def template(server, app_pool) -> CardTemplate:
    app_pool(server.settings)  # Links and codes are signed as the server does.
    with server.connected():
        return loyalty.template(server.world.acme, 0, name=f"Card {CardTemplate.select().count()}", stamps_total=3)


def newest_mail(server, mail: str, answer_asked) -> str:
    """What was mailed once the worker took up what was asked for."""
    with server.connected():
        while answer_asked():
            pass
        return Mail.select().where(Mail.to == mail).order_by(Mail.id.desc()).get().text


def book(server, *asked: Asked) -> None:
    """As the counter does."""
    with server.connected():
        card = Card.select().order_by(Card.id.desc()).get()
        for one in asked:
            booking.book(card.partner_id, card.serial, one)


@pytest.mark.browser
def test_a_member_comes_by_the_posters_code_and_gets_a_reward(server, open_page, template):
    shop, mail = open_page("acme"), f"ada{template.id}@lovelace.example"
    shop.goto(f"/templates/{template.uuid}/links")
    poster = shop.locator("body").inner_html()
    phone = open_page(device="iPhone 13")
    phone.goto(re.search(rf"/c/new/{template.key}", poster)[0])
    phone.get_by_label("First name").fill("Ada")
    phone.get_by_label("Mail address").fill(mail)
    phone.get_by_label("I agree that Acme keeps").check()
    phone.get_by_role("button", name="Get the card").click()
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()

    phone.goto(re.search(r"/c/asked/\w+", newest_mail(server, mail, asking.answer_asked))[0])
    phone.get_by_role("button", name="Get my card").click()
    expect(phone.get_by_role("heading", name=template.name, exact=True)).to_be_visible()
    expect(phone.get_by_text("0 of 3 stamps", exact=True)).to_be_visible()

    book(server, Asked("add-stamp", 1), Asked("add-stamp", 2))
    phone.reload()
    expect(phone.get_by_text("1 reward", exact=False).first).to_be_visible()
    book(server, Asked("subtract-reward", 1))
    phone.reload()
    expect(phone.get_by_text("−1 reward", exact=False)).to_be_visible()

    phone.goto("/club/acme/")
    phone.get_by_role("link", name="Sign in").click()
    phone.get_by_label("Mail address").fill(mail)
    phone.get_by_role("button", name="Mail me a code").click()
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()
    code = re.search(r"^\d{4} \d{4}$", newest_mail(server, mail, codes.answer_asked), re.MULTILINE)[0]
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", name="Hello Ada")).to_be_visible()
    phone.get_by_role("link", name=f"{template.name}: ").click()
    expect(phone.get_by_text("−1 reward", exact=False)).to_be_visible()
