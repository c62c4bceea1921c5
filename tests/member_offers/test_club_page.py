"""The club's address in the portal: passed on, printed, and what stands behind it."""

import pytest

from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.terms import settings
from tests.support import club_offers

pytestmark = pytest.mark.engine("sqlite")


def test_a_club_that_nobody_sees_says_what_brings_it_about(world):
    page = world.as_("acme", "manager").get("/club-page").text
    assert "Nobody sees the club yet" in page and 'href="/member-offers/new"' in page
    assert world.anonymous().get("/club/acme/").status_code == 404


def test_the_address_is_there_to_copy_to_open_and_to_scan_with_what_members_see_there(world):
    club_offers.offer(world.acme, "Coffee")
    club_offers.offer(world.acme, "Cake", is_shown=False)
    collections.make(world.acme.id, {"title": "At the hut"})
    page = world.as_("acme", "viewer").get("/club-page").text
    address = f"{world.app.config['SETTINGS'].public_url}/club/acme/"
    assert f"<code>{address}</code>" in page and f'href="{address}"' in page and "<svg" in page
    figures = page.split('class="thing-facts"')[1].split("</dl>")[0]
    assert [part.split("</dd>")[0] for part in figures.split("<dd>")[1:4]] == ["1", "1", "1"]
    assert world.anonymous().get("/club/acme/").status_code == 200


def test_how_long_a_use_is_shown_holds_for_all_offers_that_say_nothing_else(world):
    visitor = world.as_("acme", "manager")
    visitor.post("/club-page/uses", {"active_seconds": "300"})
    assert settings.active_seconds(world.acme.id) == 300 and "5 minutes" in visitor.get("/club-page").text
    visitor.post("/club-page/uses", {"active_seconds": "7"})
    assert settings.active_seconds(world.acme.id) == 300
    assert world.as_("acme", "viewer").post("/club-page/uses", {"active_seconds": "60"}).status_code == 403
    assert settings.active_seconds(world.rival.id) == 35


def test_a_poster_of_the_club_is_in_its_readers_language_and_says_what_is_wished(world):
    visitor = world.as_("acme", "viewer")
    assert 'href="/club-page/poster"' in visitor.get("/club-page").text
    sheet = visitor.get("/club-page/poster?paper=a5&language=ru&says=%3Cb%3E", htmx=True).text
    assert "Наведите камеру" in sheet and "Войдите по адресу почты" in sheet
    assert "poster-a5" in sheet and 'lang="ru"' in sheet and "&lt;b&gt;" in sheet and "<html" not in sheet


def test_owners_have_their_apps_beside_it_in_the_menu(world):
    assert 'href="/club-apps"' in world.as_("acme", "owner").get("/club-page").text
    assert 'href="/club-apps"' not in world.as_("acme", "viewer").get("/club-page").text
