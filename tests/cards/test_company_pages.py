"""Pages of companies, tariffs and locations: what a reseller does there, and what a company sees of its own tariff."""

import re

import pytest

from portal.domain.accounts.locations import lists as location_lists
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.cards.companies import companies, lists, periods
from portal.domain.cards.companies.tables import Company, Tariff
from tests.affiliate.counting import queries
from tests.support import loyalty
from tests.support.cast import PASSWORD

FORM = {
    "name": "Branch Vienna", "country": "AT", "phone": "+43 660 1234567", "tariffPeriod": "year", "userName": "Bea",
    "userSurname": "Berger", "email": "bea@branch.example", "password": PASSWORD, "language": "",
}  # fmt: skip


@pytest.fixture
def branch(world):
    return loyalty.company(world.northwind, loyalty.tariff(world.northwind, managers=1), name="Branch Vienna").company


def place(company, *more) -> str:
    return "/".join(("/companies", company.partner.uuid, *more))


def test_a_company_is_added_and_its_token_is_shown_once(world):
    owner, tariff = world.as_("northwind"), loyalty.tariff(world.northwind)
    page = owner.post("/companies/new", {**FORM, "tariffId": tariff.id})
    secret = (
        page.text.split('value="pp_live_')[-1] if 'value="pp_live_' in page.text else page.text.split("pp_live_")[1]
    )
    assert tokens.find("pp_live_" + secret[:36]).partner_id == Partner.get(Partner.name == "Branch Vienna").id
    listed = owner.get("/companies").text
    assert "Branch Vienna" in listed and "1 of 5" in listed and "pp_live_" not in listed


def test_the_period_follows_the_tariff_and_prices_are_told_where_a_company_is_added(world):
    paid, owner = loyalty.tariff(world.northwind), world.as_("northwind")
    trial = loyalty.tariff(world.northwind, kind="trial", name="A trial", month_price=None, year_price=None)
    page = owner.get("/companies/new").text
    assert "a month, " in page and "290.00" in page and "no price set" in page
    assert f'id="tariff-{trial.id}" name="tariffId" value="{trial.id}" checked' in page
    assert '<option selected value="trial">' in page
    for tariff, offered in ((trial, {"trial"}), (paid, set(periods.PERIODS) - {"quarter"})):
        part = owner.get(f"/companies/periods?tariffId={tariff.id}&tariffPeriod=trial").text
        assert set(re.findall(r'value="(\w+)"', part)) == offered
    page = owner.post("/companies/new", {**FORM, "tariffId": trial.id})
    assert page.status_code == 422 and 'id="tariffPeriod-error"' in page.text


def test_who_adds_a_company_owns_its_parent_for_it_has_a_token_and_an_owner(world):
    tariff = loyalty.tariff(world.northwind)
    manager, owner = world.as_("northwind", "manager"), world.as_("northwind")
    assert manager.post("/companies/new", {**FORM, "tariffId": tariff.id}).status_code == 403
    assert lists.count(world.northwind.id) == 0 and "/companies/new" in owner.get("/companies").text
    assert "/companies/new" not in manager.get("/companies").text
    loyalty.company(world.northwind, tariff)
    assert "/companies/new" not in manager.get("/companies").text


def test_what_is_wrong_with_a_company_stands_beside_its_field(world):
    tariff = loyalty.tariff(world.northwind)
    page = world.as_("northwind").post(
        "/companies/new", {**FORM, "tariffId": tariff.id, "phone": "12", "password": "short"}
    )
    assert page.status_code == 422
    assert 'id="phone-error"' in page.text and 'id="password-error"' in page.text
    assert lists.count(world.northwind.id) == 0


def test_the_list_is_searched_by_words_and_state_and_asks_as_much_for_many_as_for_one(world, branch):
    owner = world.as_("northwind")
    assert "Branch Vienna" in owner.get("/companies").text
    few = queries(lambda: owner.get("/companies"))
    for number in range(3):
        loyalty.company(world.northwind, branch.tariff, name=f"Shop {number}")
    assert queries(lambda: owner.get("/companies")) == few
    assert "Shop 1" in owner.get("/companies?q=shop").text
    assert "Branch Vienna" not in owner.get("/companies?q=shop").text
    assert "No company fits" in owner.get("/companies?state=expired").text


def test_a_smaller_tariff_says_before_what_it_would_refuse(world, branch):
    small = loyalty.tariff(world.northwind, name="Small", integrations=0)
    owner = world.as_("northwind")
    assert "Small allows 0 API tokens, and Branch Vienna has 1." in owner.get(place(branch, "tariff")).text
    page = owner.post(place(branch, "tariff"), {"tariffId": small.id, "tariffPeriod": "year"})
    assert page.status_code == 422 and "Small allows 0 API tokens" in page.text
    large = loyalty.tariff(world.northwind, name="Large")
    owner.post(place(branch, "tariff"), {"tariffId": large.id, "tariffPeriod": "year"})
    assert Company.get_by_id(branch.partner_id).tariff_id == large.id


