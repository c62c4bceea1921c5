"""Member offers and collections are found where people look for them: in the search, in the activity, in a person's data."""

import json
import re

import pytest

from portal.domain.accounts.partners import areas
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.clicks import of_members
from portal.domain.events import log
from portal.domain.feed.ties import clicks
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.words import CLUB
from portal.domain.members import bans, members
from portal.domain.search import search
from tests.support import club_offers, feeding


def hits(party, text: str) -> set[tuple[str, str]]:
    return {(hit.kind, hit.name) for hit in search.find(party.id, "owner", text)}


@pytest.mark.on_both_engines
def test_offers_are_found_by_name_tag_and_catalog_and_collections_by_title(world):
    tea = club_offers.offer(world.acme, "Free tea", tags=["Vegan", "Südtirol"], stores=["Mitte"])
    shelf = collections.make(world.acme.id, {"title": "Breakfast time"})
    shop = feeding.catalog(world.acme, title="Bakery")
    sold = feeding.offer(world.acme, shop, name="Cake")
    terms.put(sold, {})
    club_offers.offer(world.rival, "Free tea", tags=["Vegan"])
    member_offer = ("member offer", "Free tea")
    for text in ("free te", "TEA free", "vegan", "sudtirol", "vegan tea", str(tea.offer_id), tea.offer.uuid):
        assert member_offer in hits(world.acme, text), text
    assert hits(world.acme, "breakf") == {("collection", "Breakfast time")}
    assert ("collection", "Breakfast time") in hits(world.acme, str(shelf))
    assert ("member offer", "Cake") in hits(world.acme, "cake bakery")
    assert hits(world.acme, sold.uuid) == {("offer", "Cake")}  # One page tells all its faces.
    for text in ("breakfast", str(shelf), sold.uuid, tea.offer.uuid):
        assert not hits(world.rival, text) & {member_offer, ("collection", "Breakfast time"), ("member offer", "Cake")}
    assert hits(world.rival, "vegan") == {member_offer}
    ranks = {text: search.find(world.acme.id, "owner", text)[0].rank for text in ("free", "vegan", "sudtirol")}
    assert ranks == {"free": 1, "vegan": 1, "sudtirol": 2}  # by its name, by its first tag, by another one


@pytest.mark.engine("sqlite")
def test_what_is_found_leads_to_its_page_while_the_area_is_there(world):
    tea = club_offers.offer(world.acme, "Free tea")
    shelf = collections.make(world.acme.id, {"title": "Breakfast"})
    places = {"free tea": f"/member-offers/{tea.offer_id}", "breakfast": f"/collections/{shelf}"}
    for who in ("owner", "viewer"):
        visitor = world.as_("acme", who)
        for text, place in places.items():
            assert f'href="{place}"' in visitor.get(f"/search?q={text}").text and visitor.get(place).status_code == 200
    areas.switch(Partner.get_by_id(world.acme.id), CLUB, False)
    for text, place in places.items():
        assert f'href="{place}"' not in world.as_("acme").get(f"/search?q={text}").text


@pytest.mark.engine("sqlite")
def test_the_activity_leads_to_an_offer_that_is_in_no_catalog(world):
    alone, owner = club_offers.offer(world.acme, "Free tea"), world.as_("acme")
    place = f"/offers/{alone.offer.uuid}"
    while log.give_positions():
        pass
    assert f'href="{place}"' in owner.get("/account/activity").text
    answer = owner.get(place)
    assert (answer.status_code, answer.location) == (302, f"/member-offers/{alone.offer_id}")
    assert "Free tea" in owner.get(answer.location).text
    foreign = club_offers.offer(world.rival).offer.uuid
    assert owner.get(f"/offers/{foreign}").status_code == owner.get("/offers/none").status_code == 404


@pytest.mark.engine("sqlite")
def test_a_persons_data_tells_of_their_clicks_codes_and_ban_and_erasing_ends_them(world):
    mia, owner = club_offers.member(world.acme, external_user_id="mia"), world.as_("acme")
    offer, _ = feeding.listed(world.acme, batch=feeding.batch(world.acme, 2), code_type="dynamic")
    click = clicks.click(world.acme.id, False, offer.uuid, "mia")
    bans.ban(mia, members.clock.now().replace(year=2040), "Sold codes")
    page = f"/customers/{mia.uuid}"
    tab = owner.get(f"{page}?tab=clicks").text
    assert "Opened the offer’s address" in tab and click.code in tab and f'href="/offers/{offer.uuid}"' in tab
    known = json.loads(owner.get(f"{page}/data.json").text)
    assert known["ban"]["reason"] == "Sold codes" and known["ban"]["until"].startswith("2040")
    assert {name for one in known["elsewhere"]["clicks"] for *_, name in [one["things"][0].values()]} == {
        offer.name,
        click.code,
    }
    members.erase(mia)
    key = re.search("click=(.*)", click.leads_to)[1]
    assert of_members.whose(world.acme.id, key, members.clock.now() - members.clock.now().replace(year=2020)) is None
