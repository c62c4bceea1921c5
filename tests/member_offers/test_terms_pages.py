"""A club's offers, through their pages."""

import re
from io import BytesIO

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.member_offers import grants, likes
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.counts import counts
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.offers.tables import Offer
from tests.pictures.test_pictures import png
from tests.support import club_offers, feeding

pytestmark = pytest.mark.engine("sqlite")
NEW = "/member-offers/new"


@pytest.fixture
def visitor(world):
    yield world.as_("acme", "manager")
    assert verify.faults() == []


def given(**more) -> dict:
    return {"scope": "standard", "type": "REGULAR"} | more


def shown(visitor, terms: MemberTerms) -> str:
    return visitor.get(f"/member-offers/{terms.offer_id}").text


def test_an_empty_list_says_what_member_offers_are_and_leads_to_the_first(visitor):
    page = visitor.get("/member-offers").text
    assert "a coffee a day" in page and f'href="{NEW}"' in page


def test_an_offer_is_made_shown_changed_hidden_and_shown_again_by_clicking(visitor):
    typed = given(name="Coffee", period="DAY", period_limit="1", global_limit="500", stores="Hut, Shop", images="")
    visitor.post(NEW, typed)
    terms = MemberTerms.get()
    page = shown(visitor, terms)
    assert "Each member once a day." in page and "500 times in all." in page and "Hut, Shop" in page
    assert f"/member-offers/{terms.offer_id}" in visitor.get("/member-offers").text
    place = f"/member-offers/{terms.offer_id}"
    assert 'value="500"' in visitor.get(f"{place}/edit").text
    visitor.post(f"{place}/edit", given(name="Tea", member_limit="2", period="", period_limit=""))
    page = shown(visitor, terms)
    assert "Tea" in page and "Each member 2 times altogether." in page and "once a day" not in page
    visitor.post(f"{place}/showing", {"on": "0"})
    assert not MemberTerms.get().is_shown and "Show to members" in shown(visitor, terms)
    visitor.post(f"{place}/showing", {"on": "1"})
    assert MemberTerms.get().is_shown


def test_an_offer_of_a_catalog_is_for_members_too_by_a_button_on_its_page(visitor, world):
    offer = feeding.offer(world.acme, name="Trail shoes")
    place = f"/offers/{offer.uuid}/members"
    assert place in visitor.get(f"/offers/{offer.uuid}").text
    visitor.post(place, given(member_limit="1"))
    terms = MemberTerms.get(MemberTerms.offer == offer.id)
    page = shown(visitor, terms)
    assert "Trail shoes" in page and f"/offers/{offer.uuid}" in page and f"/offers/{offer.uuid}/feed" in page
    assert visitor.get(place).location.endswith(f"/member-offers/{offer.id}")
    assert "already" in visitor.post(place, given()).text


def test_texts_and_what_is_kept_beside_them_stand_in_the_form_as_they_were_typed(visitor):
    texts = {"activation_texts_button": "Show the code", "read_more_url": "https://acme.example/more"}
    visitor.post(NEW, given(name="Coffee", **{"images-address": "https://acme.example/cup.png"}, **texts))
    terms = MemberTerms.get()
    page = visitor.get(f"/member-offers/{terms.offer_id}/edit").text
    assert all(text in page for text in (*texts.values(), "https://acme.example/cup.png"))


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(visitor):
    for wrong, sentence in (
        ({"name": ""}, "required"),
        ({"member_limit": "0"}, "whole number"),
        ({"period": "DAY"}, "Give a period"),
        ({"usable_since": "2031-06-02T12:00", "usable_until": "2031-06-01T12:00"}, "after the beginning"),
        ({"read_more_url": "shop"}, 'id="read_more_url-error"'),
    ):
        page = visitor.post(NEW, given(**{"name": "Coffee", **wrong}))
        assert page.status_code == 422 and sentence in page.text
    assert MemberTerms.select().count() == 0


def test_a_change_that_somebody_else_made_meanwhile_is_not_written_over(visitor, world):
    terms = club_offers.offer(world.acme, "Coffee")
    page = visitor.post(f"/member-offers/{terms.offer_id}/edit", given(name="Tea", seen="1"))
    assert page.status_code == 422 and "Coffee" in shown(visitor, terms)


def test_the_list_is_searched_and_filtered(visitor, world):
    club_offers.offer(world.acme, "Coffee", is_shown=False)
    club_offers.offer(world.acme, "Parking", scope="parking")
    club_offers.offer(world.acme, "Cake", type="BIRTHDAY")
    for asked, found in (
        ("q=coff", "Coffee"),
        ("state=hidden", "Coffee"),
        ("scope=parking", "Parking"),
        ("type=BIRTHDAY", "Cake"),
    ):
        page = visitor.get(f"/member-offers?{asked}").text
        assert [name for name in ("Coffee", "Parking", "Cake") if f">{name}</a>" in page] == [found]
    assert "Show all offers" in visitor.get("/member-offers?state=ended").text