def test_a_company_is_extended_by_its_last_day_and_a_day_that_nobody_touched_stays(world, branch):
    owner, details = world.as_("northwind"), {"name": "Corner", "country": "AT", "note": "Pays late"}
    before = Company.get_by_id(branch.partner_id).expires_at
    owner.post(place(branch, "edit"), {**details, "last_day": before.date().isoformat()})
    found = companies.find(world.northwind.id, branch.partner_id)
    assert (found.partner.name, found.note, found.expires_at) == ("Corner", "Pays late", before)
    owner.post(place(branch, "edit"), {**details, "last_day": "2031-05-31"})
    assert Company.get_by_id(branch.partner_id).expires_at.isoformat() == "2031-05-31T23:59:59+00:00"
    page = owner.post(place(branch, "edit"), {**details, "last_day": "2001-05-31"})
    assert page.status_code == 422


def test_a_company_is_stepped_into_and_out_of(world, branch):
    owner = world.as_("northwind")
    page = owner.post(place(branch, "stepping-in"), {}, follow_redirects=True)
    assert "You have stepped into Branch Vienna" in page.text
    assert "For more, or for longer, ask Northwind" in owner.get("/account/tariff").text
    assert owner.get("/companies").status_code == 403
    owner.post("/acting-partner", {"partner_id": world.northwind.id, "next": "/companies"})
    assert "Branch Vienna" in owner.get("/companies").text


def test_deleting_a_company_names_what_ends(world, branch):
    owner = world.as_("northwind")
    assert "1 API token ends." in owner.get(place(branch, "deletion")).text
    loyalty.card(branch.partner)
    assert "It has 1 card" in owner.get(place(branch, "deletion")).text
    assert owner.post(place(branch, "deletion"), {}).status_code >= 400
    for card in loyalty.Card.select():
        loyalty.cards.delete(card)
    owner.post(place(branch, "deletion"), {})
    assert owner.get(place(branch)).status_code == 404


def test_a_tariff_is_made_changed_and_withdrawn(world):
    owner = world.as_("northwind")
    typed = {"name": "Gold", "kind": "paid", "currency": "EUR", "country": "", "month_price": "9,90", "push": "y"}
    limits = dict.fromkeys(("templates", "managers", "locations", "integrations"), "4")
    owner.post("/companies/tariffs/new", typed | limits)
    made = Tariff.get()
    assert (made.month_price, made.templates, made.push, made.reports) == (990, 4, True, False)
    for wrong in (
        {"templates": "-1"},
        {"month_price": "-1"},
        {"templates": "many"},
        {"name": ""},
        {"month_price": "1.005"},
    ):
        assert owner.post(f"/companies/tariffs/{made.id}", typed | limits | wrong).status_code == 422
    owner.post(f"/companies/tariffs/{made.id}", typed | limits | {"templates": "7"})
    assert Tariff.get().templates == 7
    owner.post(f"/companies/tariffs/{made.id}/withdrawal", {})
    assert "Withdrawn" in owner.get("/companies/tariffs").text
    owner.post(f"/companies/tariffs/{made.id}/return", {})
    assert Tariff.get().withdrawn_at is None


def test_a_tariff_without_reports_has_no_exports_and_no_charts(world):
    lacking = loyalty.company(world.northwind, loyalty.tariff(world.northwind, reports=False)).company
    card, owner = loyalty.card(lacking.partner), world.as_("northwind")
    owner.post(place(lacking, "stepping-in"), {})
    for path in ("/cards", "/customers"):
        assert "export.csv" not in owner.get(path).text
        refused = owner.get(f"{path}/export.csv")
        assert refused.status_code >= 400 and "no charts and no exports" in refused.text
    assert "Your tariff has no charts." in owner.get(f"/cards/{card.serial}?tab=history").text
    assert "Your tariff has no charts." in owner.get(f"/templates/{card.template.uuid}").text
    mine = loyalty.card(world.acme)
    assert "export.csv" in world.as_("acme").get("/cards").text
    assert "Your tariff has no charts." not in world.as_("acme").get(f"/cards/{mine.serial}?tab=history").text


def test_only_who_has_companies_sees_them_in_the_menu_and_only_companies_a_tariff(world):
    parent, company = world.as_("northwind").get("/").text, world.as_("north").get("/account/team").text
    assert (
        'href="/companies"' in world.as_("northwind").get("/customers").text and 'href="/account/tariff"' not in parent
    )
    assert 'href="/account/tariff"' in company and 'href="/companies"' not in world.as_("north").get("/customers").text


def test_locations_are_opened_staffed_closed_and_opened_again(world):
    owner, cashier = world.as_("acme"), world.acme.users["cashier"].memberships.get()
    owner.post("/account/locations/new", {"name": "Main street", "address": "1 Main street", "people": cashier.id})
    (location,) = location_lists.of(world.acme.id)
    page = owner.get("/account/locations").text
    assert "Main street" in page and "Acme Cashier" in page
    assert "Main street" in owner.get("/account/team").text
    assert owner.post("/account/locations/new", {"name": "Side street", "people": 999_999}).status_code == 422
    owner.post(f"/account/locations/{location.uuid}/closing", {})
    assert "Closed" in owner.get("/account/locations").text
    owner.post(f"/account/locations/{location.uuid}/opening", {})
    owner.post(f"/account/locations/{location.uuid}", {"name": "High street", "address": ""})
    assert [(row.name, row.address) for row in location_lists.open_of(world.acme.id)] == [("High street", None)]
    assert location_lists.people_at([location]) == {location.id: []}
