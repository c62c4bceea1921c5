"""The coupons family: how its API speaks (contract: coupons), its features and its part of the menu."""

from portal.api.credentials import HEADERS
from portal.api.families import Tag, WireFamily
from portal.coupons.assignments.routes import ROUTES as ASSIGNMENTS
from portal.coupons.coupons.routes import ROUTES as COUPONS
from portal.coupons.errors import LISTED
from portal.coupons.ticketed_events.routes import ROUTES as TICKETED_EVENTS
from portal.routing import Area

TAGS = {
    "coupons": Tag("Coupons", "Codes that a seller gives out, of seven types."),
    "assignments": Tag("Assignments", "When, how often and for what coupons may be used."),
    "ticketed_events": Tag("Ticketed events", "What tickets are sold for, what they cost, and where they are sold."),
}
PATH_PARAMETERS = {
    "coupon_id": "The coupon’s id.",
    "event_id": "The event’s id.",
}
OWN_HEADER = "X-API-Token"  # the family's own, which comes first in what is told
WIRE = WireFamily(
    "/api",
    TAGS,
    PATH_PARAMETERS,
    headers=(OWN_HEADER, *(header for header in HEADERS if header != OWN_HEADER)),
    errors=LISTED,
)
TABLES = (COUPONS, ASSIGNMENTS, TICKETED_EVENTS)
AREA = Area(TABLES, wire=WIRE)
