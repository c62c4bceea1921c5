"""Landings: their pages and their JSON endpoints."""

from portal.affiliate.landings import api as json
from portal.affiliate.landings import pages
from portal.affiliate.schemas import LandingChange, LandingCreate, LandingResponse, OfCatalog, examples
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.affiliate.permits import CATALOGS_READ, CATALOGS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(CATALOGS_READ), permit(CATALOGS_WRITE)

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET", "/catalogs/<short_code>/landings", pages.index, VIEW),
    page("GET POST", "/catalogs/<short_code>/landings/new", pages.new, EDIT),
    page("GET POST", "/landings/<code>/edit", pages.edit, EDIT),
    page("GET POST", "/landings/<code>/removal", pages.removal, EDIT),
]
API = [
    api(
        "GET",
        "/api/landing",
        json.index,
        READ,
        "List landings",
        operation="list_landings",
        query=OfCatalog,
        refuses=(404,),
        answer=list[LandingResponse],
        answer_example=[examples.LANDING],
    ),
    api(
        "POST",
        "/api/landing",
        json.create,
        WRITE,
        "Create a landing",
        operation="create_landing",
        status=201,
        body=LandingCreate,
        answer=LandingResponse,
        example=examples.LANDING_CREATE,
        answer_example=examples.LANDING,
    ),
    api(
        "GET",
        "/api/landing/<landing_id>",
        json.show,
        READ,
        "Get a landing",
        operation="get_landing",
        answer=LandingResponse,
        answer_example=examples.LANDING,
    ),
    api(
        "PUT PATCH",
        "/api/landing/<landing_id>",
        json.change,
        WRITE,
        "Change a landing",
        operation="update_landing",
        body=LandingChange,
        answer=LandingResponse,
        example=examples.LANDING_CHANGE,
        answer_example=examples.LANDING,
    ),
    api(
        "DELETE",
        "/api/landing/<landing_id>",
        json.remove,
        WRITE,
        "Delete a landing",
        operation="delete_landing",
        status=204,
    ),
]
ROUTES = PAGES + API
