"""Links of mails open for the partner that they are about, whomever the reader acts for when they follow them."""

import re

import pytest

from portal.domain.accounts.tables import Membership
from portal.domain.events.tables import Event
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from tests.account.test_acting import acting_name
from tests.affiliate import things


@pytest.fixture
def catalog(world):
    return catalogs.create(world.rival.id, {"title": "Rival's shoes", "catalog_code": "shoes"})


@pytest.fixture
def reader(world):
    """Acme's owner, who works for Rival too, and acts for Acme."""
    Membership.create(user=world.acme.users["owner"], partner=world.rival.partner, role="viewer")
    return world.as_("acme")


def test_whoever_acts_for_that_partner_goes_straight_on(world, catalog):
    answer = world.as_("rival").get(f"/for/rival/catalogs/{catalog.uuid}?page=2&x=%C3%BC")
    assert (answer.status_code, answer.location) == (302, f"/catalogs/{catalog.uuid}?page=2&x=%C3%BC")


def test_whoever_acts_for_another_is_asked_and_nothing_changes_before(world, reader, catalog):
    path = f"/catalogs/{catalog.uuid}"
    question = reader.get(f"/for/rival{path}")
    assert question.status_code == 200
    assert "You work for <strong>Acme</strong>" in question.text and "Work for Rival, and open it" in question.text
    assert f'name="next" value="{path}"' in question.text
    assert acting_name(reader) == "Acme"
    assert reader.post("/acting-partner", {"partner_id": world.rival.id, "next": path}).location == path
    assert "Rival&#39;s shoes" in reader.get(path).text
    assert Event.select().where(Event.partner == world.rival.id, Event.type == "sign_in.acted_for").count() == 1


def test_a_link_of_a_test_mode_asks_whoever_is_not_in_it(world):
    world.acme.twin()
    visitor = world.as_("acme")
    assert "This is about Acme (test)" in visitor.get("/for/acme-test/catalogs").text
    visitor.post("/test-mode", {"on": "1"})
    assert visitor.get("/for/acme-test/catalogs").location == "/catalogs"
    assert "This is about Acme" in visitor.get("/for/acme/catalogs").text


def test_whoever_is_signed_out_comes_back_to_it(world):
    assert world.anonymous().get("/for/acme/deals?status=Paid").location == (
        "/sign-in?next=/for/acme/deals?status%3DPaid"
    )


def test_another_partners_link_looks_like_one_of_nobody(world):
    world.rival.twin()
    visitor = world.as_("acme")
    answers = [visitor.get(f"/for/{slug}/catalogs") for slug in ("rival", "rival-test", "nobody-at-all")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("place", ["%5Cevil.example", "%09//evil.example"])
def test_no_link_leads_out_of_the_portal(world, reader, place):
    straight, asked = reader.get(f"/for/acme/{place}"), reader.get(f"/for/rival/{place}")
    assert (straight.status_code, straight.location) == (302, "/")
    assert 'name="next" value="/"' in asked.text
    assert reader.get("/for/acme//evil.example").status_code == 404


def test_a_copied_address_says_that_it_may_be_another_partners(world, reader, catalog):
    foreign = reader.get(f"/catalogs/{catalog.uuid}?tab=offers")
    missing = reader.get("/catalogs/nothing?tab=offers")
    assert foreign.status_code == missing.status_code == 404
    for answer in (foreign, missing):
        assert "Work for Rival, and look again" in answer.text
    assert f'name="next" value="/catalogs/{catalog.uuid}?tab=offers"' in foreign.text


def test_whoever_has_one_partner_is_offered_no_other(world):
    assert "look again" not in world.as_("acme").get("/catalogs/nothing").text


def test_in_test_mode_a_missing_page_offers_to_leave_it(world):
    visitor = world.as_("acme")
    visitor.post("/test-mode", {"on": "1"})
    assert "Leave test mode, and look again" in visitor.get("/catalogs/nothing").text


# A form that stood open in another window


def form_of(visitor, path: str) -> dict:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', visitor.get(path).text))


def test_a_form_of_a_page_that_was_opened_for_another_partner_changes_nothing(world, reader):
    Membership.update(role="owner").where(Membership.partner == world.rival.partner).execute()
    form = {**things.catalog_form(), "acting_for": form_of(reader, "/catalogs/new")["acting_for"]}
    assert form["acting_for"] == str(world.acme.id)
    reader.post("/acting-partner", {"partner_id": world.rival.id})
    refused = reader.post("/catalogs/new", form)
    assert refused.status_code == 409 and "You work for Rival now" in refused.text
    assert Catalog.select().count() == 0
    reader.post("/acting-partner", {"partner_id": world.acme.id})
    assert reader.post("/catalogs/new", form).status_code == 303
    assert Catalog.get().partner_id == world.acme.id


def test_what_is_ones_own_can_be_sent_from_any_window(world, reader):
    reader.post("/acting-partner", {"partner_id": world.rival.id})
    others = {"acting_for": str(world.acme.id)}
    assert reader.post("/account/sign-ins/others/ending", others).status_code == 303
    assert reader.post("/acting-partner", {"partner_id": world.acme.id, **others}).location == "/"
