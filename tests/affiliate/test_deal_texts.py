"""The search of a merchant's deals finds the words that stand in their rows, exactly and in the order of the list."""

import pytest

from portal.domain.affiliate.deal_lists import export, lists, texts
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deals import rounds
from portal.domain.affiliate.deals.tables import Deal
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines


@pytest.fixture
def shop(world):
    """Two catalogs, sold by two promoters: A and B are Northwind's, C is the stranger's, D is nobody's."""
    running, camping = (
        things.catalog(world.acme.partner, "Trail running", "run"),
        things.catalog(world.acme.partner, "Camping", "camp"),
    )
    for catalog, name in ((running, "Running vest"), (running, "Shoe Crête"), (camping, "Tent")):
        things.offer(catalog, name)
    things.promotion(running, world.northwind)
    things.promotion(camping, world.northwind, "NRTHWND33")
    things.promotion(running, world.rival, "RVLRVLRV2")
    things.deal(running, "ord-a", offer="Running vest", another_data="myshare=NRTHWND22&customer=mia@shop.example")
    things.deal(camping, "ord-b", offer="Tent", another_data="myshare=NRTHWND33")
    things.deal(running, "ord-c", offer="Shoe Crête", another_data="myshare=RVLRVLRV2")
    things.deal(camping, "x-d", offer="Tent")
    return running


def found(partner, text: str, **more) -> str:
    return "".join(row.deal_id[-1] for row in lists.page(partner.id, Filter(text=text, **more)).rows)


def test_words_that_stand_in_a_row_find_it_in_any_order(world, shop):
    expected = {
        "north": "ba", "NORTHWIND": "ba", "vest": "a", "trail": "ca", "camp": "db", "ord": "cba", "ORD-": "cba", "tent": "db",
        "crete": "c", "trail vest": "a", "vest northwind": "a", "northwind tent": "b", "rival vest": "", "northwind trail": "a",
        "tent nobody": "", "mia@shop.example": "a", "NRTHWND33": "b", "%": "", "vest north trail": "a",
    }  # fmt: skip
    assert {text: found(world.acme, text) for text in expected} == expected
    assert (
        found(world.acme, "north", catalog=shop.id)
        == "a"
        == found(world.acme, "north", status="Created", catalog=shop.id)
    )
    assert [found(party, text) for party in (world.rival, world.northwind) for text in expected] == [""] * 2 * len(
        expected
    )


def test_what_is_listed_is_what_is_summed_exported_counted_and_canceled(world, shop):
    chosen = Filter(text="trail")
    assert lists.totals(world.acme.id, chosen).deals == 2
    assert [row.deal_id for row in export.each(world.acme.id, chosen)] == ["ord-c", "ord-a"]
    oldest = Deal.get(Deal.deal_id == "ord-a")
    assert lists.count_above(world.acme.id, chosen, oldest.id) == 1
    assert rounds.filtered(world.acme.id, chosen)[0][-1] == oldest.id


def test_pages_of_several_ways_follow_one_another_without_a_gap(world, shop, monkeypatch):
    monkeypatch.setattr("portal.domain.lists.key_pages.MOST", 3)
    for number in range(5):
        things.deal(shop, f"ord-{number}", offer="Running vest", another_data="myshare=NRTHWND22")
        things.deal(shop, f"zzz-{number}", offer="Shoe Crête", another_data="myshare=NRTHWND22")
    every, place = [], None
    while place is not None or not every:
        page = lists.page(world.acme.id, Filter(text="north"), before=place)
        every, place = every + [row.id for row in page.rows], page.older_than
        if page.newer_than and len(every) > 3:
            above = lists.page(world.acme.id, Filter(text="north"), after=page.newer_than)
            assert [row.id for row in above.rows] == every[-len(page.rows) - 3 : -len(page.rows)]
    assert every == sorted(every, reverse=True) and len(every) == 12


def test_a_name_that_too_many_have_says_so(world, shop, monkeypatch):
    assert not lists.page(world.acme.id, Filter(text="vest")).is_cut
    monkeypatch.setattr(texts, "MOST", 1)
    assert (
        lists.page(world.acme.id, Filter(text="e")).is_cut and not lists.page(world.acme.id, Filter(text="vest")).is_cut
    )
    page = world.as_("acme").get("/deals?q=e").text
    assert "More fits than is looked through" in page and "<tbody>" in page
    assert "More fits" not in world.as_("acme").get("/deals?q=vest").text


def test_where_no_deal_fits_it_is_said_what_was_looked_for_and_the_search_has_the_nearest(world, shop):
    page = world.as_("acme").get("/deals?q=nortwind").text
    assert "the names of promoters, offers and catalogs" in page and 'href="/search?q=nortwind"' in page
    assert "Northwind" in world.as_("acme").get("/search?q=nortwind").text.partition(">Did you mean<")[2]
