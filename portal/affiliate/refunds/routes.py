"""Returning parts of deals: the page that asks, and the JSON endpoints."""

from portal.affiliate.refunds import api as json
from portal.affiliate.refunds import pages
from portal.affiliate.schemas import RefundCreate, RefundResponse, examples
from portal.api.fields import Page
from portal.domain.accounts.roles import MAY_EDIT
from portal.domain.affiliate.permits import DEALS_READ, DEALS_WRITE
from portal.routing import api, page, permit, roles

ROUTES = [
    page("GET POST", "/deals/<uuid>/refunds", pages.new, roles(MAY_EDIT)),
    api(
        "GET",
        "/api/deal/<deal_id>/refunds",
        json.index,
        permit(DEALS_READ),
        "List what was returned of a deal",
        operation="list_refunds",
        query=Page,
        answer=list[RefundResponse],
        answer_example=[examples.REFUND],
    ),
    api(
        "POST",
        "/api/deal/<deal_id>/refunds",
        json.create,
        permit(DEALS_WRITE),
        "Return a part of a deal",
        operation="create_refund",
        status=201,
        body=RefundCreate,
        answer=RefundResponse,
        example=examples.REFUND_CREATE,
        answer_example=examples.REFUND,
    ),
]
