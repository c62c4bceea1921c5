"""The offers feed family: how its API speaks (contract: offers-feed)."""

from portal.api import prose
from portal.api.credentials import HEADERS
from portal.api.errors import STATUSES
from portal.api.families import Tag, WireFamily
from portal.api.paging import Paging
from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.errors import Gone, Refused
from portal.domain.feed.ties import feed_ties as feed_ties
from portal.domain.sentences import say
from portal.offers_feed.event_feed.routes import ROUTES as EVENTS
from portal.offers_feed.feed.routes import ROUTES as FEED
from portal.offers_feed.feed.schemas import FeedPage
from portal.offers_feed.feed_listings import face
from portal.offers_feed.feed_listings.routes import ROUTES as LISTINGS
from portal.routing import Area
from portal.web.places import DEVELOPERS, Place

TAGS = {
    "feed": Tag("Offers feed", "Your live offers, and those of partners that you promote, as programs show them."),
    "event_feed": Tag("Events", "What happened to what is yours, replayable from any point that you kept."),
}
PATH_PARAMETERS = {
    "offer_id": "The offer's id, as the feed tells it.",
    "partner_id": "The advertiser's number, as `GET /api/myadvertisers` tells it.",
}
_OWN_HEADER = "X-API-Key"
WIRE = WireFamily(
    "/api",
    TAGS,
    PATH_PARAMETERS,
    headers=(_OWN_HEADER, *(header for header in HEADERS if header != _OWN_HEADER)),
    statuses={**STATUSES, Refused: 422, Gone: 410},
    paging=Paging(FeedPage, {"Link": {"description": prose.NEXT_PAGE, "schema": {"type": "string"}}}),
)
PLACES = (Place(say("Offers feed"), "feed_listings.index", "rss", DEVELOPERS, MAY_VIEW, ("/feed",)),)
AREA = Area((FEED, EVENTS, LISTINGS), PLACES, wire=WIRE, face=face.face)
