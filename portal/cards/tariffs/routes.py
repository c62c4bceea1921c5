"""Tariffs: their JSON and their pages."""

from portal.cards.envelope import Many, One, Page
from portal.cards.examples import TARIFF, listed, one
from portal.cards.tariffs import api as json
from portal.cards.tariffs import own, pages
from portal.cards.tariffs.schemas import Tariff
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.cards.permits import COMPANIES_READ
from portal.routing import api, page, permit, roles

READ = permit(COMPANIES_READ)
VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_ID = f"<int(max={2**63 - 1}):tariff_id>"
API = [
    api(
        "GET",
        "/api/v2/tariffs",
        json.index,
        READ,
        "List tariffs",
        operation="list_tariffs",
        query=Page,
        answer=Many[Tariff],
        answer_example=listed(TARIFF),
    ),
    api(
        "GET",
        "/api/v2/tariffs/<tariff_id>",
        json.show,
        READ,
        "Get a tariff",
        operation="get_tariff",
        answer=One[Tariff],
        answer_example=one(TARIFF),
    ),
]
PAGES = [
    page("GET", "/companies/tariffs", pages.index, VIEW),
    page("GET POST", "/companies/tariffs/new", pages.new, EDIT),
    page("GET POST", f"/companies/tariffs/{_ID}", pages.edit, EDIT),
    page("POST", f"/companies/tariffs/{_ID}/withdrawal", pages.withdrawal, EDIT),
    page("POST", f"/companies/tariffs/{_ID}/return", pages.return_, EDIT),
    page("GET", "/account/tariff", own.show, VIEW),
]
ROUTES = API + PAGES
