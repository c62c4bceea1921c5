"""Companies: their JSON and their pages."""

from portal.cards.companies import api as json
from portal.cards.companies import pages
from portal.cards.companies.schemas import Company, CompanyChange, CompanyCreate, DeletedCompany, TariffChange
from portal.cards.envelope import Many, One, Page
from portal.cards.examples import COMPANY, COMPANY_CREATE, listed, one
from portal.domain.accounts.roles import MAY_EDIT, MAY_OWN, MAY_VIEW
from portal.domain.cards.permits import COMPANIES_READ, COMPANIES_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(COMPANIES_READ), permit(COMPANIES_WRITE)
VIEW, EDIT, OWN = roles(MAY_VIEW), roles(MAY_EDIT), roles(MAY_OWN)
API = [
    api(
        "GET",
        "/api/v2/companies",
        json.index,
        READ,
        "List companies",
        operation="list_companies",
        query=Page,
        answer=Many[Company],
        answer_example=listed(COMPANY),
    ),
    api(
        "POST",
        "/api/v2/companies",
        json.create,
        WRITE,
        "Create a company",
        operation="create_company",
        status=201,
        refuses=(404, 409),
        body=CompanyCreate,
        answer=One[Company],
        example=COMPANY_CREATE,
        answer_example=one({**COMPANY, "apiKey": "pp_live_3Vq8…"}, 201),
    ),
    api(
        "GET",
        "/api/v2/companies/<company_id>",
        json.show,
        READ,
        "Get a company",
        operation="get_company",
        answer=One[Company],
        answer_example=one(COMPANY),
    ),
    api(
        "PATCH",
        "/api/v2/companies/<company_id>",
        json.change,
        WRITE,
        "Change a company",
        operation="update_company",
        body=CompanyChange,
        answer=One[Company],
        example={"name": "Branch Vienna", "expiresAt": "2027-12-31T23:59:59+00:00"},
        answer_example=one(COMPANY),
    ),
    api(
        "DELETE",
        "/api/v2/companies/<company_id>",
        json.remove,
        WRITE,
        "Delete a company",
        operation="delete_company",
        refuses=(422,),
        answer=One[DeletedCompany],
        answer_example=one({"id": COMPANY["id"]}),
    ),
    api(
        "POST",
        "/api/v2/companies/<company_id>/change-tariff",
        json.change_tariff,
        WRITE,
        "Change a company's tariff",
        operation="change_company_tariff",
        body=TariffChange,
        answer=One[Company],
        example={"tariffId": 4, "tariffPeriod": "year"},
        answer_example=one(COMPANY),
    ),
]
PAGES = [
    page("GET", "/companies", pages.index, VIEW),
    page("GET POST", "/companies/new", pages.new, OWN),
    page("GET", "/companies/periods", pages.tariff_periods, OWN),
    page("GET", "/companies/<company>", pages.show, VIEW),
    page("GET POST", "/companies/<company>/edit", pages.edit, EDIT),
    page("GET POST", "/companies/<company>/tariff", pages.tariff, EDIT),
    page("POST", "/companies/<company>/stepping-in", pages.stepping_in, VIEW),
    page("GET POST", "/companies/<company>/deletion", pages.deletion, OWN),
]
ROUTES = API + PAGES
