"""Whoever chose Loyalty is led to the first card from the start page, and to no deal."""

from portal.domain.accounts.partners import areas
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from tests.support import loyalty


def test_who_chose_loyalty_is_led_to_the_first_card(world):
    areas.choose(world.acme.partner, {"loyalty"})
    page = world.as_("acme").get("/").text
    assert "To your first card" in page and "To your first deal" not in page
    assert 'href="/templates/new"' in page
    card = loyalty.card(world.acme)
    assert 'href="/cards"' in world.as_("acme").get("/").text
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 1))
    assert "To your first card" not in world.as_("acme").get("/").text


def test_who_chose_to_sell_is_led_to_the_first_deal_alone(world):
    areas.choose(world.acme.partner, {"affiliate"})
    page = world.as_("acme").get("/").text
    assert "To your first deal" in page and "To your first card" not in page
