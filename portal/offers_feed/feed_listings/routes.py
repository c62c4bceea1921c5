"""The pages of the feed's listings."""

from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.offers_feed.feed_listings import pages
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
ROUTES = [
    page("GET", "/feed", pages.index, VIEW),
    page("GET POST", "/offers/<uuid>/feed", pages.edit, EDIT),
    page("POST", "/offers/<uuid>/feed/removal", pages.removal, EDIT),
]
