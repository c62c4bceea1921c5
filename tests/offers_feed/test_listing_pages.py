"""How an offer is listed in the feed, through its pages."""

import re

import pytest

from portal.domain import verify
from portal.domain.feed.tables import FeedListing
from portal.domain.feed.ties import clicks, pools
from tests.support import club_offers, feeding


@pytest.fixture
def visitor(world):
    yield world.as_("acme", "manager")
    assert verify.faults() == []


def given(**more) -> dict:
    return {"leads_to": feeding.SHOP, "code_type": "availableAtCheckout"} | more


def test_an_empty_list_says_what_the_feed_is_for_and_leads_to_the_catalogs(visitor):
    page = visitor.get("/feed").text
    assert "Programs of yours" in page and 'href="/catalogs"' in page


def test_an_offer_is_listed_shown_changed_and_taken_out_by_clicking(visitor, world):
    offer = feeding.offer(world.acme, name="Trail shoes")
    place = f"/offers/{offer.uuid}/feed"
    assert place in visitor.get(f"/offers/{offer.uuid}").text
    assert visitor.post(place, given(title="A fifth off", code_type="copyPaste", code="FIFTH")).location.endswith(place)
    page = visitor.get(place).text
    assert "A fifth off" in page and "FIFTH" in page and "In the feed" in page
    clicks.click(world.acme.id, False, offer.uuid, None)
    assert "A fifth off" in visitor.get("/feed").text
    visitor.post(place, given(starts_at="2031-06-01T12:00", title=""))
    assert "Not now" in visitor.get("/feed").text and "A fifth off" not in visitor.get(place).text
    visitor.post(f"{place}/removal")
    assert "List it in the feed" in visitor.get(place).text and "Trail shoes" not in visitor.get("/feed").text


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_listed(visitor, world):
    place = f"/offers/{feeding.offer(world.acme).uuid}/feed"
    for wrong, sentence in (
        ({"leads_to": "shop"}, "absolute address"),
        ({"code_type": "copyPaste"}, "Give the code"),
        ({"code_type": "dynamic"}, "Choose a batch"),
        ({"starts_at": "2031-06-02T12:00", "ends_at": "2031-06-01T12:00"}, "end after it starts"),
    ):
        page = visitor.post(place, given(**wrong))
        assert page.status_code == 422 and sentence in page.text
    assert FeedListing.select().count() == 0


def test_a_batch_is_chosen_by_its_name_and_another_partners_is_not_taken(visitor, world):
    place = f"/offers/{feeding.offer(world.acme).uuid}/feed"
    own, foreign = feeding.batch(world.acme, 1), feeding.batch(world.rival, 1)
    assert visitor.post(place, given(code_type="dynamic", batch=str(foreign.id))).status_code == 422
    visitor.post(place, given(code_type="dynamic", batch=str(own.id)))
    assert pools.batch_of(FeedListing.get().id) == own.id


def test_a_viewer_reads_the_list_and_changes_nothing(world):
    offer, _ = feeding.listed(world.acme)
    viewer = world.as_("acme", "viewer")
    assert offer.name in viewer.get("/feed").text
    assert viewer.post(f"/offers/{offer.uuid}/feed/removal").status_code == 403
    assert f"/offers/{offer.uuid}/feed" not in viewer.get("/feed").text


@pytest.mark.engine("sqlite")
def test_whoever_lists_an_offer_no_more_is_back_on_its_page(visitor, world):
    for offer in (feeding.offer(world.acme), club_offers.offer(world.acme, "Coffee").offer):
        form = visitor.get(f"/offers/{offer.uuid}/feed").text
        back = re.search(r'<a class="[^"]*" href="([^"]+)">Cancel', form)[1]
        assert str(offer.uuid) in back or str(offer.id) in back
        assert visitor.get(back, follow_redirects=True).status_code == 200
