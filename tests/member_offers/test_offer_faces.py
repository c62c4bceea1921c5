"""One offer as it looks in each place that shows it, on whichever of its pages somebody opens."""

import html
import re

import pytest

from portal.domain import verify
from portal.domain.accounts.partners import club_looks
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.terms import terms
from portal.domain.offers import offers
from portal.domain.offers.tables import Offer
from portal.domain.pictures import album
from tests.support import club_offers, feeding

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture
def visitor(world):
    yield world.as_("acme", "manager")
    assert verify.faults() == []


def text_of(part: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def faces(visitor, place: str) -> dict[str, str]:
    """The text of each face, by its title."""
    page = visitor.get(place).text
    parts = re.findall(r'<section class="card face".*?</section>', page, re.S)
    return {
        text_of(re.search(r"<h3.*?</h3>", part, re.S)[0]): text_of(re.sub(r'<p class="face-step">.*?</p>', "", part))
        for part in parts
    }


def test_an_offer_looks_the_same_on_all_of_its_pages(visitor, world):
    offer, _ = feeding.listed(world.acme, title="A fifth off", code_type="copyPaste", code="FIFTH")
    terms.put(offer, {"period": "DAY", "period_limit": 1})
    places = (f"/offers/{offer.uuid}", f"/member-offers/{offer.id}", f"/offers/{offer.uuid}/feed")
    drawn = [faces(visitor, place) for place in places]
    assert drawn[0] == drawn[1] == drawn[2]
    assert list(drawn[0]) == ["Promoters", "Members", "Offers feed"]
    promoters, members, feed = drawn[0].values()
    assert "A sale earns 10%" in promoters and "USD" in promoters
    assert "Once a day" in members and "Shown" in members
    assert "A fifth off" in feed and "FIFTH" in feed and "In the feed" in feed


def test_a_face_that_is_missing_says_what_it_is_for_and_leads_to_its_first_step(visitor, world):
    offer = club_offers.offer(world.acme, "Coffee").offer
    place = f"/member-offers/{offer.id}"
    page = visitor.get(place).text
    assert f'href="/offers/{offer.uuid}/promoters"' in page and f'href="/offers/{offer.uuid}/feed"' in page
    drawn = faces(visitor, place)
    assert "Not sold" in drawn["Promoters"] and "earn a reward" in drawn["Promoters"]
    assert "Not in the feed" in drawn["Offers feed"]


def test_whoever_may_not_edit_reads_the_faces_and_is_led_nowhere(world):
    offer = club_offers.offer(world.acme, "Coffee").offer
    assert "/promoters" not in world.as_("acme", "viewer").get(f"/member-offers/{offer.id}").text


def test_how_a_face_stands_is_as_the_place_itself_has_it(visitor, world):
    offer, _ = feeding.listed(world.acme)
    terms.put(offer, {})
    offers.change(offer, offer.catalog, {"is_active": False}, None, {})
    drawn = faces(visitor, f"/member-offers/{offer.id}")
    assert "Not now" in drawn["Promoters"] and "Hidden" in drawn["Members"] and "Not now" in drawn["Offers feed"]


def test_an_offer_in_no_catalog_is_put_into_one_without_typing_its_name_again(visitor, world):
    offer = club_offers.offer(world.acme, "Coffee", description="One a day.").offer
    catalog, place = feeding.catalog(world.acme), f"/offers/{offer.uuid}/promoters"
    assert f'<option value="{catalog.short_code}">' in visitor.get(place).text
    place = f"{place}?catalog={catalog.short_code}"
    page = visitor.get(place).text
    assert 'value="Coffee"' in page and "One a day." in page
    typed = {
        "name": "Coffee",
        "description": "One a day.",
        "prices-0-currency": "USD",
        "reward": "catalog",
        "is_active": "y",
    }
    assert visitor.post(place, typed).status_code == 422  # it costs nothing yet
    assert PromoterTerms.select().count() == 0
    visitor.post(place, typed | {"prices-0-cost": "4.50"})
    assert Offer.get_by_id(offer.id).catalog == catalog
    drawn = faces(visitor, f"/offers/{offer.uuid}")
    assert "On sale" not in drawn["Promoters"] and "4.50" in drawn["Promoters"]  # the catalog has no landing
    assert "already" in visitor.post(place, typed | {"prices-0-cost": "4.50"}).text


def test_an_offer_is_put_into_no_other_partners_catalog(visitor, world):
    offer, foreign = club_offers.offer(world.acme).offer, feeding.catalog(world.rival)
    place = f"/offers/{offer.uuid}/promoters"
    assert visitor.get(f"{place}?catalog={foreign.short_code}").status_code == 404
    assert world.as_("rival", "manager").get(place).status_code == 404
    assert world.as_("acme", "viewer").get(place).status_code == 403


def test_a_picture_is_chosen_once_for_all_faces(visitor, world):
    picture = album.keep_upload(
        world.acme.id, b"cup", "image/webp", 4, 3, lambda key: f"https://here.example/pictures/{key}"
    )
    offer, _ = feeding.listed(world.acme)
    terms.put(offer, {"images": [picture.source_url]})
    assert visitor.get(f"/offers/{offer.uuid}").text.count(f'src="/pictures/{picture.key}"') == 3


def test_pictures_are_chosen_where_an_offer_is_sold_too(visitor, world):
    offer, _ = feeding.listed(world.acme)
    place, url = f"/offers/{offer.uuid}/edit", "https://acme.example/cup.png"
    typed = {
        "name": offer.name,
        "prices-0-cost": "5",
        "prices-0-currency": "USD",
        "reward": "catalog",
        "is_active": "y",
    }
    page = visitor.post(place, typed | {"images": "", "images-address": url, "images-act": "add"}, htmx=True).text
    assert f'name="images" value="{url}"' in page and "<html" not in page and not Offer.get_by_id(offer.id).images
    visitor.post(place, typed | {"images": ["", url], "images-alt": "A cup"})
    assert Offer.get_by_id(offer.id).images == [{"url": url}] and 'value="A cup"' in visitor.get(place).text
    visitor.post(place, typed)
    assert Offer.get_by_id(offer.id).images == [{"url": url}]


def test_the_return_key_saves_and_presses_no_button_of_the_pictures(visitor, world):
    offer = feeding.offer(world.acme, images=["https://acme.example/cup.png"])
    terms.put(offer, {})
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    for place in (
        f"/offers/{offer.uuid}/edit",
        f"/member-offers/{offer.id}/edit",
        f"/collections/{collection.id}/edit",
    ):
        form = visitor.get(place).text.split("multipart/form-data")[1]
        first = re.search(r'<button[^>]*type="submit"[^>]*>', form)[0]
        assert "name=" not in first and 'tabindex="-1"' in first


def test_the_phone_of_a_face_wears_the_colours_of_the_club_and_the_page_around_it_does_not(visitor, world):
    what = club_offers.offer(world.acme, "Coffee")
    place = f"/member-offers/{what.offer_id}"
    assert "colours.css" not in visitor.get(place).text
    club_looks.change(world.acme.partner, {"club_colour": "#0b6b53"})
    for shown in (place, f"{place}/preview", "/member-offers/preview"):
        sheet = html.unescape(
            re.search(r'<link rel="stylesheet" href="(/club/[^"]+colours.css[^"]+)"', visitor.get(shown).text)[1]
        )
        told = visitor.get(sheet).text
        assert told.startswith(".face-phone {") and "--aubergine: light-dark(#0b6b53" in told
