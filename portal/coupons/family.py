"""The coupons family: how its API speaks (contract: coupons), its features and its part of the menu."""

from portal.api.admission import ADMISSIONS
from portal.api.credentials import HEADERS
from portal.api.families import Tag, WireFamily
from portal.coupons import admissions, first_steps
from portal.coupons.assignments.routes import ROUTES as ASSIGNMENTS
from portal.coupons.batches.routes import ROUTES as BATCHES
from portal.coupons.coupon_check.routes import ROUTES as COUPON_CHECK
from portal.coupons.coupon_imports.routes import ROUTES as COUPON_IMPORTS
from portal.coupons.coupons.routes import ROUTES as COUPONS
from portal.coupons.errors import LISTED
from portal.coupons.mailings.routes import ROUTES as MAILINGS
from portal.coupons.reservations.routes import ROUTES as RESERVATIONS
from portal.coupons.shop.routes import ROUTES as SHOP
from portal.coupons.shortcuts import LOOKS, OTHER_WORDS, SHORTCUTS
from portal.coupons.thing_pages import HITS, THINGS
from portal.coupons.ticketed_events.routes import ROUTES as TICKETED_EVENTS
from portal.coupons.uses.routes import ROUTES as USES
from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.coupons import persons as persons
from portal.domain.coupons.area import COUPONS as COUPON_DESK
from portal.domain.coupons.ties import coupon_ties as coupon_ties
from portal.domain.coupons.ties import of_customers as of_customers
from portal.domain.sentences import say
from portal.routing import Area
from portal.web.places import Group, Place

TAGS = {
    "coupons": Tag("Coupons", "Codes that a seller gives out, of seven types."),
    "assignments": Tag("Assignments", "When, how often and for what coupons may be used."),
    "ticketed_events": Tag("Ticketed events", "What tickets are sold for, what they cost, and where they are sold."),
    "reservations": Tag("Reservations", "Tickets that are held until they are bought, let go, or their time is over."),
    "uses": Tag("Uses", "A code is checked, and used on a reservation."),
}
PATH_PARAMETERS = {
    "coupon_id": "The coupon’s id.",
    "event_id": "The event’s id.",
    "reservation_id": "The reservation’s id.",
}
OWN_HEADER = "X-API-Token"  # the family's own, which comes first in what is told
WIRE = WireFamily(
    "/api",
    TAGS,
    PATH_PARAMETERS,
    headers=(OWN_HEADER, *(header for header in HEADERS if header != OWN_HEADER)),
    admissions={**ADMISSIONS, **admissions.ADMISSIONS},
    errors=LISTED,
)
COUPONS_GROUP = Group(
    say("Coupons"),
    "ticket",
    COUPON_DESK,
    say("Sell tickets with coupons: discounts, presales, free tickets, and seats that a code opens."),
    say("Hidden without it: your coupons, events and reservations. Coupons stay good, and programs may use them."),
)
PLACES = (
    Place(say("Coupons"), "coupons.index", "ticket", COUPONS_GROUP, MAY_VIEW, ("/coupons",)),
    Place(say("Events"), "ticketed_events.index", "calendar-days", COUPONS_GROUP, MAY_VIEW, ("/events",)),
    Place(say("Reservations"), "reservations.index", "hourglass", COUPONS_GROUP, MAY_VIEW, ("/reservations",)),
    Place(say("Check a code"), "coupon_check.index", "badge-check", COUPONS_GROUP, MAY_VIEW, ("/coupon-check",)),
)
TABLES = (
    COUPONS,
    ASSIGNMENTS,
    TICKETED_EVENTS,
    RESERVATIONS,
    USES,
    SHOP,
    COUPON_CHECK,
    BATCHES,
    COUPON_IMPORTS,
    MAILINGS,
)
AREA = Area(
    TABLES,
    PLACES,
    WIRE,
    hits=HITS,
    things=THINGS,
    shortcuts=SHORTCUTS,
    other_words=OTHER_WORDS,
    looks=LOOKS,
    checklist=first_steps.checklist,
)
