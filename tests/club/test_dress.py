"""A club wears what its partner chose: on each of its pages, as an app, and without a connection."""

import io
import json
import re

import pytest
from PIL import Image

from portal.delivery.pictures import reencode
from portal.domain.accounts.partners import club_looks
from portal.domain.accounts.tables import Partner
from portal.domain.pictures import album
from tests.support import club, club_offers

pytestmark = pytest.mark.engine("sqlite")
PLACE = "/club-page/look"
GIVEN = {"club_name": "Tea Club", "club_colour": "#0b6b53", "by_itself": "y", "club_dark": "#000000", "club_logo": ""}


@pytest.fixture
def logo(world):
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), "#ff0000").save(drawn, "PNG")
    made = reencode(drawn.getvalue())
    kept = album.keep_upload(
        world.acme.id, made.body, made.content_type, 64, 64, lambda key: f"https://portal.example/pictures/{key}"
    )
    return kept.key


def dress(world, **given) -> None:
    club_offers.offer(world.acme)
    club_looks.change(Partner.get_by_id(world.acme.id), {"club_colour": "#0b6b53", "club_name": "Tea Club", **given})


def test_the_form_dresses_the_club_and_finds_the_colour_on_dark_by_itself(world):
    owner = world.as_("acme")
    assert owner.post(PLACE, GIVEN).status_code == 303
    kept = Partner.get_by_id(world.acme.id)
    assert (kept.club_name, kept.club_colour, kept.club_dark) == ("Tea Club", "#0b6b53", None)
    assert owner.post(PLACE, {**GIVEN, "by_itself": "", "club_dark": "#ffd0e8"}).status_code == 303
    assert Partner.get_by_id(world.acme.id).club_dark == "#ffd0e8"
    assert owner.post(f"{PLACE}/removal").status_code == 303
    assert Partner.get_by_id(world.acme.id).club_colour is None


def test_a_colour_that_nobody_can_read_is_refused_beside_its_field_and_its_nearest_is_one_press_away(world):
    owner = world.as_("acme")
    refused = owner.post(PLACE, {**GIVEN, "club_colour": "#ffd000"})
    mend = re.search(r'name="mend" value="(club_colour=#[0-9a-f]{6})"', refused.text)[1]
    assert refused.status_code == 422 and "This is hard to read on #f1eeea" in refused.text
    mended = owner.post(PLACE, {**GIVEN, "club_colour": "#ffd000", "mend": mend})
    assert mended.status_code == 200 and f'value="{mend[-7:]}"' in mended.text and 'name="mend"' not in mended.text
    assert Partner.get_by_id(world.acme.id).club_colour is None


def test_the_phones_beside_the_form_are_drawn_as_it_says_and_draw_no_picture_of_anothers(world, logo):
    ours, theirs = (
        world.as_(name)
        .post(f"{PLACE}/drawn", {**GIVEN, "club_logo": f"http://127.0.0.1:8000/pictures/{logo}"}, htmx=True)
        .text
        for name in ("acme", "rival")
    )
    for page in (ours, theirs):
        assert page.count('fill="#0b6b53"') >= 3 and "Tea Club" in page and "<html" not in page
        assert page.count("<svg class") == 2


def test_every_page_of_the_club_wears_its_colours_and_its_name(world):
    dress(world)
    mia, terms = club.signed_in(world, world.acme), club_offers.offer(world.acme)
    for place in (
        "",
        "offers",
        f"offers/{terms.offer_id}",
        f"offers/{terms.offer_id}/use",
        "details",
        "password",
        "removal",
        "offline",
    ):
        page = mia.get(f"/club/acme/{place}").text
        sheet = re.search(r'href="(/club/acme/colours\.css\?v=\w+)"', page)[1]
        assert "Tea Club" in page and 'name="theme-color" content="#0b6b53"' in page
    answer = world.anonymous().get(sheet)
    assert "--accent: light-dark(#0b6b53, #" in answer.text and answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    dress(world, club_colour="#8a1a5c")
    assert sheet not in mia.get("/club/acme/").text, "What browsers keep for ever has another address."


def test_as_an_app_it_has_the_clubs_name_colours_and_logo(world, logo):
    dress(world, club_logo=logo)
    told = json.loads(world.anonymous().get("/club/acme/app.webmanifest").text)
    assert (told["name"], told["theme_color"], told["background_color"]) == ("Tea Club", "#0b6b53", "#0b6b53")
    with Image.open(io.BytesIO(world.anonymous().get(told["icons"][0]["src"]).data)) as icon:
        assert icon.getpixel((2, 2)) == (0x0B, 0x6B, 0x53)
        assert icon.getpixel((96, 96))[0] == 255 > 9 > icon.getpixel((96, 96))[1], "The logo stands on it."


def test_the_page_without_a_connection_says_nothing_of_a_member(world):
    dress(world)
    mia, guest = club.signed_in(world, world.acme), world.anonymous()
    for visitor in (mia, guest):
        page = visitor.get("/club/acme/offline").text
        assert "No connection" in page and "Mia" not in page and "csrf" not in page
    assert 'data-offline="/club/acme/offline?v=' in guest.get("/club/acme/").text


def test_a_club_without_a_look_of_its_own_loads_no_sheet(world):
    club_offers.offer(world.acme)
    assert "colours.css" not in world.anonymous().get("/club/acme/").text
    assert world.anonymous().get("/club/acme/colours.css").text == ""
