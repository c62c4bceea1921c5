"""Lists of member offers ask the database as often for many rows as for few."""

import re
from functools import partial

import pytest

from portal.api import credentials
from portal.database import database
from portal.domain.lists import key_pages
from portal.domain.member_offers import listing
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.listing import Wanted
from tests.affiliate.counting import queries
from tests.support import club_offers

pytestmark = pytest.mark.on_both_engines


def more(party, member, collection) -> None:
    """Offers of every kind, used in a period that lasts, liked, in a collection."""
    made = [
        club_offers.offer(party, period=period, period_limit=9, tags=["x"], stores=["y"], member_limit=9)
        for period in ("DAY", "MONTH", "YEAR", "WEEK")
    ]
    for offer in made:
        club_offers.use(party, member, offer)
    collections.arrange(collection, [*collections.offers_of(collection), *(offer.offer_id for offer in made)])


def test_the_number_of_queries_does_not_grow_with_offers_and_uses(world, client):
    member = club_offers.member(world.acme)
    collection = collections.make(world.acme.id, {"title": "Spring"})
    base = f"/api/v3/acme/members/{member.id}/offers"
    places = (
        base, f"{base}?include_pagination_info=1", f"{base}?order_by=usable ASC&usable=true", f"{base}/meta",
        f"{base}?collection_ids[]={collection.id}&order_by=collection_position",
    )  # fmt: skip

    def seen(place: str) -> None:
        credentials._cache.clear()
        assert client.get(place, headers={"X-Client-Authorization": world.acme.token}).status_code == 200

    def counted() -> dict:
        return {place: queries(partial(seen, place)) for place in places}

    more(world.acme, member, collection)
    counted()
    few = counted()
    more(world.acme, member, collection)
    assert counted() == few
    assert few[base] <= 4  # The token, the club with the member, the offers, uses within periods.


@pytest.mark.engine("sqlite")
def test_lists_of_any_length_are_asked_by_few_statements(world):
    asking, kept = club_offers.asks(world.acme), set()
    for number in range(1, 300):
        texts, given = listing._conditions(asking, Wanted("standard", ids=range(number), tags=["x"] * number))
        kept.add((texts, len(given["ids"]), len(given["tags"])))
    assert len(kept) <= 6
    made = [club_offers.offer(world.acme).offer_id for _ in range(6)]
    found = listing.visible(asking, Wanted("standard", ids=made[:5])).cases
    assert sorted(case.row.offer_id for case in found) == made[:5]


@pytest.mark.engine("sqlite")
def test_offers_are_found_from_their_labels_and_collections_and_are_not_asked_for_each(world):
    wanted = Wanted("standard", tags=["a", "b"], stores=["c"], collections=[1, 2])
    texts, given = listing._conditions(club_offers.asks(world.acme), wanted)
    found = key_pages.statement(listing._COUNT, texts, "")
    plan = [row[-1] for row in database.execute_sql(*explained(found, given)).fetchall()]
    assert not [step for step in plan if "CORRELATED" in step or "EXISTS" in step], plan
    assert sum("offer_label_partner_id_kind_name_key" in step for step in plan) == 2, plan


def explained(statement, given: dict) -> tuple[str, dict]:
    """The question for its plan, with one value for each list."""
    text = re.sub(r"IN :(\w+)", r"IN (:\1)", statement.written)
    one = {name: value[0] if isinstance(value, list | tuple) and value else value for name, value in given.items()}
    return f"EXPLAIN QUERY PLAN {text}", one | {"segments": 0}
