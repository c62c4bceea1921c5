"""Deals: their pages and their JSON endpoints."""

from portal.affiliate.deals import again, entries, exports, moves, pages, questions, rounds, views
from portal.affiliate.deals import api as json
from portal.affiliate.schemas import (
    DealCreate,
    DealCreateResponse,
    DealFilter,
    DealResponse,
    DealUpdate,
    DealUpdateResponse,
    examples,
)
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.affiliate.permits import DEALS_READ, DEALS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(DEALS_READ), permit(DEALS_WRITE)

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET", "/deals", pages.index, VIEW),
    page("GET", "/deals/news", pages.news, VIEW),
    page("GET", "/deals/totals", pages.totals, VIEW),
    page("GET", "/deals/refused", pages.refused, VIEW),
    page("GET", "/deals/export.csv", exports.csv, VIEW),
    page("GET", "/deals/choices/<kind>", entries.choices, VIEW),
    page("GET POST", "/deals/new", entries.new, EDIT),
    page("GET", "/deals/new/offers", entries.offers, EDIT),
    page("GET POST", "/deals/cancellation", rounds.cancellation, EDIT),
    page("GET", "/deals/questions", questions.waiting, VIEW),
    page("GET POST", "/deals/views/new", views.new, EDIT),
    page("GET POST", "/deals/views/<view>", views.edit, EDIT),
    page("GET POST", "/deals/views/<view>/removal", views.removal, EDIT),
    page("GET", "/deals/<uuid>", pages.show, VIEW),
    page("POST", "/deals/<uuid>/questions/<question>", questions.answer, EDIT),
    page("POST", "/deals/<uuid>/payment", moves.payment, EDIT),
    page("GET POST", "/deals/<uuid>/cancellation", moves.cancellation, EDIT),
    page("POST", "/deals/<uuid>/return", moves.returned, EDIT),
    page("GET POST", "/deals/<uuid>/again", again.report, EDIT),
    page("POST", "/deals/<uuid>/cost", moves.cost, EDIT),
    page("POST", "/deals/<uuid>/comment", moves.comment, EDIT),
    page("POST", "/deals/<uuid>/look", moves.look, EDIT),
]
API = [
    api(
        "GET",
        "/api/deal",
        json.index,
        READ,
        "List deals",
        operation="list_deals",
        query=DealFilter,
        answer=list[DealResponse],
        answer_example=[examples.DEAL],
    ),
    api(
        "POST",
        "/api/deal",
        json.report,
        WRITE,
        "Report a deal: create it or move its status",
        operation="create_deal",
        body=DealCreate,
        answer=DealCreateResponse,
        example=examples.DEAL_CREATE,
        answer_example=examples.DEAL_CREATED,
    ),
    api(
        "GET",
        "/api/deal/<deal_id>",
        json.show,
        READ,
        "Get a deal",
        operation="get_deal",
        answer=DealResponse,
        answer_example=examples.DEAL,
    ),
    api(
        "PATCH",
        "/api/deal/<deal_id>",
        json.change,
        WRITE,
        "Change a deal",
        operation="update_deal",
        body=DealUpdate,
        body_is_optional=True,
        answer=DealUpdateResponse,
        example=examples.DEAL_CHANGE,
        answer_example=examples.DEAL_CHANGED,
    ),
]
ROUTES = PAGES + API
