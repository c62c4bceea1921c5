"""A club's offers, through their pages."""

import pytest

from portal.domain import verify
from portal.domain.member_offers.terms.tables import MemberTerms
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
    typed = given(name="Coffee", period="DAY", period_limit="1", global_limit="500", stores="Hut\nShop", images="")
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
    visitor.post(NEW, given(name="Coffee", images="https://acme.example/cup.png", **texts))
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
