"""The list of the portal's areas and families. Routes, the menu and the API's dialects are gathered from it, and nowhere else.

A family is a folder with a `family.py`; a single feature's area stands at the end of its `routes.py`. Their order is that
of the menu.
"""

from portal.account.routes import AREA as ACCOUNT
from portal.activity.routes import AREA as ACTIVITY
from portal.affiliate.family import AREA as AFFILIATE
from portal.cards.family import AREA as CARDS
from portal.club.routes import AREA as CLUB
from portal.coupons.family import AREA as COUPONS
from portal.developers.routes import AREA as DEVELOPERS
from portal.graph.routes import AREA as GRAPH
from portal.health.routes import AREA as HEALTH
from portal.home.routes import AREA as HOME
from portal.inbox.routes import AREA as INBOX
from portal.member_offers.family import AREA as MEMBER_OFFERS
from portal.offers_feed.family import AREA as OFFERS_FEED
from portal.operator.routes import AREA as OPERATOR
from portal.pictures.routes import AREA as PICTURES
from portal.reference.family import AREA as REFERENCE
from portal.search.routes import AREA as SEARCH

AREAS = (
    HEALTH,
    HOME,
    INBOX,
    SEARCH,
    AFFILIATE,
    COUPONS,
    CARDS,
    CLUB,
    MEMBER_OFFERS,
    OFFERS_FEED,
    GRAPH,
    DEVELOPERS,
    REFERENCE,
    ACCOUNT,
    ACTIVITY,
    OPERATOR,
    PICTURES,
)
