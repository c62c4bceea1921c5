"""Whom one acts for: one's own partners, and the test mode of each."""

import pytest

from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Membership, Partner

OWN = "/account/sign-ins"


def acting_name(visitor) -> str:
    return visitor.get(OWN).text.split('<span class="menu-text"><strong>')[1].split("</strong>")[0]


def test_one_acts_for_another_partner_that_one_belongs_to(world):
    Membership.create(user=world.acme.users["owner"], partner=world.rival.partner, role="viewer")
    visitor = world.as_("acme")
    assert acting_name(visitor) == "Acme"
    assert f'name="partner_id" value="{world.rival.id}"' in visitor.get(OWN).text
    assert visitor.post("/acting-partner", {"partner_id": world.rival.id}).location == "/"
    assert acting_name(visitor) == "Rival"
    assert acting_name(world.as_("acme")) == "Rival", "The choice is remembered at the next sign-in."


def test_foreign_and_missing_partners_look_alike(world):
    visitor = world.as_("acme")
    foreign_twin = partners.twin_of(world.rival.partner).id
    for number in (world.rival.id, foreign_twin, 999_999, 2**70, -1, "x", ""):
        assert visitor.post("/acting-partner", {"partner_id": number}).status_code == 404
    assert acting_name(visitor) == "Acme"


def test_one_steps_into_test_mode_and_back(world):
    visitor = world.as_("acme", "viewer")
    assert visitor.post("/test-mode", {"on": "1"}).location == "/"
    assert acting_name(visitor) == "Acme (test)"
    assert "Test mode." in visitor.get(OWN).text
    visitor.post("/test-mode", {"on": "1"})
    assert Partner.select().where(Partner.live_partner == world.acme.partner).count() == 1
    visitor.post("/test-mode", {"on": "0"})
    assert acting_name(visitor) == "Acme"


def test_a_twins_clock_does_not_reach_ones_own_pages(world):
    twin = world.acme.twin().partner
    partners.advance_clock(twin, 40 * 86_400)
    visitor = world.as_("acme")
    visitor.post("/test-mode", {"on": "1"})
    assert "just now" in visitor.get(OWN).text
    assert world.anonymous().get("/sign-in").status_code == 200
    visitor.post("/sign-out")
    assert visitor.get(OWN).status_code == 302


def test_the_operator_without_a_partner_has_no_test_mode(world):
    assert world.as_("operator").post("/test-mode", {"on": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("shown", "place"),
    [
        ("/deals?status=Paid", "/deals?status=Paid"),
        ("/deals/new", "/deals/new"),
        ("/catalogs/ABCDE/offers/new", "/catalogs"),
        ("/account/sign-ins", "/account/sign-ins"),
        ("/terms/1", "/terms/1"),
        ("/nowhere/at/all", "/"),
        ("//elsewhere.example", "/"),
    ],
)
def test_test_mode_keeps_the_page_and_a_thing_leads_to_its_list(world, shown, place):
    visitor = world.as_("acme")
    for on in "10":
        assert visitor.post("/test-mode", {"on": on, "shown": shown}).location == place


def test_the_banner_of_test_mode_offers_the_way_out(world):
    visitor = world.as_("acme")
    visitor.post("/test-mode", {"on": "1"})
    banner = visitor.get("/deals?status=Paid").text.split('class="banner test"')[1].split("</form>")[0]
    assert "Leave test mode" in banner and 'name="shown" value="/deals?status=Paid"' in banner