def test_a_viewer_reads_and_changes_nothing_and_another_partners_offer_is_not_there(world):
    terms = club_offers.offer(world.acme, "Coffee")
    viewer, place = world.as_("acme", "viewer"), f"/member-offers/{terms.offer_id}"
    assert "Coffee" in viewer.get(place).text and "/edit" not in viewer.get(place).text
    assert viewer.post(f"{place}/showing", {"on": "0"}).status_code == 403
    assert world.as_("rival", "manager").get(place).status_code == 404


def test_an_offer_is_taken_from_the_members_by_a_question_that_names_what_is_lost(visitor, world):
    offer = feeding.offer(world.acme, name="Trail shoes")
    terms.put(offer, {"type": "EXCLUSIVE"})
    mia, found = club_offers.member(world.acme), MemberTerms.get(MemberTerms.offer == offer.id)
    grants.grant(club_offers.asks(world.acme, mia.id), offer.id, ["standard"])
    club_offers.use(world.acme, mia, found)
    likes.like(club_offers.asks(world.acme, mia.id), offer.id, ["standard"])
    collections.add(collections.make(world.acme.id, {"title": "Shoes"}), offer.id)
    place = f"/member-offers/{offer.id}/removal"
    assert place in shown(visitor, found)
    page = visitor.get(place).text
    assert all(
        lost in page
        for lost in ("1 use,", "The like of 1 member.", "The grant to 1 member.", "Its place in 1 collection.")
    )
    assert world.as_("acme", "viewer").get(place).status_code == 403
    assert world.as_("rival", "manager").post(place).status_code == 404
    assert "In your catalog" in page and MemberTerms.select().count() == 1
    visitor.post(place)
    assert MemberTerms.select().count() == 0 and Offer.get_by_id(offer.id).catalog_id
    assert visitor.post(place).status_code == 404


def test_an_offer_that_stands_nowhere_else_is_gone_with_what_members_had_of_it(visitor, world):
    found = club_offers.offer(world.acme, "Coffee")
    assert "gone for good" in visitor.get(f"/member-offers/{found.offer_id}/removal").text
    visitor.post(f"/member-offers/{found.offer_id}/removal")
    assert Offer.get_or_none(Offer.id == found.offer_id) is None


def test_the_list_is_narrowed_to_a_collection(visitor, world):
    inside, _ = club_offers.offer(world.acme, "Coffee"), club_offers.offer(world.acme, "Parking")
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    collections.add(collection, inside.offer_id)
    page = visitor.get(f"/member-offers?collection={collection.id}").text
    assert ">Coffee</a>" in page and ">Parking</a>" not in page and page.count("At the hut") > 1
    foreign = collections.make(world.rival.id, {"title": "Not ours"})
    assert "Not ours" not in visitor.get(f"/member-offers?collection={foreign.id}").text


def test_stores_and_tags_have_commas_between_and_one_with_a_comma_stays_one(visitor, world):
    visitor.post(NEW, given(name="Coffee", stores="Hut, Shop ,", tags="Food"))
    found = MemberTerms.get()
    assert (found.stores, found.tags) == (["Hut", "Shop"], ["Food"])
    terms.change(found, {"stores": ["Hut, upper", "Shop"]})
    place = f"/member-offers/{found.offer_id}/edit"
    assert 'value="Hut, upper; Shop"' in visitor.get(place).text
    visitor.post(place, given(name="Coffee", stores="Hut, upper; Shop; Car", tags=""))
    assert (MemberTerms.get().stores, MemberTerms.get().tags) == (["Hut, upper", "Shop", "Car"], [])


def test_how_long_a_use_is_shown_is_chosen_in_words_and_what_the_offer_has_stays(visitor, world):
    found = club_offers.offer(world.acme, "Coffee", active_seconds=77)
    page = visitor.get(f"/member-offers/{found.offer_id}/edit").text
    assert "As all offers of your club: 35 seconds" in page and "5 minutes" in page
    assert re.search(r'<option selected value="77">77 seconds', page)
    for chosen, kept in (("300", 300), ("", None)):
        visitor.post(f"/member-offers/{found.offer_id}/edit", given(name="Coffee", active_seconds=chosen))
        assert MemberTerms.get().active_seconds == kept
    assert (
        visitor.post(f"/member-offers/{found.offer_id}/edit", given(name="Coffee", active_seconds="-1")).status_code
        == 422
    )


def with_files(*colours: str, **more) -> dict:
    return {"images-files": [(png(colour=colour), f"{colour}.png") for colour in colours], "images": "", **more}


def send(visitor, place: str, values: dict):
    return visitor.post(place, values, content_type="multipart/form-data")


def pictures_of(page) -> list[str]:
    """The addresses in the rows of the form."""
    return re.findall(r'name="images" value="([^"]+)"', page.text)


