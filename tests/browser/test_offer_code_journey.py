"""A code for an offer: made at the counter, typed by the member on their phone, and the use is active."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from portal.domain.cards.cards.tables import Card
from portal.domain.member_offers.uses.tables import OfferUse
from tests.support import club_offers, things


@pytest.mark.browser
def test_a_code_of_the_counter_is_typed_on_the_phone_and_the_use_is_active(server, open_page, app_pool, axe):
    app_pool(server.settings)
    with server.connected():
        member = things.holder_of(server.world.acme)
        card = Card.get(Card.member == member, Card.deleted_at.is_null())
        name = f"Night {secrets.token_hex(4)}"
        night = club_offers.offer(server.world.acme, name, needs_authorization=True, active_seconds=3600)
    counter = open_page("acme", "cashier", device="iPhone 13", axe=True)
    counter.goto(f"/counter/cards/{card.serial}")
    counter.get_by_role("link", name="Offers of the club").click()
    expect(counter.get_by_role("heading", name="Make a code")).to_be_visible()
    assert not axe(counter)
    counter.context.set_offline(True)
    counter.get_by_role("button", name=name).click()
    expect(counter.get_by_text("There is no connection")).to_be_visible()
    counter.context.set_offline(False)
    expect(counter.get_by_text("There is no connection")).to_be_hidden()
    counter.get_by_role("button", name=name).click()
    expect(counter.locator("[data-left]")).to_have_text(re.compile(r"^09:"))
    digits = counter.locator(".spoken-code-digits").inner_text()
    assert not axe(counter)

    phone = open_page("member", device="iPhone 13")
    phone.goto(f"/club/acme/offers/{night.offer_id}/use")
    phone.get_by_label("Code of the counter").fill(digits)
    phone.get_by_role("button", name="Use it now").click()
    expect(phone.locator("[data-use]")).to_be_visible()
    with server.connected():
        assert OfferUse.select().where(OfferUse.terms == night.id).count() == 1

    counter.get_by_role("link", name="Back to the offers").click()
    counter.get_by_role("listitem").filter(has_text=name).get_by_role("link").click()
    counter.get_by_role("button", name="Undo the use").click()
    expect(counter.get_by_text("is undone.")).to_be_visible()
    phone.reload()
    expect(phone.locator("[data-use]")).to_have_count(0)
