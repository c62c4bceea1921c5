"""Catalogs: their pages and their JSON endpoints."""

from portal.affiliate.catalogs import api as json
from portal.affiliate.catalogs import pages, publishing, tabs
from portal.affiliate.schemas import CatalogChange, CatalogCreate, CatalogCreateResponse, CatalogResponse, examples
from portal.api.fields import Page
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.affiliate.permits import CATALOGS_READ, CATALOGS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(CATALOGS_READ), permit(CATALOGS_WRITE)

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET", "/catalogs", pages.index, VIEW),
    page("GET POST", "/catalogs/new", pages.new, EDIT),
    page("GET", "/catalogs/new/code", pages.suggested_code, EDIT),
    page("GET", "/catalogs/choices/<kind>", pages.choices, EDIT),
    page("GET", "/catalogs/<short_code>", pages.show, VIEW),
    page("GET", "/catalogs/<short_code>/terms", tabs.terms, VIEW),
    page("GET", "/catalogs/<short_code>/promoters", tabs.promoters, VIEW),
    page("GET", "/catalogs/<short_code>/codes", tabs.codes, VIEW),
    page("GET POST", "/catalogs/<short_code>/edit", pages.edit, EDIT),
    page("GET POST", "/catalogs/<short_code>/publication", publishing.publication, EDIT),
    page("GET POST", "/catalogs/<short_code>/archive", publishing.archive, EDIT),
    page("POST", "/catalogs/<short_code>/test-deal", pages.test_deal, EDIT),
]
API = [
    api(
        "GET",
        "/api/catalog",
        json.index,
        READ,
        "List catalogs",
        operation="list_catalogs",
        query=Page,
        answer=list[CatalogResponse],
        answer_example=[examples.CATALOG],
    ),
    api(
        "POST",
        "/api/catalog",
        json.create,
        WRITE,
        "Create a catalog",
        operation="create_catalog",
        body=CatalogCreate,
        answer=CatalogCreateResponse,
        example=examples.CATALOG_CREATE,
        answer_example=examples.CATALOG_CREATED,
    ),
    api(
        "GET",
        "/api/catalog/<catalog_id>",
        json.show,
        READ,
        "Get a catalog",
        operation="get_catalog",
        answer=CatalogResponse,
        answer_example=examples.CATALOG,
    ),
    api(
        "PUT PATCH",
        "/api/catalog/<catalog_id>",
        json.change,
        WRITE,
        "Change a catalog",
        operation="update_catalog",
        body=CatalogChange,
        answer=CatalogCreateResponse,
        example=examples.CATALOG_CHANGE,
        answer_example=examples.CATALOG_CREATED,
    ),
]
ROUTES = PAGES + API