def test_pictures_are_uploaded_put_in_order_described_and_taken_out(visitor, world):
    page = send(visitor, NEW, given(name="Coffee", **with_files("red", "blue", **{"images-act": "add"})))
    red, blue = pictures_of(page)
    assert 'value="Coffee"' in page.text and MemberTerms.select().count() == 0
    rows = {"images": ["", red, blue], "images-alt": ["A cup", ""]}
    page = send(visitor, NEW, given(name="Coffee", **rows, **{"images-act": f"up {blue}"}))
    assert (
        pictures_of(page) == [blue, red] and "The picture is now 1 of 2." in page.text and 'value="A cup"' in page.text
    )
    rows = {"images": ["", blue, red], "images-alt": ["A pot", "A cup"]}
    send(visitor, NEW, given(name="Coffee", **rows))
    found = MemberTerms.get()
    assert [image["url"] for image in found.offer.images] == [blue, red]
    place = f"/member-offers/{found.offer_id}/edit"
    assert 'value="A pot"' in visitor.get(place).text
    assert 'alt="A pot"' in world.anonymous().get(f"/club/acme/offers/{found.offer_id}").text
    page = send(visitor, place, given(name="Coffee", **rows, **{"images-act": f"out {blue}"}))
    assert pictures_of(page) == [red] and len(MemberTerms.get().offer.images) == 2
    send(visitor, place, given(name="Coffee", images=["", red], **{"images-alt": "A cup"}))
    assert [image["url"] for image in MemberTerms.get().offer.images] == [red]


def test_a_form_without_the_rows_of_pictures_leaves_them(visitor, world):
    found = club_offers.offer(world.acme, "Coffee", images=["https://acme.example/cup.png"])
    visitor.post(f"/member-offers/{found.offer_id}/edit", given(name="Tea"))
    assert [image["url"] for image in MemberTerms.get().offer.images] == ["https://acme.example/cup.png"]


def test_a_file_that_is_no_picture_is_refused_beside_the_rows_and_nothing_typed_is_lost(visitor, world):
    values = given(name="Coffee", images="", **{"images-files": (BytesIO(b"no picture"), "a.png")})
    page = send(visitor, NEW, values)
    assert page.status_code == 422 and "not a picture we can keep" in page.text and 'value="Coffee"' in page.text
    assert MemberTerms.select().count() == 0


def test_a_picture_may_be_named_by_an_address_and_a_bad_one_is_refused(visitor, world):
    page = send(visitor, NEW, given(name="Coffee", images="", **{"images-address": "cup.png"}))
    assert page.status_code == 422 and "absolute address" in page.text
    send(visitor, NEW, given(name="Coffee", images="", **{"images-address": "https://acme.example/cup.png"}))
    assert [image["url"] for image in MemberTerms.get().offer.images] == ["https://acme.example/cup.png"]


def test_from_seen_to_used_is_drawn_with_its_table_and_its_shares_in_words(visitor, world):
    found, mia = club_offers.offer(world.acme, "Coffee"), club_offers.member(world.acme)
    who = club_offers.asks(world.acme, mia.id)
    for kind, number in ((counts.SEEN, 10), (counts.CLICKED, 4)):
        counts.add(who, ["standard"], kind, [counts.Looked(found.offer_id, clock.now())] * number)
    club_offers.use(world.acme, mia, found)
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    collections.add(collection, found.offer_id)
    for place in (f"/member-offers/{found.offer_id}", f"/collections/{collection.id}"):
        page = visitor.get(place).text.split('id="course"')[1]
        figures = dict(re.findall(r'<th scope="row">(\w+)</th>\s*<td class="number"[^>]*>(\d+)</td>', page))
        assert figures == {"Seen": "10", "Opened": "4", "Used": "1"}
        assert "Of 100 looks, 40 led" in page and "Of 100 visits of its page, 25 led" in page
        week = visitor.get(f"{place}?dates=7-days").text.split('id="course"')[1]
        assert 'aria-current="true">Last 7 days' in week and "Of 100 looks, 40 led" in week


def test_from_seen_to_used_is_of_the_last_30_days_unless_any_time_is_chosen(visitor, world):
    found, mia = club_offers.offer(world.acme, "Coffee"), club_offers.member(world.acme)
    with clock.acting(-40 * 86_400):
        club_offers.use(world.acme, mia, found)
        who, look = club_offers.asks(world.acme, mia.id), counts.Looked(found.offer_id, clock.now())
        counts.add(who, ["standard"], counts.SEEN, [look])
        counts.add(who, ["standard"], counts.CLICKED, [look])
    place = f"/member-offers/{found.offer_id}"
    usual = visitor.get(place).text.split('id="course"')[1]
    assert 'aria-current="true">Last 30 days' in usual and "Of 100" not in usual
    assert f'href="{place}?dates=#course">Any time' in usual
    ever = visitor.get(f"{place}?dates=").text.split('id="course"')[1]
    assert 'aria-current="true">Any time' in ever and "led to a use" in ever and "Of 100 looks, 100 led" in ever
