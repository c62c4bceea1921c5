"""Offers: their pages and their JSON endpoints."""

from portal.affiliate.offers import api as json
from portal.affiliate.offers import pages, placing
from portal.affiliate.schemas import OfCatalog, OfferChange, OfferCreate, OfferResponse, examples
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.affiliate.permits import CATALOGS_READ, CATALOGS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(CATALOGS_READ), permit(CATALOGS_WRITE)

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET", "/catalogs/<short_code>/offers", pages.index, VIEW),
    page("GET POST", "/catalogs/<short_code>/offers/new", pages.new, EDIT),
    page("GET", "/offers/<uuid>", pages.show, VIEW),
    page("GET POST", "/offers/<uuid>/edit", pages.edit, EDIT),
    page("GET POST", "/offers/<uuid>/promoters", placing.place, EDIT),
    page("POST", "/offers/<uuid>/activation", pages.activation, EDIT),
]
API = [
    api(
        "GET",
        "/api/offer",
        json.index,
        READ,
        "List offers",
        operation="list_offers",
        query=OfCatalog,
        refuses=(404,),
        answer=list[OfferResponse],
        answer_example=[examples.OFFER],
    ),
    api(
        "POST",
        "/api/offer",
        json.create,
        WRITE,
        "Create an offer",
        operation="create_offer",
        status=201,
        body=OfferCreate,
        answer=OfferResponse,
        example=examples.OFFER_CREATE,
        answer_example=examples.OFFER,
    ),
    api(
        "GET",
        "/api/offer/<offer_id>",
        json.show,
        READ,
        "Get an offer",
        operation="get_offer",
        answer=OfferResponse,
        answer_example=examples.OFFER,
    ),
    api(
        "PUT PATCH",
        "/api/offer/<offer_id>",
        json.change,
        WRITE,
        "Change an offer",
        operation="update_offer",
        body=OfferChange,
        answer=OfferResponse,
        example=examples.OFFER_CHANGE,
        answer_example=examples.OFFER,
    ),
]
ROUTES = PAGES + API
