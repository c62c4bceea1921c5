"""The club as an app: its manifest, its mark, and the one worker."""

import io
import json

import pytest
from PIL import Image

from portal.domain.cards.templates.tables import CardTemplate
from tests.support import loyalty


@pytest.fixture
def card(world):
    return loyalty.card(world.acme, background="#204060")


def test_a_club_is_one_app_that_begins_with_it_or_with_the_card_whose_link_was_opened(world, card):
    visitor = world.anonymous()
    of_club, of_card = (visitor.get(f"/club/acme/{part}app.webmanifest") for part in ("", f"c/{card.key}/"))
    assert of_club.mimetype == "application/manifest+json"
    both = [json.loads(answer.text) for answer in (of_club, of_card)]
    assert [(one["id"], one["scope"]) for one in both] == [("/club/acme/", "/club/acme/")] * 2
    assert [one["start_url"] for one in both] == ["/club/acme/", f"/club/acme/c/{card.key}"]
    assert both[0]["theme_color"] == "#204060" and both[0]["name"] == "Acme"
    assert f"/club/acme/c/{card.key}/app.webmanifest" in visitor.get(f"/club/acme/c/{card.key}").text


@pytest.mark.parametrize("name", ["Acme", "Ёлка"])
def test_its_mark_is_drawn_in_the_colours_of_its_cards(world, card, name):
    type(card.partner).update(name=name).where(type(card.partner).id == world.acme.id).execute()
    answer = world.anonymous().get("/club/acme/icon-192.png")
    with Image.open(io.BytesIO(answer.data)) as icon:
        assert icon.size == (192, 192) and icon.getpixel((2, 2)) == (0x20, 0x40, 0x60)
        assert icon.getextrema()[0] == (0x20, 0xFF), "Something stands on it."
    assert world.anonymous().get("/club/acme/icon-100.png").status_code == 404


def test_the_worker_is_for_all_clubs_speaks_all_languages_and_asks_nobody_else(world, card):
    answer = world.anonymous().get("/club/sw.js")
    assert answer.mimetype == "text/javascript" and "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert '"ru": {"news": "\\u' in answer.text and answer.headers["Cache-Control"] == "no-cache"
    assert world.anonymous().get("/club/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code in (
        200,
        304,
    )


def test_the_club_looks_like_the_oldest_template_of_which_cards_are_issued(world, card):
    loyalty.template(world.acme, 0, background="#aa0000")
    assert "#204060" in world.anonymous().get("/club/acme/").text
    CardTemplate.update(archived_at=card.created_at).where(CardTemplate.id == card.template_id).execute()
    assert 'content="#aa0000"' in world.anonymous().get("/club/acme/").text
