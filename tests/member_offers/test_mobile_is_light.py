"""The club's pages of offers stay light: what a first visit loads, and what the start page asks of the database."""

import gzip
import re

import pytest

from portal.domain.member_offers.collections import collections
from tests.affiliate.counting import queries
from tests.support import club, club_offers

pytestmark = pytest.mark.engine("sqlite")
MOST = 100_000  # bytes, compressed; pictures apart
LOADED = re.compile(r"""(?:src|href)="(/static/[^"#]+|/club/acme/colours\.css[^"]*)""")


def shelves(world, number: int) -> None:
    """Collections with offers in several scopes."""
    for place in range(number):
        made = [club_offers.offer(world.acme, stores=[f"Store {place}"]).offer_id for _ in range(4)]
        collections.arrange(collections.make(world.acme.id, {"title": f"Shelf {place}"}), made)
        for scope in ("informational", "parking"):
            club_offers.offer(world.acme, scope=scope)


def test_the_first_visit_of_offers_loads_less_than_100_kilobytes(world):
    shelves(world, 6)
    visitor = world.anonymous()
    page = visitor.get("/club/acme/offers").text
    loaded = {place.replace("&amp;", "&") for place in LOADED.findall(page)}
    assert any("portal.css" in place for place in loaded) and any("club.js" in place for place in loaded)
    sizes = {place: len(gzip.compress(visitor.get(place).data, 9)) for place in loaded}
    sizes["the page"] = len(gzip.compress(page.encode(), 4))
    assert sum(sizes.values()) < MOST, sizes


def test_the_start_page_asks_no_more_often_however_many_collections_there_are(world):
    """It shows the first of them, and a few offers of each."""
    mia = club.signed_in(world, world.acme)

    def asked() -> int:
        return queries(lambda: mia.get("/club/acme/"))

    shelves(world, 14)
    asked()
    few = asked()
    shelves(world, 14)
    assert asked() == few < 100
