"""The member offers family: how its API speaks (contract: member-offers), and its features."""

from portal.api.errors import STATUSES
from portal.api.families import Tag, WireFamily
from portal.domain.errors import Invalid, Refused
from portal.domain.member_offers import erasing as erasing
from portal.domain.member_offers.ties import segments as segments
from portal.member_offers.acts.routes import ROUTES as ACTS
from portal.member_offers.admissions import ADMISSIONS, HEADERS
from portal.member_offers.club_offers.routes import ROUTES as OFFERS
from portal.member_offers.errors import OF_OFFERS
from portal.member_offers.looks.routes import ROUTES as LOOKS
from portal.routing import Area

TAGS = {
    "club_offers": Tag("Member offers", "What the members of a club may use, how often and when."),
    "acts": Tag("Uses and likes", "What members do with offers, and what is granted to them."),
    "looks": Tag("Looks at offers", "Which offers members saw and opened."),
}
PATH_PARAMETERS = {
    "club_slug": "The club: its partner’s name in addresses.",
    "context": "`me`: the member whose access token is in `Authorization`; a member’s id: that one, server to server; `guest`: "
    "nobody.",
    "offer_id": "The offer’s id.",
}
WIRE = WireFamily(
    "/api/v3",
    TAGS,
    PATH_PARAMETERS,
    headers=HEADERS,
    admissions=ADMISSIONS,
    statuses={**STATUSES, Invalid: 422, Refused: 422},
    errors=OF_OFFERS,
    strays=OF_OFFERS,
)
AREA = Area((OFFERS, ACTS, LOOKS), wire=WIRE)
