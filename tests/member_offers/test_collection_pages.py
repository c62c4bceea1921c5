"""Collections of a club's offers, through their pages."""

import pytest

from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.collections.tables import Collection
from tests.pictures.test_pictures import png
from tests.support import club_offers

pytestmark = pytest.mark.engine("sqlite")


def test_a_collection_is_made_filled_ordered_changed_and_removed_by_clicking(world):
    visitor = world.as_("acme", "manager")
    assert "No collections yet" in visitor.get("/collections").text
    one, two = club_offers.offer(world.acme, "Coffee"), club_offers.offer(world.acme, "Cake")
    visitor.post("/collections/new", {"title": "At the hut"})
    collection = Collection.get()
    place = f"/collections/{collection.id}"
    visitor.post(f"{place}/offers", {"offer": [one.offer_id, two.offer_id], "act": "add"})
    assert collections.offers_of(collection) == [one.offer_id, two.offer_id]
    visitor.post(f"{place}/offers", {"offer": two.offer_id, "act": "up"})
    visitor.post(f"{place}/offers", {"offer": two.offer_id, "act": "up"})
    assert collections.offers_of(collection) == [two.offer_id, one.offer_id]
    visitor.post(f"{place}/offers", {"offer": two.offer_id, "act": "out"})
    assert collections.offers_of(collection) == [one.offer_id] and "Put them in" in visitor.get(place).text
    visitor.post(f"{place}/edit", {"title": "Warm rooms"})
    assert "Warm rooms" in visitor.get("/collections").text
    assert "1 offer leaves" in visitor.get(f"{place}/removal").text
    visitor.post(f"{place}/removal")
    assert Collection.select().count() == 0


def test_collections_change_places_and_what_stands_at_an_end_stays(world):
    visitor = world.as_("acme", "manager")
    first, last = (collections.make(world.acme.id, {"title": title}) for title in ("First", "Last"))
    visitor.post(f"/collections/{last.id}/place", {"act": "up"})
    visitor.post(f"/collections/{first.id}/place", {"act": "down"})
    assert [one.title for one in collections.of_partner(world.acme.id)] == ["Last", "First"]
    assert visitor.post(f"/collections/{first.id}/place", {"act": "sideways"}).status_code == 400


def test_a_row_that_is_moved_answers_with_its_list_in_which_its_buttons_stay(world):
    visitor = world.as_("acme", "manager")
    first, last = (collections.make(world.acme.id, {"title": title}) for title in ("First", "Last"))
    listed = visitor.post(f"/collections/{last.id}/place", {"act": "up"}, htmx=True).text
    assert listed.index("Last") < listed.index("First") and "<html" not in listed
    one, two = club_offers.offer(world.acme, "Coffee"), club_offers.offer(world.acme, "Cake")
    collections.add(first, one.offer_id, two.offer_id)
    inside = visitor.post(f"/collections/{first.id}/offers", {"offer": two.offer_id, "act": "up"}, htmx=True).text
    assert inside.index("Cake") < inside.index("Coffee") and "<html" not in inside
    for row in (one, two):
        assert all(f'id="inside-{row.offer_id}-{act}"' in inside for act in ("up", "down"))


def test_another_partners_offer_comes_into_no_collection(world):
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    foreign = club_offers.offer(world.rival)
    visitor, place = world.as_("acme", "manager"), f"/collections/{collection.id}/offers"
    assert visitor.post(place, {"offer": foreign.offer_id, "act": "add"}).status_code == 404
    assert collections.offers_of(collection) == []
    assert world.as_("acme", "viewer").post(place, {"offer": 1, "act": "out"}).status_code == 403


def test_rows_that_were_dragged_are_sent_as_they_stand_and_a_stale_order_is_refused_by_name(world):
    visitor, collection = world.as_("acme", "manager"), collections.make(world.acme.id, {"title": "At the hut"})
    a, b, c = (club_offers.offer(world.acme).offer_id for _ in range(3))
    collections.add(collection, a, b, c)
    place, seen = f"/collections/{collection.id}/order", f"{a},{b},{c}"
    page = visitor.get(f"/collections/{collection.id}").text
    assert f'name="seen" value="{seen}"' in page and page.count('form="offer-order"') == 3
    assert visitor.post(place, {"order": [c, a, b], "seen": seen}).location.endswith(f"/collections/{collection.id}")
    assert collections.offers_of(collection) == [c, a, b]
    part = visitor.post(place, {"order": [b, a, c], "seen": seen}, htmx=True).text
    assert "Somebody else ordered “At the hut” meanwhile" in part and f'name="seen" value="{c},{a},{b}"' in part
    assert visitor.post(place, {"order": ["x"], "seen": seen}).status_code == 400
    assert world.as_("rival", "manager").post(place, {"order": [a, b, c], "seen": seen}).status_code == 404
    assert world.as_("acme", "viewer").post(place, {"order": [a, b, c], "seen": seen}).status_code == 403


def test_collections_that_were_dragged_stand_so(world):
    visitor = world.as_("acme", "manager")
    one, two = (collections.make(world.acme.id, {"title": title}).id for title in ("First", "Last"))
    part = visitor.post("/collections/order", {"order": [two, one], "seen": f"{one},{two}"}, htmx=True).text
    assert part.index("Last") < part.index("First")
    assert [row.id for row in collections.of_partner(world.acme.id)] == [two, one]


def test_offers_outside_are_looked_for_by_their_names(world):
    visitor, collection = world.as_("acme", "manager"), collections.make(world.acme.id, {"title": "At the hut"})
    for name in ("Coffee", "Cake"):
        club_offers.offer(world.acme, name)
    part = visitor.get(f"/collections/{collection.id}?q=cof", htmx=True).text
    assert "Coffee" in part and "Cake" not in part and "<html" not in part
    assert "No offer outside" in visitor.get(f"/collections/{collection.id}?q=tea").text


def test_a_picture_of_a_collection_is_kept_in_three_sizes_and_taken_out_again(world):
    visitor = world.as_("acme", "manager")
    sent = {"title": "At the hut", "picture": "", "picture-files": (png(1000, 500), "a.png")}
    visitor.post("/collections/new", sent, content_type="multipart/form-data")
    collection = Collection.get()
    sizes = {file["size_type"]: (file["width"], file["height"]) for file in collection.files}
    assert sizes == {"original": (1000, 500), "base": (640, 320), "thumbnail": (160, 80)}
    url, place = collection.files[0]["url"], f"/collections/{collection.id}"
    assert f'src="/pictures/{url.rpartition("/")[2]}"' in visitor.get(place).text
    visitor.post(f"{place}/edit", {"title": "Huts", "picture": ["", url], "picture-alt": "A hut"})
    assert Collection.get().files == collection.files and 'alt="A hut"' in visitor.get(place).text
    visitor.post(f"{place}/edit", {"title": "Huts", "picture": ""})
    assert Collection.get().files == []
