"""A partner that the operator keeps out: what stops, what stays, and that everything is back afterwards."""

import pytest

from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.partners import disabling as partner_disabling
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.affiliate.notices import kinds as notice_kinds
from portal.domain.affiliate.promotions import promotions
from portal.domain.errors import NotFound
from portal.domain.events.tables import Event
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines

LIST = "/operator/partners"


@pytest.fixture
def catalog(world):
    """Acme's, in the marketplace, with Northwind as a promoter."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.landing(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


@pytest.fixture
def disabled(world, catalog):
    partner_disabling.disable(world.acme.partner)


def test_the_operator_is_told_first_what_stops(world, catalog):
    operator = world.as_("operator")
    page = operator.get(f"{LIST}/{world.acme.id}/disabling").text
    for words in ("4 people work for it", "1 token", "1 catalog is published"):
        assert words in page
    assert Partner.get_by_id(world.acme.id).disabled_at is None
    assert operator.post(f"{LIST}/{world.acme.id}/disabling").location == f"{LIST}/{world.acme.id}"
    assert f'href="{LIST}/{world.acme.id}"' in operator.get(f"{LIST}?show=disabled").text
    operator.post(f"{LIST}/{world.acme.id}/disabling")
    operator.post(f"{LIST}/{world.acme.id}/enabling")
    assert f'href="{LIST}/{world.acme.id}"' not in operator.get(f"{LIST}?show=disabled").text
    facts = Event.select().where(Event.partner == world.acme.id, Event.type << ["partner.disabled", "partner.enabled"])
    assert [(fact.type, fact.actor) for fact in facts.order_by(Event.id)] == [
        (f"partner.{word}", f"user:{world.operator.id}") for word in ("disabled", "enabled")
    ]


@pytest.mark.parametrize("role", ["owner", "manager", "cashier", "viewer"])
def test_its_people_see_no_page_of_it_but_their_own_account(world, disabled, role):
    visitor = world.as_("acme", role)
    for path in ("/catalogs", "/deals", "/account/team", "/account/partner"):
        answer = visitor.get(path)
        assert (answer.status_code, "Acme is disabled" in answer.text) == (403, True), path
    start = visitor.get("/")
    assert start.status_code == 200 and "Closed for the time being" in start.text
    assert 'href="/catalogs"' not in start.text
    assert visitor.get("/account/sign-ins").status_code == 200
    assert visitor.post("/test-mode", {"on": "1"}).status_code == 403


def test_its_test_mode_is_closed_with_it_and_opens_with_it(world, catalog):
    twin, visitor = world.acme.twin(), world.as_("acme")
    visitor.post("/test-mode", {"on": "1"})
    partner_disabling.disable(world.acme.partner)
    assert visitor.get("/catalogs").status_code == 403
    assert visitor.client.get("/api/catalog/", headers=twin.bearer).status_code == 403
    partner_disabling.enable(world.acme.partner)
    assert visitor.get("/catalogs").status_code == 200


def test_its_tokens_are_refused_with_the_reason(client, world, disabled):
    answer = client.get("/api/catalog/", headers=world.acme.bearer)
    assert answer.status_code == 403 and "disabled" in answer.json["detail"]


def test_its_catalogs_leave_the_marketplace_and_nobody_new_joins(world, catalog):
    visitor, place = world.as_("rival"), f"/marketplace/{catalog.short_code}"
    assert place in visitor.get("/marketplace").text
    partner_disabling.disable(world.acme.partner)
    assert place not in visitor.get("/marketplace").text
    with pytest.raises(NotFound):
        promotions.join(world.rival.partner, catalog.short_code)
    assert place not in world.as_("northwind").get("/marketplace").text
    partner_disabling.enable(world.acme.partner)
    assert place in visitor.get("/marketplace").text
    assert promotions.join(world.rival.partner, catalog.short_code)


def test_links_of_its_promoters_still_lead_to_the_shop_and_their_pages_open(client, world, catalog, disabled):
    promotion = catalog.promotions.get()
    answer = client.get(f"/go/{promotion.uid}/{catalog.landings.get().code}")
    assert answer.status_code == 302 and answer.location.startswith("https://shop.example")
    assert world.as_("northwind").get(f"/promotions/{promotion.uid}").status_code == 200


def test_it_is_told_nothing_by_mail(world, disabled):
    assert notification_choices.receivers(world.acme.id, notice_kinds.APPLICANT) == []
    assert notification_choices.receivers(world.rival.id, notice_kinds.APPLICANT) != []


def test_whoever_works_elsewhere_too_goes_on_there(world, disabled):
    Membership.create(user=world.acme.users["owner"], partner=world.rival.partner, role="viewer")
    visitor = world.as_("acme")
    assert visitor.get("/catalogs").status_code == 200, "At first one acts for a partner that is open."
    visitor.post("/acting-partner", {"partner_id": world.acme.id})
    assert "go on for another" in visitor.get("/").text
    visitor.post("/acting-partner", {"partner_id": world.rival.id})
    assert visitor.get("/catalogs").status_code == 200


def test_to_others_it_cannot_be_done(world):
    owner = world.as_("acme")
    for path in (f"{LIST}/{world.rival.id}/disabling", f"{LIST}/{world.rival.id}/enabling"):
        assert owner.post(path).status_code == 404
    assert Partner.get_by_id(world.rival.id).disabled_at is None
