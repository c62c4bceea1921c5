"""The part of each thing's page that tells where it comes from and where it leads, and the page that it asks for."""

import re

import pytest

from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.graph.ways import GRAPH
from portal.graph import pages
from tests.support import story

# Of these people see no page of their own, but that of their links.
WITHOUT_PAGE = {
    "promo_code",
    "click",
    "reward",
    "cancellation",
    "refund",
    "coupon_use",
    "card_operation",
    "offer_use",
    "feed_listing",
}


@pytest.fixture
def begin():
    return story.begin


@pytest.fixture
def told(world):
    return world.begun


def linked(page: str) -> list[str]:
    inside = page.partition('id="graph"')[2].partition("</main>")[0]
    return [address.replace("&amp;", "&") for address in re.findall('<a [^>]*href="([^"]+)"', inside)]


def test_from_any_thing_every_thing_is_reached_by_clicking(world, told):
    """Each link leads to a page, and the page of a thing has a way on to its own links, without scripts too."""
    owner = world.as_("acme")
    ahead, seen = [f"/graph/{kind}/{thing_id}" for kind, thing_id in told.ids.items()], set()
    of_things = set()
    while ahead:
        if (place := ahead.pop()) in seen:
            continue
        seen.add(place)
        answer = owner.get(place, follow_redirects=True)
        assert answer.status_code == 200, place
        if place.startswith("/graph/"):
            ahead += [one for one in linked(answer.text) if not one.endswith("?all=1")]
        else:
            on = re.findall(r'<a class="button"\s+href="(/graph/[^"]+)"', answer.text)
            assert on, place
            of_things |= {one.split("/")[2] for one in on}
            ahead += on
    assert of_things == GRAPH.nodes.keys() - WITHOUT_PAGE
    assert {place.split("/")[2] for place in seen if place.startswith("/graph/")} == GRAPH.nodes.keys()


def test_the_whole_story_of_a_thing_is_told_in_its_order(world, told):
    page = world.as_("acme").get(f"/graph/push/{told.ids['push']}?all=1").text
    story_of = [text.strip() for text in re.findall(r'class="timeline-text">([^<·]+)', page)]
    happened = [word for word in story_of if word in ("Click", "Deal", "Operation on a card", "Push")]
    assert happened == ["Click", "Deal", "Operation on a card", "Push"]
    assert {"Catalog", "Offer", "Promoter", "Customer", "Card", "Reward", "Payout"} <= set(story_of)
    assert f'href="/deals/{told.ids["deal"]}"' in page and "by-code" not in page


def test_each_kind_has_an_icon_and_each_way_it_can_stand_a_tone_and_an_icon(app):
    """Colour and icon tell apart what a line of words would have to be read for."""
    assert pages.ICONS.keys() == GRAPH.nodes.keys()
    with app.test_request_context():
        known = app.jinja_env.get_template("ui/badge.html").module.STATUSES
    assert {state.lower() for node in GRAPH.nodes.values() for state in node.states} <= known.keys()


def test_on_the_page_each_state_is_drawn(world, told):
    page = world.as_("acme").get(f"/graph/offer/{told.ids['offer']}").text
    drawn = re.findall(r'<span class="badge tone-(\w+)">', page.partition('id="graph"')[2].partition("</main>")[0])
    assert len(set(drawn)) > 1 and 'class="badge tone-neutral bare"' not in page


def test_a_promoters_pages_lead_on_within_what_is_the_promoters(world, told):
    promoter = world.as_("northwind")
    page = promoter.get(f"/graph/deal/{told.ids['deal']}").text
    assert {address.split("/")[1] for address in linked(page)} == {"promotions", "graph"}
    assert (
        f'href="/graph/deal/{told.ids["deal"]}"'
        in promoter.get(linked(promoter.get(f"/graph/reward/{told.ids['deal']}").text)[0]).text
    )
    assert "by-click" not in page


def test_all_of_a_relation_is_paged(world, told):
    promotion = Promotion.get(Promotion.uid == told.ids["promotion"])
    Click.insert_many(
        [{"key": f"{number:022d}", "promotion": promotion.id, "at": 9} for number in range(120)]
    ).execute()
    owner, place, met = world.as_("acme"), f"/graph/promotion/{promotion.uid}", set()
    assert "116 more" in owner.get(place).text
    place += "?relation=clicks"
    while place:
        page = owner.get(place).text
        found = re.findall('href="/graph/click/([^"]+)"', page)
        assert len(found) <= 50 and met.isdisjoint(found)
        met |= set(found)
        older = re.search('href="([^"]+)" rel="next"', page)
        place = older and older[1].replace("&amp;", "&")
    assert len(met) == 121


@pytest.mark.parametrize(
    "place", ["/graph/deal/nothing", "/graph/nothing/1", "/graph/any/%00", "/graph/card/1?relation=none"]
)
def test_what_is_not_there_is_a_page_that_says_so(world, told, place):
    assert world.as_("acme").get(place).status_code in (400, 404)
    assert world.as_("rival").get(f"/graph/deal/{told.ids['deal']}").status_code == 404


def test_a_viewer_reads_it_and_a_cashier_stays_at_the_counter(world, told):
    place = f"/graph/deal/{told.ids['deal']}"
    assert world.as_("acme", "viewer").get(place).status_code == 200
    assert world.as_("acme", "cashier").get(place).status_code != 200
