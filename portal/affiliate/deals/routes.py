"""Deals: their pages and their JSON endpoints."""

from portal.affiliate import examples
from portal.affiliate.deals import api as json
from portal.affiliate.schemas import DealCreate, DealCreateResponse, DealFilter, DealResponse, DealUpdate, DealUpdateResponse
from portal.domain.accounts.permits import DEALS_READ, DEALS_WRITE
from portal.routing import api, permit

READ, WRITE = permit(DEALS_READ), permit(DEALS_WRITE)

PAGES: list = []
API = [
    api("GET", "/api/deal", json.index, READ, "List deals", query=DealFilter, answer=list[DealResponse], answer_example=[examples.DEAL]),
    api("POST", "/api/deal", json.report, WRITE, "Report a deal: create it or move its status", body=DealCreate, answer=DealCreateResponse, example=examples.DEAL_CREATE, answer_example=examples.DEAL_CREATED),
    api("GET", "/api/deal/<deal_id>", json.show, READ, "Get a deal", answer=DealResponse, answer_example=examples.DEAL),
    api("PATCH", "/api/deal/<deal_id>", json.change, WRITE, "Change a deal", body=DealUpdate, body_is_optional=True, answer=DealUpdateResponse, example=examples.DEAL_CHANGE, answer_example=examples.DEAL_CHANGED),
]
ROUTES = PAGES + API
